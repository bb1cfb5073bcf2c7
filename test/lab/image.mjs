// @ts-check
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { run } from "./process.mjs";

/** Names of the one image. No registry is reached from the lab, so the usual names must be there already. */
export const imageNames = ["busybox:lab", "busybox:latest", "alpine:latest"];

/**
 * A tar file with a root folder of busybox, to be given to `docker import`.
 * @param {string} rootfs where busybox-static is installed
 */
export async function imageTar(rootfs) {
  const folder = await cached("image-busybox", async (target) => {
    const root = join(target, "root");
    for (const name of ["bin", "etc", "proc", "sys", "dev", "tmp", "root", "var/www"]) {
      mkdirSync(join(root, name), { recursive: true });
    }
    cpSync(join(rootfs, "bin/busybox"), join(root, "bin/busybox"));
    await run(["chroot", root, "/bin/busybox", "--install", "-s", "/bin"]);
    writeFileSync(join(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    writeFileSync(join(root, "etc/group"), "root:x:0:\n");
    writeFileSync(join(root, "var/www/index.html"), "a container of the lab\n");
    await run(["tar", "-C", root, "-cf", join(target, "image.tar"), "."]);
    rmSync(root, { recursive: true });
  });
  return join(folder, "image.tar");
}
