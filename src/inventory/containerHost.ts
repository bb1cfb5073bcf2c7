/** Reads the engine's host with a container that runs for a moment, where the user agreed to that. */
import { type EngineClient, EngineError } from "../docker/engineClient";
import type { LocalImage } from "../docker/hostContainer";
import { hostReading } from "./hostReading";
import type { HostReader } from "./hostWatch";

/** Milliseconds between two readings: each is a container. What makes or removes networks makes one more. */
export const containerInterval = 300_000;

/** As many images are tried: each attempt is a container. */
const mostTried = 5;

/** Why the host cannot be read; `needsImage`: there is no local image with a shell, so pulling one helps. */
export interface HostTrouble {
  readonly message: string;
  readonly needsImage: boolean;
}

/** Images whose name says that they have a shell, those with most to read the host with first. */
const wellKnown: readonly RegExp[] = ["netshoot", "busybox", "alpine", "debian", "ubuntu"].map(
  (name) => new RegExp(`(^|/)${name}[:@]`),
);

/** Images to try, the best first; well-known ones, then the smallest. */
export function imagesToTry(images: readonly LocalImage[]): LocalImage[] {
  const rank = ({ names }: LocalImage) => {
    const index = wellKnown.findIndex((pattern) => names.some((name) => pattern.test(name)));
    return index < 0 ? wellKnown.length : index;
  };
  return [...images].sort((a, b) => rank(a) - rank(b) || a.size - b.size).slice(0, mostTried);
}

/**
 * Each reading has a client of its own, so that its container is removed also when the connection of the
 * inventory ends meanwhile. `onTrouble` hears after each reading why it failed, or undefined.
 */
export function containerReader(
  open: () => Promise<EngineClient>,
  onTrouble: (trouble: HostTrouble | undefined) => void,
): HostReader {
  /** The one that worked. */
  let chosen: string | undefined;
  let isFirst = true;
  return async ({ signal }) => {
    const { hostFromScript, hostScript } = await hostReading();
    const client = await open();
    try {
      if (isFirst) await client.removeLeftOnHost({ signal });
      isFirst = false;
      const found = imagesToTry(await client.localImages({ signal })).map(({ id }) => id);
      const ids = chosen !== undefined && found.includes(chosen) ? [chosen] : found;
      for (const image of ids) {
        const output = await outputOf(client, image, hostScript, signal);
        const host = output === undefined ? undefined : hostFromScript(output);
        if (!host) continue;
        chosen = image;
        onTrouble(undefined);
        return host;
      }
      chosen = undefined;
      const message =
        found.length === 0
          ? "The engine has no image to read its host with."
          : "None of the engine's images that were tried has a shell to read its host with.";
      onTrouble({ message, needsImage: true });
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      onTrouble({ message, needsImage: false });
      return undefined;
    } finally {
      client.dispose();
    }
  };
}

/** Undefined where the image has no shell that runs on this machine. */
async function outputOf(
  client: EngineClient,
  image: string,
  script: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await client.runOnHost(image, script, { signal });
  } catch (error) {
    const isOfImage =
      error instanceof EngineError &&
      /executable file not found|no such file or directory|exec format error/i.test(error.message);
    if (isOfImage) return undefined;
    throw error;
  }
}
