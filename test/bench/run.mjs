// @ts-check
/**
 * `npm run bench [-- --sizes L,XL] [--analysis] [--no-peers]`: how fast and how big, beside what is wanted and beside other
 * programs from npm. Takes about five minutes, one without those; `--analysis` measures nothing else, so that nothing is
 * packaged. Times are of the clock: on a machine with other work, read the processor time beside them.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { indexedLoops } from "../../build/indexedLoops.mjs";
import { compareWithPeers } from "./peers/compare.mjs";
import { sizes as allSizes, workload } from "./workload.mjs";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: Object.keys(allSizes).join(",") },
    analysis: { type: "boolean", default: false },
    "no-peers": { type: "boolean", default: false },
  },
});
const project = join(import.meta.dirname, "../..");
const folder = join(project, "out/bench");
const bundle = join(folder, "core.cjs");
const cli = join(project, "dist/cli.js");
const wanted = values.sizes.split(",");
const sizes = Object.fromEntries(
  Object.entries(allSizes).filter(([name]) => wanted.includes(name)),
);
/** Wanted, on a machine with nothing else to do: milliseconds, KiB, MiB. */
const goals = {
  /** @type {Record<string, number>} */ first: { L: 200, XL: 900 },
  /** @type {Record<string, number>} */ edit: { L: 5, XL: 20 },
  /** @type {Record<string, number>} */ memory: { XL: 60 },
  activate: 5,
  cli: 400,
  extension: 200,
  vsix: 600,
};
const coldRuns = 5;
/** @type {Record<string, number>} */
const edits = { S: 400, M: 400, L: 200, XL: 60 };

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
say(
  `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}`,
);
say(`load average ${loadavg()[0]?.toFixed(1)}: with other work on the machine, times are too long`);
if (values.analysis) {
  await analyses();
} else {
  const vsix = packageExtension();
  await analyses();
  wholeProcess();
  activation();
  bundles(vsix);
  if (!values["no-peers"]) await compareWithPeers({ sizes, bundle, cli, folder }, say);
}

/** Builds for production, by way of packaging. */
function packageExtension() {
  const file = join(folder, "macvlan.vsix");
  const vsce = join(project, "node_modules/@vscode/vsce/vsce");
  const result = spawnSync(
    process.execPath,
    [
      vsce,
      "package",
      "--no-dependencies",
      "--allow-missing-repository",
      "--no-rewrite-relative-links",
      "--out",
      file,
    ],
    {
      cwd: project,
      encoding: "utf8",
    },
  );
  if (result.status === 0 && existsSync(file)) return { file };
  execFileSync(process.execPath, ["esbuild.mjs", "--production"], {
    cwd: project,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [reason] = result.stderr.trim().split("\n").slice(-1);
  return { reason };
}

async function analyses() {
  await build({
    entryPoints: [join(import.meta.dirname, "core.ts")],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    plugins: [indexedLoops(project)],
  });
  say("\nanalysis: all rules, no facts; first = cold process, bundle loaded; edit = one character");
  row(["", "lines", "findings", "first", "", "processor", "edit", "", "memory", ""]);
  for (const [name, [services, networks]] of Object.entries(sizes)) {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, workload(services, networks));
    const script = join(import.meta.dirname, "analyse.mjs");
    const run = (/** @type {number} */ count) =>
      measure(["--expose-gc", script, bundle, file, String(count)]);
    const cold = Array.from({ length: coldRuns }, () => run(0));
    const first = median(cold.map((one) => one.first));
    const warm = run(edits[name] ?? 100);
    row([
      name,
      String(warm.lines),
      String(warm.findings),
      `${first.toFixed(0)} ms`,
      goal(goals.first[name], "ms"),
      `${median(cold.map((one) => one.processor)).toFixed(0)} ms`,
      `${warm.edit.toFixed(2)} ms`,
      goal(goals.edit[name], "ms"),
      `${(warm.memory / 2 ** 20).toFixed(1)} MiB`,
      goal(goals.memory[name], "MiB"),
    ]);
  }
}

function wholeProcess() {
  const large = join(folder, "L.yaml");
  const [services, networks] = allSizes["L"] ?? [0, 0];
  writeFileSync(large, workload(services, networks));
  const time = () => {
    const start = performance.now();
    spawnSync(process.execPath, [cli, "check", large], { stdio: "ignore" });
    return performance.now() - start;
  };
  const milliseconds = median(Array.from({ length: coldRuns }, time));
  say(
    `\nmacvlan-check check L.yaml, whole process: ${milliseconds.toFixed(0)} ms ${goal(goals.cli, "ms")}`,
  );
}

function activation() {
  const script = join(import.meta.dirname, "activate.cjs");
  const extension = join(project, "dist/extension.js");
  const run = () => measure([script, extension]);
  const runs = Array.from({ length: coldRuns * 2 }, run);
  const load = median(runs.map((r) => r.load));
  const activate = median(runs.map((r) => r.activate));
  say(
    `\nactivation, in plain Node with a stand-in for the vscode module (what our code costs, not what VS Code adds):` +
      `\n  load ${load.toFixed(1)} ms, activate() ${activate.toFixed(1)} ms ${goal(goals.activate, "ms")}`,
  );
}

/** @param {{ file?: string, reason?: string | undefined }} vsix */
function bundles(vsix) {
  say("\nbundles, for production");
  for (const name of ["extension", "analysis", "worker", "docker", "wizard", "cli"]) {
    const file = join(project, `dist/${name}.js`);
    const size = existsSync(file) ? kib(file) : "missing";
    say(`  dist/${name}.js  ${size} ${name === "extension" ? goal(goals.extension, "KiB") : ""}`);
  }
  say(
    `  VSIX  ${vsix.file ? `${kib(vsix.file)} ${goal(goals.vsix, "KiB")}` : `not built: ${vsix.reason}`}`,
  );
}

/**
 * Runs Node with the arguments and reads the JSON that it prints.
 * @param {string[]} args
 */
function measure(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout);
  // Not the line of the bundle that failed: it is hundreds of kilobytes long.
  const lines = stderr.split("\n").filter((text) => text.length < 500);
  throw new Error(`node ${args.join(" ")} failed:\n${lines.slice(0, 20).join("\n")}`);
}

/** @param {string} file */
function kib(file) {
  return `${(statSync(file).size / 1024).toFixed(1)} KiB`;
}

/** @param {number | undefined} value @param {string} unit */
function goal(value, unit) {
  return value === undefined ? "" : `(goal ${value} ${unit})`;
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** @param {string[]} cells */
function row(cells) {
  const widths = [3, 7, 9, 9, 14, 9, 10, 13, 9, 13];
  say(cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join(" "));
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
