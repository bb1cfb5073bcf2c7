// @ts-check
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode } from "./child.mjs";

/** @typedef {import("./reporter.mjs").TestResult} TestResult */

/**
 * Runs the tests below a folder of test/ with mocha in plain Node. A test that fails is tried once more, since real
 * engines and windows answer late on a busy machine: what fails twice is broken, and the summary names what was retried.
 * @param {string} folder
 * @param {{ env?: NodeJS.ProcessEnv, timeout?: number, without?: string }} [options] `timeout`: milliseconds for one
 *   test; `without`: a folder below that one, which another step runs
 * @returns {Promise<TestResult>}
 */
export async function runMocha(folder, { env = {}, timeout = 10_000, without } = {}) {
  const temporary = mkdtempSync(join(tmpdir(), "macvlan-mocha-"));
  const path = join(temporary, "result.json");
  try {
    const code = await runNode(
      [
        "node_modules/mocha/bin/mocha.js",
        "--import=tsx",
        "--reporter=test/lab/reporter.mjs",
        `--timeout=${timeout}`,
        "--retries=1",
        // Without it a test that leaves a browser behind would keep the whole run waiting.
        "--exit",
        ...(without === undefined ? [] : [`--ignore=test/${folder}/${without}/**`]),
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
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new Error(otherwise);
  }
  return JSON.parse(text);
}
