// @ts-check
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isEngineProcess } from "./engineProcess.mjs";
import { isAlive, signal } from "./process.mjs";

/**
 * What another process needs to use or end a lab; kept in `lab.json` of its folder.
 * @typedef {{ name: string, engine: import("./rootfs.mjs").EngineName, rootfs: string, lean?: boolean, pid?: number | undefined }} LabState
 */

const labsFolder = join(tmpdir(), "macvlan-lab");

/** @param {string} name */
export const folderOf = (name) => join(labsFolder, name);

/** @param {string} name */
export const namespaceOf = (name) => `macvlan-${name}`;

/** @param {string} name */
export const routerNamespaceOf = (name) => `macvlan-${name}-router`;

/** The names of the labs that run on this machine. */
export function runningLabs() {
  try {
    return readdirSync(labsFolder).filter(isRunning);
  } catch {
    return [];
  }
}

/** @param {string} name */
export function isRunning(name) {
  try {
    const { pid } = readState(name);
    return pid !== undefined && isEngineProcess(pid, folderOf(name)) && isAlive(pid);
  } catch {
    return false;
  }
}

/**
 * Removes whatever there is of a lab, running or half-made, without waiting.
 * @param {string} name
 */
export function removeLab(name) {
  const folder = folderOf(name);
  try {
    const { pid } = readState(name);
    if (pid !== undefined && isEngineProcess(pid, folder)) signal(pid, "SIGKILL");
  } catch {
    // No readable state: it never came as far as an engine.
  }
  for (const namespace of [namespaceOf(name), routerNamespaceOf(name)]) {
    spawnSync("ip", ["netns", "delete", namespace], { stdio: "ignore" });
  }
  // The dying engine may still write for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** @param {LabState} state */
export function writeState(state) {
  writeFileSync(join(folderOf(state.name), "lab.json"), JSON.stringify(state));
}

/**
 * @param {string} name
 * @returns {LabState}
 */
export function readState(name) {
  return JSON.parse(readFileSync(join(folderOf(name), "lab.json"), "utf8"));
}
