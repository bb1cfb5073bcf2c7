/** Finds the folders that hold a compose project. */
import { type Dirent, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { writtenComposeFile } from "../compose/composeFileVariable";
import { projectFileNames } from "../compose/discovery";
import { CliError, reasonOf } from "./cliError";
import { shownPath } from "./whereabouts";

const skippedFolders = new Set(["node_modules", ".git"]);

/** @throws CliError where there is nothing of the name */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new CliError(`Cannot read ${shownPath(path)}: ${reasonOf(error)}.`);
  }
}

/**
 * The folder and those below it, in order, in which `docker compose` finds files: by their names, or
 * by `COMPOSE_FILE` in `.env`. Links to folders are not followed.
 * @throws CliError where a folder cannot be read
 */
export function projectFoldersBelow(folder: string): string[] {
  const entries = readFolder(folder);
  const names = new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name));
  const own =
    projectFileNames.some((name) => names.has(name)) ||
    (names.has(".env") && namesFiles(join(folder, ".env")));
  const below = entries
    .filter((entry) => entry.isDirectory() && !skippedFolders.has(entry.name))
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => projectFoldersBelow(join(folder, name)));
  return own ? [folder, ...below] : below;
}

function namesFiles(dotenv: string): boolean {
  try {
    return writtenComposeFile(readFileSync(dotenv, "utf8")) !== undefined;
  } catch {
    return false;
  }
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new CliError(`Cannot read the folder ${shownPath(folder)}: ${reasonOf(error)}.`);
  }
}
