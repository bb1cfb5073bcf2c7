import assert from "node:assert/strict";
import { ourAnswer, readVerdicts } from "../../yaml/verdicts";

describe("reading YAML as go-yaml does, the library of Docker Compose", () => {
  const verdicts = readVerdicts();

  it("has enough of both verdicts", () => {
    assert.ok(verdicts.filter(({ refused }) => refused === undefined).length > 250);
    assert.ok(verdicts.filter(({ refused }) => refused !== undefined).length > 250);
  });

  it("refuses what it refuses and nothing else, and finds the same content and places", () => {
    for (const { text, refused, documents } of verdicts) {
      const ours = ourAnswer(text);
      if (refused === undefined) {
        assert.deepEqual(ours, { documents }, JSON.stringify(text));
      } else {
        assert.notEqual(ours.refused, undefined, `${refused}\n${JSON.stringify(text)}`);
      }
    }
  });
});
