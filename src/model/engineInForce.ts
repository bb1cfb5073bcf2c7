/** Which engine's rules hold. */
import { type EngineProfile, newestProfile, newestVersion, profileOf } from "./engineProfile";

/** Versions that the shells know of, each as it was written or answered. */
export interface EngineSources {
  /** What somebody asked for this once: `--engine`. */
  readonly asked?: string | undefined;
  /** The engine that is connected, or that the facts tell of. */
  readonly connected?: string | undefined;
  /** Setting `macvlan.engineVersion`. */
  readonly setting?: string | undefined;
}

export interface EngineInForce {
  /** For messages: `28.5.2`. */
  readonly version: string;
  readonly profile: EngineProfile;
}

/**
 * The engine that files are checked for: the one that was asked for, else the connected one, else that
 * of the setting, else the newest known. A version that cannot be read (`dev`) counts as not there.
 */
export function engineInForce({ asked, connected, setting }: EngineSources): EngineInForce {
  for (const version of [asked, connected, setting]) {
    const profile = version === undefined ? undefined : profileOf(version);
    if (version !== undefined && profile) return { version, profile };
  }
  return { version: newestVersion, profile: newestProfile };
}
