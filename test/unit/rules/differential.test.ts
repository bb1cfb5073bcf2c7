import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { judge } from "../../engine/differential/judge";

/**
 * What real engines did with generated compose files (`npm run differential`): a line each of the text and, by
 * engine version, the engine's words; empty where it took the file.
 */
const file = join(import.meta.dirname, "../../fixtures/differential/verdicts.jsonl.gz");
type Verdicts = readonly [text: string, messages: Readonly<Record<string, string>>];

describe("what real engines said of generated files", () => {
  it("is what the checker says of them", function () {
    this.timeout(120_000);
    const lines = gunzipSync(readFileSync(file)).toString().trim().split("\n");
    const wrong: string[] = [];
    let agreed = 0;
    for (const [text, messages] of lines.map((line) => JSON.parse(line) as Verdicts)) {
      for (const [version, message] of Object.entries(messages)) {
        const judgement = judge(text, { accepted: message === "", message }, version);
        if (judgement.agrees) agreed++;
        else wrong.push(`Engine ${version}: ${judgement.reason}\n${text}\n${message}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(agreed > 1000, `${agreed} were compared`);
  });
});
