import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { useVm } from "../../lab/vm/suite.mjs";
import { type Disagreement, describe as described } from "../differential/campaign";
import { seedOf } from "../differential/generator";
import { judge } from "../differential/judge";
import { composeUp } from "./composeUp";
import { generateVmCase } from "./generator";

/**
 * How many cases, and which: `MACVLAN_VM_CASES=200 MACVLAN_VM_SEED=7`. MACVLAN_VM_RECORD names a file that each verdict is
 * added to, a line of JSON in the form of those in test/fixtures/differential.
 */
const cases = Number(process.env["MACVLAN_VM_CASES"] ?? 10);
const seed = process.env["MACVLAN_VM_SEED"] ?? String(Date.now() % 1_000_000);
const record = process.env["MACVLAN_VM_RECORD"];
/** Milliseconds after which no other case is begun: a busy machine runs fewer. */
const time = record === undefined ? 60_000 : Infinity;

describe("generated compose files on a whole kernel", function () {
  const vm = useVm();

  it(`are taken and refused as the checker says (${cases} of seed ${seed})`, async function () {
    if (record !== undefined) this.timeout(3_600_000);
    const version = await vm().version();
    const wrong: string[] = [];
    const end = Date.now() + time;
    let number = 0;
    for (; number < cases && Date.now() < end; number++) {
      const text = generateVmCase(/^\d+$/.test(seed) ? Number(seed) : seedOf(seed), number);
      const outcome = await composeUp(vm(), text);
      if (record !== undefined) {
        appendFileSync(record, `${JSON.stringify([text, { [version]: outcome.message }])}\n`);
      }
      const judgement = judge(text, outcome, version, "whole");
      if (!judgement.agrees) {
        const { reason, findings } = judgement;
        const disagreement: Disagreement = { number, text, outcome, reason };
        wrong.push(described(disagreement, findings, version));
      }
      await vm().clear();
    }
    console.log(`      ${number} cases on Engine ${version}`);
    assert.ok(number > 0);
    // Chance finds what nobody has met yet: each is printed, and more than one in ten means that a rule broke.
    for (const text of wrong) console.log(`      disagrees: ${text}`);
    assert.ok(wrong.length <= Math.ceil(number / 10), wrong.join("\n"));
  });
});
