import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { useLab } from "../lab/suite.mjs";
import { campaign } from "./differential/campaign";
import { seedOf } from "./differential/generator";

/** As many cases as fit in, at most. */
const cases = 200;
const time = 60_000;
const lanes = 2;
/**
 * Cases that may disagree: chance finds every day what nobody has met yet (8 in the 750 cases before this limit
 * was set). Each is printed, shrunken, with the way to repeat it; more than these mean that a rule broke.
 */
const tolerated = (asked: number) => Math.max(3, Math.ceil(asked * 0.03));

describe("generated compose files on a real engine", function () {
  const lab = useLab();

  it("are refused and accepted as the checker says", async function () {
    // Starting the engine anew, and shrinking what disagrees, take their time besides.
    this.timeout(600_000);
    const seed = seedOf(commit() ?? String(Date.now()));
    const engine = lab();
    const result = await campaign({
      ...{ lab: engine, seed, cases, lanes, time },
      shrinks: true,
      log: (line) => {
        console.log(`        ${line.replaceAll("\n", "\n        ")}`);
      },
    });
    const again = (number: number) =>
      `npm run differential -- --engine ${engine.engine} --seed ${seed} --from ${number} --cases 1`;
    const wrong = result.disagreements.map(
      ({ number, text, smallest = text, outcome, reason }) =>
        `${reason}\n${smallest}\nengine: ${outcome.message || "accepted"}\nagain: ${again(number)}`,
    );
    for (const text of wrong) console.log(`        disagrees: ${text}`);
    const limit = tolerated(result.cases);
    assert.ok(wrong.length <= limit, `${wrong.length} cases disagree:\n${wrong.join("\n\n")}`);
    const { accepted = 0, refused = 0, either = 0 } = result.counts;
    assert.ok(accepted + refused + either > 0, `of ${result.cases} cases none had a verdict`);
  });
});

/** What is checked out, so that a run can be repeated; undefined where this is no working copy. */
function commit(): string | undefined {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], { cwd: import.meta.dirname })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
