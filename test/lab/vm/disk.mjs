// @ts-check
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "../cache.mjs";
import { attempt, run } from "../process.mjs";
import { duration, progress } from "../progress.mjs";

/** Folder of what runs inside the machine. */
export const guestFolder = fileURLToPath(new URL("guest", import.meta.url));

/** `build.sh` ends with it when packages cannot be had (sysexits.h EX_TEMPFAIL). */
const noPackages = 75;

/** The machine cannot be made here, and that is no fault of the project's. */
export class NoMachineError extends Error {}

/**
 * A folder of the cache with the kernel (`vmlinuz`, `initrd`), a disk that holds an engine (`disk.img`) and the public key
 * of the machine's ssh server (`ssh_host_key.pub`), all as they are before the first start.
 * @param {string} rootfs of the engine
 */
export function vmDisk(rootfs) {
  const names = ["build.sh", "first-init.sh"];
  const parts = names.map((name) => readFileSync(join(guestFolder, name)));
  return cached(`vm-disk-${digest(...parts)}`, async (folder) => {
    progress("making the disk of the virtual machine (half a minute)");
    const start = Date.now();
    const root = join(folder, "root");
    await run(["cp", "-a", rootfs, root], { timeout: 300_000 });
    mkdirSync(join(root, "vm"));
    for (const name of names) cpSync(join(guestFolder, name), join(root, "vm", name));
    await build(root);
    for (const name of ["vmlinuz", "initrd", "ssh_host_key.pub"]) {
      renameSync(join(root, "boot", name), join(folder, name));
    }
    const disk = join(folder, "disk.img");
    await run(["mkfs.ext4", "-q", "-d", root, disk, "1500M"], { timeout: 300_000 });
    rmSync(root, { recursive: true });
    progress(`made it in ${duration(Date.now() - start)}`);
  });
}

/** @param {string} root */
async function build(root) {
  const script = [
    "mount --make-rprivate /",
    'mount -t proc proc "$1/proc"',
    'mount --rbind /dev "$1/dev"',
    'exec chroot "$1" sh /vm/build.sh',
  ].join(" && ");
  const words = ["unshare", "--mount", "sh", "-c", script, "build", root];
  const { code, stdout, stderr } = await attempt(words, { timeout: 900_000 });
  if (code === 0) return;
  const said = `${stdout}${stderr}`.trim().split("\n").slice(-5).join("\n");
  if (code === noPackages) {
    throw new NoMachineError(`the packages of the virtual machine cannot be had: ${said}`);
  }
  throw new Error(`build.sh ended with ${code}: ${said}`);
}

/** A short name for what was made from these. @param {readonly (string | Buffer)[]} parts */
export function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 8);
}
