import assert from "node:assert/strict";
import { cases } from "../../endpoints/cases";
import { predicted } from "../../endpoints/predicted";
import { comparable, readRecorded } from "../../endpoints/recorded";

describe("the engine of an environment is the docker command's", () => {
  const { answers } = readRecorded();

  it("which was asked about each of them (npm run endpoints)", () => {
    assert.deepEqual(Object.keys(answers).sort(), cases.map(({ name }) => name).sort());
  });

  for (const one of cases) {
    it(`with ${one.name}`, async () => {
      const expected = one.ours ?? answers[one.name];
      assert.ok(expected);
      assert.deepEqual(comparable(await predicted(one)), comparable(expected));
    });
  }
});
