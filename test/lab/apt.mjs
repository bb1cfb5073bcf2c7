// @ts-check
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { cacheFolder, lock } from "./cache.mjs";
import { hasProgram, run } from "./process.mjs";
import { progress } from "./progress.mjs";

const policy = "/usr/sbin/policy-rc.d";
let updated = false;

/** Whether this machine lets us install Debian packages; if not, the reason. */
export function whyNoApt() {
  if (process.getuid?.() !== 0) return "not root, so nothing can be installed";
  if (!hasProgram("apt-get")) return "no apt-get (not a Debian or Ubuntu machine)";
  return undefined;
}

/**
 * Installs those of the packages whose program is missing. No service is started by an installation:
 * the lab starts what it needs itself, apart from what the machine runs.
 * @param {Readonly<Record<string, string>>} programs program name to the package that brings it
 */
export async function ensurePrograms(programs) {
  if (missing(programs).length === 0) return;
  const reason = whyNoApt();
  if (reason) throw new Error(`missing ${missing(programs).join(", ")}: ${reason}`);
  const release = await lock(`${cacheFolder()}/apt.lock`, "Debian packages");
  try {
    const packages = missing(programs);
    if (packages.length === 0) return;
    progress(`installing ${packages.join(", ")} (apt-get)`);
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    if (!updated) await run(["apt-get", "update", "-qq"], { env, timeout: 300_000 });
    updated = true;
    const ownPolicy = !existsSync(policy);
    if (ownPolicy) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
    try {
      const install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packages];
      await run(install, { env, timeout: 900_000 });
    } finally {
      if (ownPolicy) rmSync(policy);
    }
  } finally {
    release();
  }
}

/** @param {Readonly<Record<string, string>>} programs */
function missing(programs) {
  const names = Object.keys(programs).filter((name) => !hasProgram(name));
  return [...new Set(names.map((name) => /** @type {string} */ (programs[name])))];
}
