// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "../cache.mjs";
import { atExit } from "../cleanup.mjs";
import { runClient } from "../client.mjs";
import { engineRequest } from "../engineProcess.mjs";
import { imagesFile } from "../image.mjs";
import { isAlive, run, signal, waitFor } from "../process.mjs";
import { duration, progress } from "../progress.mjs";
import { engineRootfs } from "../rootfs.mjs";
import { digest, guestFolder, vmDisk } from "./disk.mjs";
import { makeKeys, packStart } from "./keys.mjs";
import { outputOfMachine, saveMachine, startMachine } from "./machine.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * A folder with what a virtual machine starts from: kernel, disk, the state of a machine whose engine is up, and its
 * keys. Nothing of it is changed by a start, so many machines can use it at once. Made on first use: a minute or two
 * after the engine's root folder, and 1 GB.
 */
export async function vmImage() {
  const rootfs = await engineRootfs("trixie");
  const disk = await vmDisk(rootfs);
  const emulator = await run(["qemu-system-x86_64", "--version"]);
  const parts = ["guest/init.sh", "guest/control.sh", "keys.mjs", "machine.mjs"];
  const name = `vm-${digest(disk, emulator, ...parts.map((path) => readFileSync(join(here, path))))}`;
  return cached(name, async (folder) => {
    progress("starting the virtual machine for the first time");
    const start = Date.now();
    await run(["cp", "--sparse=always", "-r", `${disk}/.`, folder]);
    await makeKeys(join(folder, "keys"));
    await packStart(join(folder, "keys"), guestFolder, join(folder, "start.tar"));
    const { pid, ports } = await startMachine(folder, folder, "boot", false);
    const forget = atExit(() => signal(pid, "SIGKILL"));
    try {
      await waitForEngine(pid, ports.tcp);
      const env = { DOCKER_HOST: `tcp://127.0.0.1:${ports.tcp}` };
      const images = `/host${await imagesFile(rootfs)}`;
      const load = ["docker", "load", "--quiet", "--input", images];
      const { code, stderr } = await runClient(rootfs, folder, load, { env, timeout: 300_000 });
      if (code !== 0) throw new Error(`docker load: ${stderr}`);
      await saveMachine(folder, pid, join(folder, "state"));
    } catch (error) {
      throw new Error(`${String(error)}\n${outputOfMachine(folder)}`, { cause: error });
    } finally {
      signal(pid, "SIGKILL");
      forget();
    }
    progress(`saved its state after ${duration(Date.now() - start)}`);
  });
}

/**
 * Waits until the engine of a machine answers. The first start of one takes its time on a busy computer.
 * @param {number} pid of the machine
 * @param {number} port
 */
export function waitForEngine(pid, port) {
  const answers = async () => {
    if (!isAlive(pid)) throw new Error("the virtual machine ended");
    try {
      const { status } = await engineRequest({ host: "127.0.0.1", port }, "GET", "/_ping");
      return status === 200 || undefined;
    } catch {
      return undefined;
    }
  };
  const what = "the engine in the virtual machine answers";
  return waitFor(what, answers, { timeout: 900_000, interval: 200 });
}
