/**
 * `tsx test/engine/differential/rejudge.ts FILE...`: judges outcomes anew that `--record` wrote, and
 * prints the disagreements, those of one cause together.
 */
import { readFileSync } from "node:fs";
import { describe, kindOf } from "./campaign";
import { type Judgement, judge } from "./judge";
import type { Outcome } from "./worker";

interface Recorded extends Outcome {
  readonly version: string;
  readonly number: number;
  readonly text: string;
}

const counts: Record<string, number> = {};
const causes = new Map<string, string[]>();
for (const file of process.argv.slice(2)) {
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const recorded = JSON.parse(line) as Recorded;
    const judgement = judge(recorded.text, recorded, recorded.version);
    const kind = kindOf(judgement);
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (judgement.agrees) continue;
    const cause = causeOf(recorded, judgement);
    const known = causes.get(cause) ?? [];
    const { reason, findings } = judgement;
    known.push(describe({ ...recorded, outcome: recorded, reason }, findings, recorded.version));
    causes.set(cause, known);
  }
}
const ordered = [...causes].sort(([, a], [, b]) => b.length - a.length);
for (const [cause, texts] of ordered) {
  const shortest = texts.reduce((best, text) => (text.length < best.length ? text : best));
  console.log(`##### ${texts.length} times: ${cause}\n${shortest}\n`);
}
for (const [cause, texts] of ordered) console.log(`${texts.length}\t${cause}`);
console.log(JSON.stringify(counts));

function causeOf({ message, version }: Recorded, judgement: Judgement & { agrees: false }): string {
  const errors = judgement.findings.filter(({ severity }) => severity === "error");
  const said = [...new Set(errors.map(({ rule }) => rule))].join(" ");
  const words = (message.split("\n").at(-1) ?? "")
    .replace(/[0-9a-f]{12,}|fd77[0-9a-f:]*/g, "#")
    .replace(/\d+(?:[.:]\w+)*(?:\/\d+)?/g, "#")
    .slice(-150);
  return `${version.split(".")[0] ?? ""} ${words || "accepted"} | checker: ${said}`;
}
