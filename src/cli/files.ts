/** Reading and writing files for the command line, and finding compose projects in folders. */
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CliError } from "./cliError";

/** What Compose looks for in a folder, the first wins (compose-go cli.DefaultFileNames). */
export const projectFiles = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
];
const skippedFolders = new Set(["node_modules", ".git"]);
const byteOrderMark = "\uFEFF";

export interface TextFile {
  /** As the user named it, or below the folder that the user named. */
  readonly shown: string;
  /** Absolute: the folder's name may be the project's. */
  readonly path: string;
  readonly text: string;
  /** Kept apart from the text, so that columns are those that editors show. */
  readonly mark: "" | typeof byteOrderMark;
}

/** The compose files that the paths mean, in their order, each once. */
export function findComposeFiles(paths: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const path of paths) {
    const files = isFolder(path) ? composeFilesBelow(path) : [path];
    if (files.length === 0) {
      throw new CliError(
        `There is no compose file in ${path} or below it. It would be called ${projectFiles.join(", ")}; ` +
          "a file with another name has to be named itself.",
      );
    }
    for (const file of files) if (!found.has(resolve(file))) found.set(resolve(file), file);
  }
  return [...found.values()];
}

function composeFilesBelow(folder: string): string[] {
  const entries = readFolder(folder);
  const own = projectFiles.find((name) =>
    entries.some((entry) => entry.name === name && !entry.isDirectory()),
  );
  const below = entries
    .filter((entry) => entry.isDirectory() && !skippedFolders.has(entry.name))
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => composeFilesBelow(join(folder, name)));
  return own === undefined ? below : [join(folder, own), ...below];
}

/** Reads UTF-8; bytes that are none would not survive being written back, so they are refused. */
export function readTextFile(shown: string): TextFile {
  const path = resolve(shown);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CliError(`Cannot read ${shown}: ${reason(error)}.`);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(`Cannot read ${shown}: it is not a UTF-8 text. Save it as UTF-8.`);
  }
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : "";
  return { shown, path, text: text.slice(mark.length), mark };
}

export function writeTextFile(file: TextFile, text: string): void {
  try {
    writeFileSync(file.path, file.mark + text);
  } catch (error) {
    throw new CliError(`Cannot write ${file.shown}: ${reason(error)}.`);
  }
}

/** As `readTextFile`, but undefined where there is no such file, or a folder of the name. */
export function readOptionalTextFile(path: string): TextFile | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
  } catch {
    return undefined;
  }
  return readTextFile(path);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new CliError(`Cannot read ${path}: ${reason(error)}.`);
  }
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new CliError(`Cannot read the folder ${folder}: ${reason(error)}.`);
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "EISDIR") return "it is a folder";
  return error instanceof Error ? error.message : String(error);
}
