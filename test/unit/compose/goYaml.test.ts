import assert from "node:assert/strict";
import { ourAnswer, readVerdicts } from "../../yaml/verdicts";

describe("reading YAML as go-yaml does, the library of Docker Compose", () => {
  const verdicts = readVerdicts();

  it("has enough of both verdicts", () => {
    assert.ok(verdicts.filter(({ refused }) => refused === undefined).length > 250);
    assert.ok(verdicts.filter(({ refused }) => refused !== undefined).length > 250);
  });

  // Asked of Compose 2.40.3 and of go-yaml 4.0.0-rc6.
  it("ends the name of an anchor or alias before the colon of a key", () => {
    for (const text of ["a: &b:\n", "k: *n:", "&: b\n   k: v\n"]) {
      assert.notEqual(ourAnswer(text).refused, undefined, text);
    }
    assert.equal(ourAnswer("&n a: b\n*n: c\n").refused, undefined);
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
