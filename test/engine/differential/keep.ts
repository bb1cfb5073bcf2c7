/**
 * `tsx test/engine/differential/keep.ts FILE...`: adds outcomes that `--record` wrote to the verdicts that every
 * `npm test` replays, and prints how many texts and verdicts there are then. What gives no verdict is left out,
 * and what disagrees, which is printed: it is to be mended first.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { judge } from "./judge";
import type { Outcome } from "./worker";

interface Recorded extends Outcome {
  readonly version: string;
  readonly text: string;
}

const kept = join(import.meta.dirname, "../../fixtures/differential/verdicts.jsonl.gz");
const verdicts = new Map<string, Record<string, string>>();

for (const [text, messages] of lines(gunzipSync(readFileSync(kept)).toString()) as [
  string,
  Record<string, string>,
][]) {
  verdicts.set(text, messages);
}
for (const file of process.argv.slice(2)) {
  for (const outcome of lines(readFileSync(file, "utf8")) as Recorded[]) {
    const { text, version, message } = outcome;
    const judgement = judge(text, outcome, version);
    if (!judgement.agrees) console.log(`left out, as it disagrees: ${judgement.reason}\n${text}`);
    if (!judgement.agrees || judgement.as === "no verdict") continue;
    verdicts.set(text, { ...verdicts.get(text), [version]: message });
  }
}
const written = [...verdicts].map((verdict) => JSON.stringify(verdict)).join("\n");
writeFileSync(kept, gzipSync(`${written}\n`, { level: 9 }));
const count = [...verdicts.values()].reduce((sum, each) => sum + Object.keys(each).length, 0);
console.log(`${verdicts.size} texts, ${count} verdicts`);

function lines(text: string): unknown[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}
