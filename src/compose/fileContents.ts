/** What Compose reads in the files that `env_file` and `label_file` name. */
import { parseDotenv } from "./dotenv";
import { type FileNeed, type Folders, pathOfNeed } from "./fileNeeds";
import type { FileStore } from "./fileStore";
import { rawVariablesError } from "./rawVariables";
import type { ReadProblem, ServiceDeclaration } from "./project";
import { variablesLimit } from "./projectLimits";

/** For which Compose refuses the project; of each file, and of a file's format, once. Unknown texts are skipped. */
export function fileContentProblems(
  services: readonly ServiceDeclaration[],
  folders: Folders,
  files: FileStore,
): ReadProblem[] {
  // Often one file serves many services, and is read once all the same.
  const seen = new Map<string, ReadProblem | undefined>();
  for (const { enabled, needs } of services) {
    if (!enabled) continue;
    for (const need of needs.files) {
      const path = pathOfNeed(need, folders);
      if (path === undefined || path === "" || files.exists(path) === false) continue;
      const key = JSON.stringify([path, need.format]);
      if (seen.has(key)) continue;
      const problem = isReadable(need)
        ? contentProblem(need, path, files.glance(path))
        : formatProblem(need);
      seen.set(key, problem);
    }
  }
  return [...seen.values()].filter((problem) => problem !== undefined);
}

function isReadable({ format }: FileNeed): boolean {
  return format === undefined || format === "" || format === "raw";
}

/** compose-go: dotenv/format.go; the file is opened before its format is looked at. */
function formatProblem({ format = "", place }: FileNeed): ReadProblem {
  return {
    code: "files",
    message: `Compose reads files of variables in its own format or as "raw", and refuses "${format}".`,
    composeMessage: `unsupported env_file format "${format}"`,
    place,
  };
}

function contentProblem(
  { format, kind }: FileNeed,
  path: string,
  text: string | null | undefined,
): ReadProblem | undefined {
  if (typeof text !== "string" || format === undefined) return undefined;
  const beyond = variablesLimit({ path, text }, "Whether Compose can read it is not checked.");
  if (beyond) return beyond;
  const raw = format === "raw";
  const error = raw ? rawVariablesError(text) : parseDotenv(text).error;
  // Whether a variable is set depends on the service, on other files and on the shell.
  if (!error || error.words.startsWith("required variable ")) return undefined;
  const { words, from, to } = error;
  const what = kind === "env_file" ? "variables" : "labels";
  return {
    code: "files",
    message: `Compose cannot read this file of ${what}, and refuses the project.`,
    composeMessage: `failed to ${raw ? "parse env_file" : "read"} ${path}: ${words}`,
    place: { path, from, to },
  };
}
