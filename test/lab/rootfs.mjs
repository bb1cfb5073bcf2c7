// @ts-check
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { CommandError, run } from "./process.mjs";
import { duration, progress } from "./progress.mjs";

/**
 * The engines, by the Debian suite that holds them. A root folder of its own for each leaves the machine's packages and
 * services alone and lets several engine versions run side by side.
 * @typedef {"bookworm" | "trixie" | "sid"} EngineName
 */

/** @type {Readonly<Record<EngineName, { readonly about: string, readonly packages: readonly string[] }>>} */
export const engines = {
  bookworm: { about: "Engine 20.10", packages: ["docker.io"] },
  trixie: {
    about: "Engine 26.1 and Compose 2.26",
    packages: ["docker.io", "docker-cli", "docker-compose"],
  },
  sid: {
    about: "the newest of Debian: Engine 28.5 or later and Compose",
    packages: ["docker.io", "docker-cli", "docker-compose"],
  },
};

const everywhere = ["iproute2", "iptables", "busybox-static", "ca-certificates", "tini"];

/**
 * The root folder with this engine in it, installed on first use (40 s, 660 MB).
 * @param {EngineName} engine
 */
export function engineRootfs(engine) {
  return cached(`engine-${engine}`, async (folder) => {
    const { about, packages } = engines[engine];
    progress(`installing ${about} into the cache (debootstrap ${engine}, about a minute)`);
    const start = Date.now();
    const include = [...packages, ...everywhere].join(",");
    const log = /** @type {string[]} */ ([]);
    try {
      await run(["debootstrap", "--variant=minbase", `--include=${include}`, engine, folder], {
        timeout: 900_000,
        onOutput: (text) => log.push(text),
      });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new Error(
        `debootstrap ${engine} failed:\n${log.join("").split("\n").slice(-15).join("\n")}`,
      );
    }
    for (const mountPoint of ["lab", "host", "etc/docker"]) {
      mkdirSync(join(folder, mountPoint), { recursive: true });
    }
    progress(`installed ${about} in ${duration(Date.now() - start)}`);
  });
}
