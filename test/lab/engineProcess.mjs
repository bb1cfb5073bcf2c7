// @ts-check
import { spawn } from "node:child_process";
import { openSync, closeSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt, endProcess, isAlive, signal, waitFor } from "./process.mjs";

const enterRootfs = fileURLToPath(new URL("enter-rootfs.sh", import.meta.url));

/**
 * Starts dockerd in its own process namespace: when its first process is gone the kernel ends every other one, so no
 * containerd and no container can be left behind. MACVLAN_LAB_DOCKERD holds more options for dockerd.
 * @param {{ folder: string, rootfs: string, netns: string, options: readonly string[] }} lab
 * @returns {Promise<number>} the process to end, by `stopEngineProcess`
 */
export async function startEngineProcess({ folder, rootfs, netns, options }) {
  const socketPath = join(folder, "docker.sock");
  const logPath = join(folder, "dockerd.log");
  rmSync(socketPath, { force: true });
  const log = openSync(logPath, "a");
  const child = spawn(
    "nsenter",
    [
      `--net=/run/netns/${netns}`,
      ..."unshare --mount --pid --fork --kill-child".split(" "),
      enterRootfs,
      rootfs,
      folder,
      ..."tini -- dockerd --host unix:///lab/docker.sock --data-root /lab/data".split(" "),
      // In memory and new at every start: a pid file that survives would name some other process of the new namespace.
      ..."--exec-root /run/docker --pidfile /run/docker.pid --shutdown-timeout 2".split(" "),
      ...options,
      ...(process.env["MACVLAN_LAB_DOCKERD"]?.split(" ") ?? []),
    ],
    { detached: true, stdio: ["ignore", log, log], env: engineEnvironment() },
  );
  closeSync(log);
  child.unref();
  const pid = child.pid;
  if (pid === undefined) throw new Error("nsenter could not be started");
  const ready = async () => {
    if (!isAlive(pid)) throw new Error(`dockerd ended at its start:\n${tail(logPath)}`);
    return (await ping(socketPath)) || undefined;
  };
  // On a busy machine that takes its time.
  await waitFor("Docker Engine answers", ready, { timeout: 120_000 });
  return pid;
}

/**
 * Stops dockerd as a service manager would, so that it stops its containers first.
 * @param {number} pid
 */
export async function stopEngineProcess(pid) {
  const { stdout } = await attempt(["ps", "-o", "pid=", "--ppid", String(pid)]);
  const init = Number(stdout);
  if (init > 0) signal(init, "SIGTERM");
  try {
    await waitFor("dockerd ends", () => (isAlive(pid) ? undefined : true), { timeout: 15_000 });
  } catch {
    await endProcess(pid, 0);
  }
}

/**
 * The engine of the machine is not the lab's: none of its settings reach dockerd.
 * @returns {NodeJS.ProcessEnv}
 */
function engineEnvironment() {
  return { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };
}

/** @param {string} socketPath */
async function ping(socketPath) {
  try {
    return (await engineRequest({ socketPath }, "GET", "/_ping")).status === 200;
  } catch {
    return false;
  }
}

/**
 * One call of the engine's HTTP interface, in the version the engine prefers.
 * @param {{ readonly socketPath: string } | { readonly host: string, readonly port: number }} target
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body] sent as JSON
 * @returns {Promise<{ status: number, body: any }>} the body parsed if it is JSON
 */
export function engineRequest(target, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const call = request({ ...target, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("error", reject);
      response.on("end", () => {
        const json = response.headers["content-type"]?.startsWith("application/json") && text;
        resolve({ status: response.statusCode ?? 0, body: json ? JSON.parse(text) : text });
      });
    });
    call.on("error", reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** @param {string} path */
function tail(path) {
  return readFileSync(path, "utf8").split("\n").slice(-20).join("\n");
}

/**
 * Whether this process is the engine of that lab: a pid from a file may by now be someone else's.
 * @param {number} pid
 * @param {string} folder
 */
export function isEngineProcess(pid, folder) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(folder);
  } catch {
    return false;
  }
}
