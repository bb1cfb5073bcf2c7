// @ts-check
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { project } from "./project.mjs";

/**
 * Makes an extensions folder for a VS Code server with this project's build in it, as if it were installed. The project
 * is linked, not copied: after a new build, reloading the window is enough.
 * @param {string} folder must be new
 * @returns the same folder
 */
export function installExtension(folder) {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  const { publisher, name, version } = manifest;
  symlinkSync(project, join(folder, `${publisher}.${name}-${version}`));
  return folder;
}
