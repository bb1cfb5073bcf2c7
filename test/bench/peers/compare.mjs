// @ts-check
/**
 * Our times beside those of the programs that people use for compose files today, measured in the same run. What each of them
 * looks for differs, and the output says it: none but ours knows addresses.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { insideMiddleAddress, withoutAliases, workload } from "../workload.mjs";
import { LanguageServer, NoAnswer } from "./languageServer.mjs";
import { binary, installPeers, versions } from "./packages.mjs";

/** Milliseconds for one answer. */
const limit = 40_000;
/** At most so many edits, and no new one when so many milliseconds are over. */
const edits = { count: 41, time: 6000 };
/** What yaml-language-server waits behind each edit; no setting changes it. */
const yamlDelay = 200;
const ours = "macvlan (all rules)";

/** @typedef {{ first: number, edit: number } | { nothing: string }} Times */
/** @typedef {(line: string) => void} Say */

/**
 * @param {object} what
 * @param {Record<string, [services: number, networks: number]>} what.sizes
 * @param {string} what.bundle our analysis
 * @param {string} what.cli
 * @param {string} what.folder for the files
 * @param {Say} say
 */
export async function compareWithPeers({ sizes, bundle, cli, folder }, say) {
  const peers = await installPeers();
  if ("reason" in peers) {
    say(`\npeers: missing, because they could not be installed from npm: ${peers.reason}`);
    return;
  }
  const schema = join(peers.folder, "node_modules/dclint/schemas/compose.schema.json");
  const files = writeFiles(sizes, folder);
  await editToFindings(files, servers(peers.folder, schema, bundle), say);
  wholeProcesses(files, cli, binary(peers.folder, "dclint"), say);
}

/**
 * Each size as it is, and those that peers give up on once more without aliases.
 * @param {Record<string, [number, number]>} sizes
 * @param {string} folder
 */
function writeFiles(sizes, folder) {
  return Object.entries(sizes).flatMap(([name, [services, networks]]) => {
    const text = workload(services, networks);
    const file = { name, path: join(folder, `${name}.yaml`), text };
    const path = join(folder, `${name}-plain.yaml`);
    const plain = { name: `${name}, no aliases`, path, text: withoutAliases(text) };
    const both = services >= 1000 ? [file, plain] : [file];
    for (const one of both) writeFileSync(one.path, one.text);
    return both;
  });
}

/**
 * @param {string} folder
 * @param {string} schema
 * @param {string} bundle
 * @returns {Record<string, import("./languageServer.mjs").ServerSettings>}
 */
function servers(folder, schema, bundle) {
  const yaml = {
    schemas: { [pathToFileURL(schema).href]: "*.yaml" },
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
    validate: true,
  };
  return {
    [ours]: { argv: [join(import.meta.dirname, "ours.mjs"), bundle] },
    "compose-language-service (syntax)": {
      argv: [binary(folder, "@microsoft/compose-language-service"), "--stdio"],
      // Its second of delay is a setting; its schema is left to the other one.
      initializationOptions: { diagnosticDelay: 0 },
    },
    "yaml-language-server (compose schema)": {
      argv: [binary(folder, "yaml-language-server"), "--stdio"],
      configuration: { yaml },
      delay: yamlDelay,
    },
  };
}

/**
 * @param {ReturnType<typeof writeFiles>} files
 * @param {ReturnType<typeof servers>} programs
 * @param {Say} say
 */
async function editToFindings(files, programs, say) {
  say(
    `\npeers, from npm, in this run: compose-language-service ${versions["@microsoft/compose-language-service"]}, yaml-language-server` +
      ` ${versions["yaml-language-server"]}, dclint ${versions.dclint}` +
      "\nfrom a change to its findings, as language servers over stdio, messages included, delays left out; ours is put behind the same" +
      "\nmessages for this (it runs inside of the editor); open = the first findings, edit = one character, x = times ours",
  );
  for (const { name, path, text } of files) {
    /** @type {Times | undefined} */
    let own;
    for (const [program, settings] of Object.entries(programs)) {
      const times = await timesOf(settings, path, text);
      own ??= times;
      say(`  ${name.padEnd(15)} ${program.padEnd(38)} ${inWords(times, own)}`);
    }
  }
}

/**
 * @param {import("./languageServer.mjs").ServerSettings} settings
 * @param {string} path
 * @param {string} text
 * @returns {Promise<Times>}
 */
async function timesOf(settings, path, text) {
  const server = new LanguageServer(settings, limit);
  let first = Number.NaN;
  try {
    await server.start();
    first = (await server.open(path, text)).time;
    return { first, edit: await medianEdit(server, text) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const when = Number.isNaN(first) ? "" : `open ${milliseconds(first)}, edit: `;
    return {
      nothing: `${when}${error instanceof NoAnswer ? error.message : `failed: ${error.message}`}`,
    };
  } finally {
    await server.stop();
  }
}

/**
 * @param {LanguageServer} server
 * @param {string} text
 */
async function medianEdit(server, text) {
  const offset = insideMiddleAddress(text);
  const before = text.slice(0, offset).split("\n");
  const at = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  /** @type {number[]} */
  const times = [];
  const end = performance.now() + edits.time;
  while (times.length < edits.count && (times.length === 0 || performance.now() < end)) {
    times.push(
      times.length % 2 === 0 ? await server.edit(at, 0, "1") : await server.edit(at, 1, ""),
    );
  }
  return median(times);
}

/**
 * @param {ReturnType<typeof writeFiles>} files
 * @param {string} cli
 * @param {string} dclint
 * @param {Say} say
 */
function wholeProcesses(files, cli, dclint, say) {
  say(
    "\nas commands, the whole process: macvlan-check check FILE beside dclint FILE (style and schema, no addresses)",
  );
  for (const { name, path } of files) {
    const mine = wholeProcess([cli, "check", path]);
    const theirs = wholeProcess([dclint, path]);
    const ratio = "time" in mine && "time" in theirs ? `  x ${times(theirs.time / mine.time)}` : "";
    say(
      `  ${name.padEnd(15)} macvlan-check ${"time" in mine ? milliseconds(mine.time) : mine.nothing},` +
        ` dclint ${"time" in theirs ? milliseconds(theirs.time) : theirs.nothing}${ratio}`,
    );
  }
}

/**
 * @param {string[]} argv
 * @returns {{ time: number } | { nothing: string }}
 */
function wholeProcess(argv) {
  /** @type {number[]} */
  const taken = [];
  const end = performance.now() + edits.time;
  while (taken.length < 5 && (taken.length === 0 || performance.now() < end)) {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      encoding: "utf8",
      timeout: limit,
      killSignal: "SIGKILL",
      // Thousands of findings are more than the one MiB that it would else keep, and then end the process.
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    if (status === null) return { nothing: `no end in ${limit / 1000} s` };
    taken.push(performance.now() - start);
    // What it says of a file that it did not check to its end.
    const [given] = /Excessive alias count/.exec(stdout + stderr) ?? [];
    if (given) return { nothing: `gives up: "${given}"` };
  }
  return { time: median(taken) };
}

/**
 * @param {Times} measured
 * @param {Times} own
 */
function inWords(measured, own) {
  if ("nothing" in measured) return measured.nothing;
  const words = `open ${milliseconds(measured.first)}`;
  if (measured === own || "nothing" in own) return `${words}, edit ${milliseconds(measured.edit)}`;
  return (
    `${words} (x ${times(measured.first / own.first)}),` +
    ` edit ${milliseconds(measured.edit)} (x ${times(measured.edit / own.edit)})`
  );
}

/** @param {number} time */
function milliseconds(time) {
  return `${time < 20 ? time.toFixed(1) : Math.round(time).toLocaleString("en")} ms`;
}

/** @param {number} ratio */
function times(ratio) {
  return ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en");
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
