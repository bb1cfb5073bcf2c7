/** Programs of this machine. */
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
