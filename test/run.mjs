#!/usr/bin/env node
// @ts-check
/**
 * `npm test`: installs what is missing, then runs every check and every layer of tests that this machine can run.
 * `npm test -- unit structure` runs those only. The last line is `N passed, N failed[, N skipped]`.
 */
import { parseArgs } from "node:util";
import { ensureDependencies } from "./lab/dependencies.mjs";
import { endSteps, steps } from "./lab/layers.mjs";
import { duration } from "./lab/progress.mjs";

/** @typedef {import("./lab/reporter.mjs").TestResult} TestResult */
/** @typedef {TestResult & { name: string, took: number, reason?: string }} Outcome */

const layers = [...new Set(steps.map(({ layer }) => layer))];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: "boolean", short: "h" } },
});
const unknown = positionals.filter((name) => !layers.includes(name));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no layer ${unknown.join(", ")}.`);
  console.log(`npm test [-- LAYER...]   LAYER: ${layers.join(", ")}; all unless told`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

ensureDependencies();
const outcomes = /** @type {Outcome[]} */ ([]);
for (const step of steps) {
  if (positionals.length > 0 && !positionals.includes(step.layer)) continue;
  console.log(`\n=== ${step.name}`);
  const start = Date.now();
  const outcome = await outcomeOf(step);
  outcomes.push({ ...outcome, name: step.name, took: Date.now() - start });
}
await endSteps();
report();

/**
 * Whatever goes wrong in one step, the others run as well.
 * @param {import("./lab/layers.mjs").Step} step
 * @returns {Promise<TestResult & { reason?: string }>}
 */
async function outcomeOf(step) {
  try {
    const result = await runTwiceAtMost(step);
    if (typeof result.skipped === "string") {
      console.log(`skipped: ${result.skipped}`);
      return { passed: 0, failed: 0, skipped: 1, failures: [], reason: result.skipped };
    }
    const counts = /** @type {TestResult} */ (result);
    // A suite that was not found, or skipped itself wholly, must not look like one that passed.
    if (counts.passed + counts.failed === 0) throw new Error("no test was run");
    return counts;
  } catch (error) {
    console.log(String(error instanceof Error ? (error.stack ?? error) : error));
    return { passed: 0, failed: 1, skipped: 0, failures: [String(error)] };
  }
}

/**
 * A step that broke down before it had a result (a server that did not start) is begun once more, and this is said.
 * @param {import("./lab/layers.mjs").Step} step
 */
async function runTwiceAtMost(step) {
  try {
    return await step.run();
  } catch (error) {
    console.log(`begun again: ${step.name}: ${String(error).split("\n")[0]}`);
    return step.run();
  }
}

function report() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  console.log("\n=== summary");
  for (const outcome of outcomes) {
    const { name, took, passed, failed, skipped, failures, reason, retried = [] } = outcome;
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    const counts = reason ? `skipped: ${reason}` : countsText({ passed, failed, skipped });
    console.log(`${name.padEnd(34)}${duration(took).padStart(13)}   ${counts}`);
    for (const test of retried) console.log(`    tried again: ${test.split("\n")[0]}`);
    for (const failure of failures) console.log(`    failed: ${failure.split("\n")[0]}`);
  }
  console.log(`\n${countsText(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
function countsText({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
