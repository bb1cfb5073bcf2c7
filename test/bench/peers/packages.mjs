// @ts-check
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../../lab/cache.mjs";
import { progress } from "../../lab/progress.mjs";

/** By exact version, so that figures of two days can be compared. No dependencies of the project: only the bench wants them. */
export const versions = {
  "@microsoft/compose-language-service": "1.0.0",
  "yaml-language-server": "2.0.0",
  dclint: "3.1.0",
};

/**
 * The peers, from npm on the first use and from the cache later.
 * @returns {Promise<{ folder: string } | { reason: string }>} where their `node_modules` is, or why they are missing
 */
export async function installPeers() {
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const key = Object.values(versions).join("-");
  try {
    const folder = await cached(`peers-${key}`, async (target) => {
      progress(`installing ${wanted.join(", ")} into the cache (npm)`);
      writeFileSync(join(target, "package.json"), '{ "private": true }');
      // Some ask for a newer Node than ours; what they are used for here runs on it.
      const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      const { status, stderr, error } = spawnSync("npm", ["install", ...options, ...wanted], {
        cwd: target,
        encoding: "utf8",
        timeout: 180_000,
        shell: process.platform === "win32",
      });
      if (error) throw error;
      if (status !== 0) throw new Error(firstLines(stderr) || `npm ended with ${status}`);
    });
    return { folder };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The program of a peer.
 * @param {string} folder
 * @param {keyof typeof versions} name
 */
export function binary(folder, name) {
  const home = join(folder, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return join(home, typeof bin === "string" ? bin : Object.values(bin)[0]);
}

/** @param {string} text */
function firstLines(text) {
  return text.trim().split("\n").slice(0, 3).join(" ");
}
