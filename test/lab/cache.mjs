// @ts-check
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { isAlive, sleep } from "./process.mjs";
import { progress } from "./progress.mjs";

/**
 * Where the big parts live (engines, VS Code servers): outside the project, so that a clean clone finds them again.
 */
export function cacheFolder() {
  const base = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const folder = join(base, "macvlan-lab");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * A folder of the cache, made by `build` on the first use. It appears under its name only when it is whole: a build that
 * was broken off is thrown away by the next. Two processes that want the same folder build it once.
 * @param {string} name changes with whatever must lead to a new build, such as a version
 * @param {(folder: string) => Promise<void>} build
 */
export async function cached(name, build) {
  const folder = join(cacheFolder(), name);
  if (isComplete(folder)) return folder;
  const release = await lock(`${folder}.lock`, name);
  try {
    if (isComplete(folder)) return folder;
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    await build(unfinished);
    renameSync(unfinished, folder);
    writeFileSync(`${folder}.complete`, "");
    return folder;
  } finally {
    release();
  }
}

/** @param {string} folder */
function isComplete(folder) {
  try {
    readFileSync(`${folder}.complete`);
    return true;
  } catch {
    return false;
  }
}

/**
 * A lock file holding the owner's process id, so that the lock of a killed process is taken over.
 * @param {string} path
 * @param {string} what
 * @returns {Promise<() => void>}
 */
export async function lock(path, what) {
  for (let told = false; ;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const owner = ownerOf(path);
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) progress(`waiting for another process that prepares ${what}`);
    told = true;
    await sleep(500);
  }
}

/** @param {string} path */
function ownerOf(path) {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
