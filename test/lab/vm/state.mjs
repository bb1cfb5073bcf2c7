// @ts-check
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, signal } from "../process.mjs";

/**
 * What another process needs to use or end a virtual machine; kept in `vm.json` of its folder. `image` is the folder that
 * it was started from.
 * @typedef {{ name: string, pid: number, image: string } & import("./machine.mjs").VmPorts} VmState
 */

const vmsFolder = join(tmpdir(), "macvlan-lab-vm");

/** @param {string} name */
export const vmFolderOf = (name) => join(vmsFolder, name);

/** The names of the virtual machines that run on this machine. */
export function runningVms() {
  try {
    return readdirSync(vmsFolder).filter(isVmRunning);
  } catch {
    return [];
  }
}

/** @param {string} name */
export function isVmRunning(name) {
  try {
    const { pid } = readVmState(name);
    return isVmProcess(pid, vmFolderOf(name)) && isAlive(pid);
  } catch {
    return false;
  }
}

/**
 * Ends a virtual machine and removes what it left, without waiting.
 * @param {string} name
 */
export function removeVm(name) {
  const folder = vmFolderOf(name);
  try {
    const { pid } = readVmState(name);
    if (isVmProcess(pid, folder)) signal(pid, "SIGKILL");
  } catch {
    // No readable state: it was never started.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** @param {VmState} state */
export function writeVmState(state) {
  writeFileSync(join(vmFolderOf(state.name), "vm.json"), JSON.stringify(state));
}

/**
 * @param {string} name
 * @returns {VmState}
 */
export function readVmState(name) {
  return JSON.parse(readFileSync(join(vmFolderOf(name), "vm.json"), "utf8"));
}

/**
 * Whether this process is the machine with that folder: a pid from a file may by now be someone else's.
 * @param {number} pid
 * @param {string} folder
 */
function isVmProcess(pid, folder) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${folder}/`);
  } catch {
    return false;
  }
}
