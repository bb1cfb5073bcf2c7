// @ts-check
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode } from "./child.mjs";

/** @typedef {import("./reporter.mjs").TestResult} TestResult */

/**
 * Runs the tests below a folder of test/ with mocha in plain Node.
 * @param {string} folder
 * @param {{ env?: NodeJS.ProcessEnv, timeout?: number, retries?: number }} [options] `timeout`: milliseconds for one
 *   test; `retries`: how often a test may be tried again, which the reporter tells
 * @returns {Promise<TestResult>}
 */
export async function runMocha(folder, { env = {}, timeout = 10_000, retries = 0 } = {}) {
  const temporary = mkdtempSync(join(tmpdir(), "macvlan-mocha-"));
  const path = join(temporary, "result.json");
  try {
    const code = await runNode(
      [
        "node_modules/mocha/bin/mocha.js",
        "--import=tsx",
        "--reporter=test/lab/reporter.mjs",
        `--timeout=${timeout}`,
        `--retries=${retries}`,
        // Without it a test that leaves a browser behind would keep the whole run waiting.
        "--exit",
        ...(process.env["CI"] ? ["--forbid-only"] : []),
        `test/${folder}/**/*.test.ts`,
      ],
      { env: { ...env, MACVLAN_TEST_RESULT: path } },
    );
    return readResult(path, `mocha ended with ${code} before its tests did`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string} path as the reporter wrote it
 * @param {string} otherwise what went wrong if there is none
 * @returns {TestResult}
 */
export function readResult(path, otherwise) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    process.stdout.write(`${otherwise}\n`);
    return { passed: 0, failed: 1, skipped: 0, failures: [otherwise] };
  }
}
