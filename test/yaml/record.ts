/**
 * Records what go-yaml says of random texts: tsx test/yaml/record.ts PROGRAM [CASES [SEED]], PROGRAM
 * built from main.go. With CASES above those of the recording, it only compares and prints what differs.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { seededRandom } from "../unit/support/random";
import { randomYaml } from "../unit/support/randomYaml";
import { type Answer, type Verdict, ourAnswer, verdictFile } from "./verdicts";

const recorded = 2000;
const [program = "", count = String(recorded), seed = "1"] = process.argv.slice(2);
const texts = Array.from({ length: Number(count) }, (_, i) =>
  randomYaml(seededRandom(Number(seed) + i)),
);
const { stdout, status } = spawnSync(program, {
  input: texts.map((text) => `${JSON.stringify(text)}\n`).join(""),
  encoding: "utf8",
  maxBuffer: 2 ** 30,
});
if (status !== 0) throw new Error(`${program} failed`);
const verdicts = stdout
  .trimEnd()
  .split("\n")
  .map((line, index): Verdict => {
    const { refused, documents } = JSON.parse(line) as Answer;
    const text = texts[index] ?? "";
    return refused === undefined ? { text, documents: documents ?? [] } : { text, refused };
  })
  .filter(isComparable);
const different = verdicts.filter((verdict) => !agrees(verdict));
for (const { text, refused } of different.slice(0, 10)) {
  console.log(`${JSON.stringify(text)}\n  ${refused ?? "accepted"}`);
}
console.log(`${verdicts.length - different.length} of ${verdicts.length} agree`);
if (Number(count) === recorded) {
  writeFileSync(verdictFile, `[\n${verdicts.map((v) => JSON.stringify(v)).join(",\n")}\n]\n`);
}

/** What aliases stand for is known later than the reading that is compared; template marks are ours. */
function isComparable({ text, refused = "" }: Verdict): boolean {
  return (
    !/unknown anchor|map merge requires|contains itself|^yaml: cannot use|mapping key ""|!!|into /.test(
      refused,
    ) && !/\{\s*\{|!\s/.test(text)
  );
}

function agrees(verdict: Verdict): boolean {
  const ours = ourAnswer(verdict.text);
  if (verdict.refused !== undefined) return ours.refused !== undefined;
  return JSON.stringify(ours.documents) === JSON.stringify(verdict.documents);
}
