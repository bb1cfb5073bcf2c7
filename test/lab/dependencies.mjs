// @ts-check
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { progress } from "./progress.mjs";
import { project } from "./project.mjs";

/** Installs the project's npm packages unless the right ones are there. Throws if that fails. */
export function ensureDependencies() {
  if (areInstalled()) return;
  progress("installing the npm packages (npm ci)");
  const options = ["ci", "--no-audit", "--no-fund"];
  // The standard output belongs to results.
  const { status } = spawnSync("npm", options, {
    cwd: project,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ci ended with ${status}`);
}

/** npm writes what it installed into node_modules, in the form of the lock file. */
function areInstalled() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || optional === true || installed[path]?.version === version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version: string, optional?: boolean }> | undefined}
 */
function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(join(project, lockFile), "utf8")).packages;
  } catch {
    return undefined;
  }
}
