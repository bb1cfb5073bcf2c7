/** A run of many cases on one engine. */
import { appendFileSync } from "node:fs";
import type { Lab } from "../../lab/lab.mjs";
import { generateCase, generatorVersion } from "./generator";
import type { Finding } from "../../../src/rules/rule";
import { type Judgement, judge } from "./judge";
import { shrink } from "./shrink";
import { runsAlone } from "./slots";
import { type Outcome, Worker } from "./worker";

export interface Campaign {
  readonly lab: Lab;
  readonly seed: number;
  /** Number of the first case. */
  readonly from?: number;
  readonly cases: number;
  readonly lanes: number;
  /** Stop starting cases after so many milliseconds. */
  readonly time?: number;
  readonly shrinks: boolean;
  /** File that each outcome is added to, as a line of JSON. */
  readonly record?: string | undefined;
  readonly log: (line: string) => void;
}

export interface Disagreement {
  readonly number: number;
  readonly text: string;
  readonly outcome: Outcome;
  readonly reason: string;
  /** The smallest text found that shows the same, where one was looked for. */
  readonly smallest?: string;
}

export interface CampaignResult {
  readonly cases: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly disagreements: readonly Disagreement[];
}

export async function campaign(options: Campaign): Promise<CampaignResult> {
  const { lab, seed, from = 0, log } = options;
  const version = await lab.version();
  const worker = await Worker.start(lab, options.lanes);
  const counts: Record<string, number> = {};
  const disagreements: Disagreement[] = [];
  const end = options.time === undefined ? Infinity : Date.now() + options.time;
  const last = from + options.cases;
  log(
    `Engine ${version}, generator ${generatorVersion}, seed ${seed}, cases ${from} to ${last - 1}`,
  );
  const take = (number: number, text: string, outcome: Outcome) => {
    const line = { version, generator: generatorVersion, seed, number, text, ...outcome };
    if (options.record !== undefined) appendFileSync(options.record, `${JSON.stringify(line)}\n`);
    const judgement = judge(text, outcome, version);
    const kind = kindOf(judgement);
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (judgement.agrees) return;
    const { reason, findings } = judgement;
    disagreements.push({ number, text, outcome, reason });
    log(describe({ number, text, outcome, reason }, findings, version));
  };
  try {
    const alone: (readonly [number, string])[] = [];
    let next = from;
    const lane = async () => {
      while (next < last && Date.now() < end && !worker.mustRestart) {
        const number = next++;
        const text = generateCase(seed, number);
        if (runsAlone(text)) alone.push([number, text]);
        else take(number, text, await worker.run(text));
      }
    };
    while (next < last && Date.now() < end) {
      if (worker.mustRestart) await worker.restart();
      await Promise.all(Array.from({ length: options.lanes }, lane));
    }
    for (const [number, text] of alone) {
      if (Date.now() < end) take(number, text, await worker.runAlone(text));
    }
    if (options.shrinks) {
      for (const [index, disagreement] of disagreements.entries()) {
        const smallest = await shrinkOne(worker, disagreement, version);
        disagreements[index] = { ...disagreement, smallest };
        log(`smallest of case ${disagreement.number}:\n${smallest}`);
      }
    }
  } finally {
    await worker.stop();
  }
  const cases = Object.values(counts).reduce((sum, count) => sum + count, 0);
  log(`${cases} cases on Engine ${version}: ${JSON.stringify(counts)}`);
  return { cases, counts, disagreements };
}

function shrinkOne(
  worker: Worker,
  { text, reason }: Disagreement,
  version: string,
): Promise<string> {
  return shrink(text, async (smaller) => {
    if (worker.mustRestart) await worker.restart();
    const outcome = runsAlone(smaller) ? await worker.runAlone(smaller) : await worker.run(smaller);
    const judgement = judge(smaller, outcome, version);
    return !judgement.agrees && judgement.reason === reason;
  });
}

/** What a judgement is counted as. */
export function kindOf(judgement: Judgement): string {
  if (!judgement.agrees) return "disagreement";
  return "why" in judgement ? `no verdict: ${judgement.why}` : judgement.as;
}

export function describe(
  { number, text, outcome, reason }: Disagreement,
  findings: readonly Finding[],
  version: string,
): string {
  const said = findings.map(
    ({ rule, severity, message, engineMessage = "-" }) =>
      `  ${severity} ${rule}: ${message}\n      ${engineMessage}`,
  );
  return [
    `=== case ${number} on Engine ${version}: ${reason}`,
    text.trim(),
    `engine: ${outcome.message || "accepted"}`,
    ...(said.length > 0 ? ["checker:", ...said] : ["checker: nothing"]),
  ].join("\n");
}
