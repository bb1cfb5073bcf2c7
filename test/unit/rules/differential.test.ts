import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { judge } from "../../engine/differential/judge";

/**
 * What real engines did with generated compose files: a line each of the text and, by engine version, the engine's words;
 * empty where it took the file. `verdicts` is from `npm run differential`, `wholeKernel` from test/engine/vm, where a
 * kernel has all that networks need.
 */
const folder = join(import.meta.dirname, "../../fixtures/differential");
type Verdicts = readonly [text: string, messages: Readonly<Record<string, string>>];

describe("what real engines said of generated files", () => {
  replay("verdicts", "lab", 1000);
  replay("wholeKernel", "whole", 15);
});

function replay(file: string, kernel: "lab" | "whole", least: number): void {
  it(`is what the checker says of them: ${file}`, function () {
    this.timeout(120_000);
    const packed = readFileSync(join(folder, `${file}.jsonl.gz`));
    const lines = gunzipSync(packed).toString().trim().split("\n");
    const wrong: string[] = [];
    let agreed = 0;
    for (const [text, messages] of lines.map((line) => JSON.parse(line) as Verdicts)) {
      for (const [version, message] of Object.entries(messages)) {
        const judgement = judge(text, { accepted: message === "", message }, version, kernel);
        if (judgement.agrees) agreed++;
        else wrong.push(`Engine ${version}: ${judgement.reason}\n${text}\n${message}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(agreed > least, `${agreed} were compared`);
  });
}
