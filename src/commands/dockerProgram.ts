/** The docker command on this machine, and how to point it at the engine of the tree. PURE but for `PATH`. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * Full path of a program, searched in absolute folders of `PATH` only: a relative one would find
 * what somebody put into the workspace. Undefined when there is none.
 */
export function findProgram(
  name: string,
  path = process.env["PATH"] ?? "",
  endings: readonly string[] = process.platform === "win32" ? [".exe"] : [""],
): string | undefined {
  for (const folder of path.split(delimiter).filter((entry) => isAbsolute(entry))) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      try {
        accessSync(file, constants.X_OK);
        if (statSync(file).isFile()) return file;
      } catch {
        // Not there: the next folder.
      }
    }
  }
  return undefined;
}

/**
 * Global options of `docker` for the engine in use. A context carries certificates with it, so it
 * goes by name; without any setting, a tcp engine is left to the command's own choice, which is the
 * same as ours and knows the certificates.
 */
export function endpointOptions(
  settings: {
    readonly dockerHost?: string | undefined;
    readonly dockerContext?: string | undefined;
  },
  endpoint: string,
): string[] {
  if (settings.dockerHost) return ["-H", settings.dockerHost];
  if (settings.dockerContext) return ["--context", settings.dockerContext];
  return endpoint.startsWith("tcp:") ? [] : ["-H", endpoint];
}

/** The best shell of the container: bash, else ash, else sh. */
const bestShell =
  "for shell in bash ash; do command -v $shell >/dev/null 2>&1 && exec $shell; done; exec sh";

/** Arguments of `docker` that open a shell in the container; `id` is the engine's hexadecimal id. */
export function shellArguments(options: readonly string[], id: string): string[] {
  return [...options, "exec", "-it", id, "sh", "-c", bestShell];
}
