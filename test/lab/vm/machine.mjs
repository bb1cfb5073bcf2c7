// @ts-check
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

import { isAlive, waitFor } from "../process.mjs";
import { freePorts } from "./freePorts.mjs";

/**
 * Ports of 127.0.0.1 that lead to the machine: the engine without protection and with TLS, ssh, and the control port.
 * @typedef {{ tcp: number, tls: number, ssh: number, control: number }} VmPorts
 */

/**
 * Starts the emulator, which runs on after this. Plain emulation, since hardware support for it is rarely there, and of a
 * plain processor: what newer ones know costs more time than it saves when it is emulated.
 * @param {string} folder for what it writes
 * @param {string} image folder with the kernel, the disks and, unless it boots, the saved state
 * @param {"boot" | "resume"} how `boot`: from power-on, and what is written stays on the disk
 * @param {boolean} keep whether it may outlive this process
 * @returns {Promise<{ pid: number, ports: VmPorts }>}
 */
export async function startMachine(folder, image, how, keep) {
  const [tcp = 0, tls = 0, ssh = 0, control = 0] = await freePorts(4);
  const forwards = [`${tcp}-:2375`, `${tls}-:2376`, `${ssh}-:22`, `${control}-:23`];
  const argv = [
    "qemu-system-x86_64",
    ..."-M q35 -accel tcg,thread=multi -cpu Nehalem -smp 2 -m 1024 -no-reboot".split(" "),
    ..."-display none -parallel none -serial".split(" "),
    `file:${join(folder, "console.log")}`,
    "-monitor",
    `unix:${join(folder, "monitor.sock")},server,nowait`,
    ...["-kernel", join(image, "vmlinuz"), "-initrd", join(image, "initrd")],
    ...["-append", "console=ttyS0 quiet panic=-1 mitigations=off"],
    "-drive",
    // `snapshot`: what is written goes to a temporary file without a name.
    `file=${join(image, "disk.img")},if=virtio,format=raw,snapshot=${how === "boot" ? "off" : "on"}`,
    ...["-drive", `file=${join(image, "start.tar")},if=virtio,format=raw,readonly=on`],
    // Nothing leaves the machine but answers.
    "-nic",
    `user,model=virtio-net-pci,restrict=on,${forwards.map((words) => `hostfwd=tcp:127.0.0.1:${words}`).join(",")}`,
    ...(how === "boot" ? [] : ["-incoming", `exec:cat '${join(image, "state")}'`]),
  ];
  const log = openSync(join(folder, "qemu.log"), "w");
  // However this process ends, the machine ends with it.
  const [command = "", ...rest] = keep ? argv : ["setpriv", "--pdeathsig", "KILL", "--", ...argv];
  const child = spawn(command, rest, { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  const { pid } = child;
  if (pid === undefined) throw new Error("qemu could not be started");
  return { pid, ports: { tcp, tls, ssh, control } };
}

/**
 * Writes the state of a running machine to a file, to be resumed from, and ends the machine.
 * @param {string} folder of the machine
 * @param {number} pid
 * @param {string} path
 */
export async function saveMachine(folder, pid, path) {
  const commands = [
    "migrate_set_parameter max-bandwidth 8g",
    `migrate "exec:cat > '${path}'"`,
    "info migrate",
    "quit",
  ];
  const output = await new Promise((resolve, reject) => {
    const socket = connect(join(folder, "monitor.sock"));
    let text = "";
    socket.setEncoding("utf8").on("data", (part) => (text += part));
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
    socket.write(`${commands.join("\n")}\n`);
  });
  if (!/Migration status: completed/.test(output)) throw new Error(`not saved: ${output}`);
  await waitFor("the saved machine ends", () => !isAlive(pid) || undefined);
}

/**
 * What the emulator and the machine's console said last.
 * @param {string} folder
 */
export function outputOfMachine(folder) {
  return ["qemu.log", "console.log"]
    .map((file) => lastLines(join(folder, file)))
    .join("\n")
    .trim();
}

/** @param {string} path */
function lastLines(path) {
  try {
    return readFileSync(path, "utf8").trim().split("\n").slice(-20).join("\n");
  } catch {
    return "";
  }
}
