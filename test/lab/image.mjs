// @ts-check
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { run } from "./process.mjs";

/**
 * The lab reaches no registry, so the names that tests and the demo workspace use must be there already. Two images:
 * a shell, and a web server on port 80 that stands in for services which keep running.
 */
const images = [
  { command: ["/bin/sh"], names: ["busybox:lab", "busybox:latest", "alpine:latest"] },
  {
    command: ["httpd", "-f", "-h", "/var/www"],
    names: [
      "nginx:alpine",
      "nginx:latest",
      "pihole/pihole:latest",
      "ghcr.io/home-assistant/home-assistant:stable",
      "plexinc/pms-docker:latest",
      "jacobalberty/unifi:latest",
    ],
  },
];

/**
 * A file for `docker load` with these images, both of one layer that holds busybox.
 * @param {string} rootfs where busybox-static is installed
 */
export async function imagesFile(rootfs) {
  const folder = await cached("images-1", async (target) => {
    const layer = await makeLayer(rootfs, target);
    const manifest = images.map(({ command, names }, index) => {
      const config = `config-${index}.json`;
      writeFileSync(join(target, config), JSON.stringify(imageConfig(command, layer)));
      return { Config: config, RepoTags: names, Layers: ["layer.tar"] };
    });
    writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest));
    const parts = ["manifest.json", "layer.tar", ...manifest.map(({ Config }) => Config)];
    await run(["tar", "-cf", "images.tar", ...parts], { cwd: target });
  });
  return join(folder, "images.tar");
}

/**
 * @param {string} rootfs
 * @param {string} target
 * @returns the digest of `layer.tar`
 */
async function makeLayer(rootfs, target) {
  const root = join(target, "root");
  for (const name of ["bin", "etc", "proc", "sys", "dev", "tmp", "root", "var/www"]) {
    mkdirSync(join(root, name), { recursive: true });
  }
  cpSync(join(rootfs, "bin/busybox"), join(root, "bin/busybox"));
  await run(["chroot", root, "/bin/busybox", "--install", "-s", "/bin"]);
  writeFileSync(join(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
  writeFileSync(join(root, "etc/group"), "root:x:0:\n");
  writeFileSync(join(root, "var/www/index.html"), "a container of the lab\n");
  const layer = join(target, "layer.tar");
  await run(["tar", "-C", root, "-cf", layer, "."]);
  rmSync(root, { recursive: true });
  return createHash("sha256").update(readFileSync(layer)).digest("hex");
}

/**
 * @param {readonly string[]} command
 * @param {string} layer
 */
function imageConfig(command, layer) {
  return {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    created: new Date().toISOString(),
    config: {
      Cmd: command,
      Env: ["PATH=/bin"],
      // A shell as first process ignores SIGTERM: every stop of a container would take ten seconds.
      StopSignal: "SIGKILL",
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${layer}`] },
  };
}
