// @ts-check
/**
 * Runs in a process of its own: node --expose-gc analyse.mjs BUNDLE FILE EDITS. Prints JSON: the first
 * analysis (loading the bundle included), the median of EDITS one-character edits, the memory.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { insideMiddleAddress } from "./workload.mjs";

const [bundle = "", file = "", count = "0"] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const before = heap();

const used = process.cpuUsage();
const begin = performance.now();
/** @type {typeof import("./core")} */
const { ComposeDocument, RuleRunner, rules } = createRequire(import.meta.url)(bundle);
const document = new ComposeDocument(file, text);
const runner = new RuleRunner(rules);
const facts = {};
let findings = runner.run(document.project(), facts);
const first = performance.now() - begin;
const { user, system } = process.cpuUsage(used);

const at = insideMiddleAddress(text);
/** @type {number[]} */
const times = [];
for (let i = 0; i < Number(count); i++) {
  const edit =
    i % 2 === 0 ? { from: at, to: at, newText: "1" } : { from: at, to: at + 1, newText: "" };
  const start = performance.now();
  document.edit([edit]);
  findings = runner.run(document.project(), facts);
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const memory = heap() - before;
process.stdout.write(
  JSON.stringify({
    lines: text.split("\n").length - 1,
    findings: findings.length,
    first,
    // Of all threads: the engine compiles and collects beside the one that works.
    processor: (user + system) / 1000,
    edit: times[times.length >> 1],
    memory,
  }),
);

/** Bytes that are reachable. */
function heap() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
