// @ts-check
/**
 * `npm run hostile [-- --rounds N] [--node 20,24] [--budget MS] [--minutes N]`: projects that are made to hurt, each through the
 * whole analysis N times (200) in one process on each Node. No exception, no abort, no growth of memory, nothing
 * above half a second (`--budget`) of processor time in the best of its rounds, because other work on the machine lengthens
 * the others, and a finding where the analysis stops. `--minutes`: about how long each Node may take; what costs much gets
 * fewer rounds then, and how many is said.
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { installNode } from "../lab/nodeInstall.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "200" },
    node: { type: "string", default: "20,24" },
    budget: { type: "string", default: "500" },
    shares: { type: "string", default: "2" },
    minutes: { type: "string", default: "0" },
  },
});
const rounds = Number(values.rounds);
const shares = Number(values.shares);
/** Milliseconds of processor time. */
const longest = Number(values.budget);
/** Bytes that a process may hold more behind its last round than behind its tenth. */
const growth = 20 * 2 ** 20;

const project = join(import.meta.dirname, "../..");
const folder = join(project, "out/hostile");
mkdirSync(folder, { recursive: true });
const bundle = join(folder, "worker.cjs");
await build({
  entryPoints: [join(import.meta.dirname, "worker.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
});

let failed = false;
for (const major of values.node.split(",").map(Number)) {
  const node = await installNode(major);
  const outputs = await Promise.all(
    Array.from({ length: shares }, (_, share) => worker(node, share)),
  );
  const results = outputs.flatMap((output) => output.results);
  results.sort((a, b) => b.best - a.best);
  const all = results.filter((result) => result.rounds === rounds).length;
  const fewest = Math.min(...results.map((result) => result.rounds));
  console.log(
    `\nNode ${major}: ${results.length} projects, ${all} of them ${rounds} times, the others at least ${fewest} times;` +
      ` load average ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log("  milliseconds of processor time: best round, median, first, slowest");
  for (const { name, best, median, first, slowest } of results.slice(0, 12)) {
    const times = [best, median, first, slowest].map((time) => time.toFixed(0).padStart(6));
    console.log(`  ${times.join(" ")}  ${name}`);
  }
  for (const { memory } of outputs) {
    const [early = 0, late = 0] = [memory[Math.min(9, memory.length - 1)], memory.at(-1)];
    console.log(
      `  heap after collecting: ${mib(early)} MiB behind round 10, ${mib(late)} behind the last`,
    );
    if (late - early > growth) fail("memory grows");
  }
  for (const { name, wrong, best } of results) {
    if (wrong !== "") fail(`${name}: ${wrong}`);
    if (best > longest) fail(`${name} takes ${best.toFixed(0)} ms of processor time`);
  }
}
process.exitCode = failed ? 1 : 0;

/** @param {string} text */
function fail(text) {
  failed = true;
  console.log(`  FAILED ${text}`);
}

/** @param {number} bytes */
function mib(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}

/**
 * @param {string} node
 * @param {number} share
 * @returns {Promise<{ results: { name: string, wrong: string, best: number, median: number, first: number, slowest: number, rounds: number }[], memory: number[] }>}
 */
function worker(node, share) {
  return new Promise((resolve, reject) => {
    const args = [
      "--expose-gc",
      bundle,
      String(rounds),
      String(share),
      String(shares),
      values.minutes,
    ];
    const child = spawn(node, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (data) => (output += String(data)));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`the process ended with ${signal ?? code}`));
    });
  });
}
