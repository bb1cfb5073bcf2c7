// @ts-check
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, attempt } from "./process.mjs";
import { engineRootfs } from "./rootfs.mjs";

const client = fileURLToPath(new URL("client.sh", import.meta.url));

/**
 * Runs a client program from a root folder against the engine of a lab, or that of DOCKER_HOST in the options' `env`. A
 * `-v` of a container names a path in the engine's root, not on this machine.
 * @param {string} rootfs
 * @param {string} folder of the lab
 * @param {readonly string[]} argv
 * @param {import("./process.mjs").CommandOptions} [options]
 */
export async function runClient(rootfs, folder, argv, options = {}) {
  const env = { DOCKER_HOST: `unix://${folder}/docker.sock`, ...options.env };
  const words = ["unshare", "--mount", client, rootfs, folder, ...argv];
  const result = await attempt(words, { timeout: 120_000, ...options, env });
  const here = options.cwd ?? process.cwd();
  return {
    code: result.code,
    stdout: result.stdout.replaceAll(`/host${here}`, here),
    stderr: result.stderr.replaceAll(`/host${here}`, here),
  };
}

/**
 * The real `docker compose`, always of the newest engine's root folder: bookworm has none.
 * @param {string} folder of the lab
 * @param {readonly string[]} argv
 * @param {string} cwd
 * @param {import("./process.mjs").CommandOptions} [options]
 */
export async function runCompose(folder, argv, cwd, options = {}) {
  const rootfs = await engineRootfs("sid");
  return runClient(rootfs, folder, ["docker", "compose", ...argv], { ...options, cwd });
}

/**
 * Puts a `docker` command into the lab's folder, for terminals and for an extension that starts one.
 * @param {string} rootfs
 * @param {string} folder of the lab
 * @returns the folder for the PATH
 */
export function installDockerCommand(rootfs, folder) {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\nexec unshare --mount '${client}' '${rootfs}' '${folder}' docker "$@"\n`;
  writeFileSync(join(bin, "docker"), script, { mode: 0o755 });
  return bin;
}

/**
 * @param {readonly string[]} argv
 * @param {import("./process.mjs").CommandResult} result
 */
export function outputOf(argv, result) {
  if (result.code !== 0) throw new CommandError(argv, result);
  return result.stdout;
}
