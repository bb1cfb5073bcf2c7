// @ts-check
/**
 * An engine for asking in bulk, which costs half as much per container: crun starts containers in place of runc, and
 * the engine writes no firewall rules. What it answers about networks was the same for every case asked of both.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./process.mjs";

/** What dockerd is started with. */
export const leanOptions = [
  ..."--add-runtime crun=/usr/bin/crun --default-runtime crun".split(" "),
  ..."--iptables=false --ip6tables=false".split(" "),
];

/**
 * Installs crun into a root folder that lacks it.
 * @param {string} rootfs
 */
export async function addCrun(rootfs) {
  if (existsSync(join(rootfs, "usr/bin/crun"))) return;
  const apt = "apt-get install -y -qq --no-install-recommends crun";
  await run(["chroot", rootfs, "sh", "-c", `apt-get update -qq && ${apt}`], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
    timeout: 300_000,
  });
}
