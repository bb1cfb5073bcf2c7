/** What decides the variables and profiles of a project besides its files. */
import { readDotenv } from "./dotenv";
import type { Environment } from "./interpolate";

/**
 * The variables that Compose interpolates with: those of the process win over those of the `.env`
 * texts, of which a later one wins over an earlier.
 */
export function projectEnvironment(
  process: Readonly<Record<string, string | undefined>>,
  texts: readonly string[],
): Environment {
  const outer = new Map<string, string>();
  for (const [name, value] of Object.entries(process)) {
    if (value !== undefined) outer.set(name, value);
  }
  return readDotenv(texts.map((text) => text.replace(/^\uFEFF/, "")).join("\n"), outer);
}

/** The profiles that `COMPOSE_PROFILES` activates. */
export function environmentProfiles(environment: Environment): string[] {
  const list = environment.get("COMPOSE_PROFILES") ?? "";
  return list.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
}
