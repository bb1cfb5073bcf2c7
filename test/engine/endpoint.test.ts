import assert from "node:assert/strict";
import { askForReal, whyNot } from "../endpoints/ask";
import { cases } from "../endpoints/cases";
import { comparable, readRecorded } from "../endpoints/recorded";
import { skip } from "../lab/skip.mjs";

describe("the way to the engine that an environment names", function () {
  this.timeout(600_000);

  it("is the one that the real docker command takes", async function () {
    const reason = whyNot();
    if (reason !== undefined) skip(this, reason);
    const asked = await askForReal(10);
    const { answers } = readRecorded();
    let compared = 0;
    for (const one of cases) {
      const { docker, ours } = asked[one.name] ?? {};
      const recorded = answers[one.name];
      assert.ok(ours && recorded, one.name);
      if (docker) {
        assert.deepEqual(comparable(docker), comparable(recorded), `recorded: ${one.name}`);
        compared++;
      }
      assert.deepEqual(comparable(ours), comparable(one.ours ?? recorded), one.name);
    }
    assert.ok(compared >= cases.length / 10);
  });
});
