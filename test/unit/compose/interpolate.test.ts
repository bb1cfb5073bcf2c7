import assert from "node:assert/strict";
import { interpolate } from "../../../src/compose/interpolate";

const environment = new Map([
  ["SET", "10.0.0.7"],
  ["EMPTY", ""],
  ["INNER", "in"],
]);

function text(source: string): string {
  return interpolate(source, environment).text;
}

describe("interpolate", () => {
  it("substitutes every form that compose-go knows", () => {
    const cases: readonly [string, string][] = [
      ["plain", "plain"],
      ["$SET", "10.0.0.7"],
      ["${SET}", "10.0.0.7"],
      ["${SET}/24", "10.0.0.7/24"],
      ["${UNSET:-d}", "d"],
      ["${UNSET-d}", "d"],
      ["${EMPTY:-d}", "d"],
      ["${EMPTY-d}", ""],
      ["${SET:-d}", "10.0.0.7"],
      ["${SET:+alt}", "alt"],
      ["${EMPTY:+alt}", ""],
      ["${EMPTY+alt}", "alt"],
      ["${UNSET+alt}", ""],
      ["${A:-${B:-x}}", "x"],
      ["${A:-${INNER}y}z", "inyz"],
      ["$$SET", "$SET"],
      ["$", "$"],
      ["a$1", "a$1"],
      ["${SET:?needed}", "10.0.0.7"],
    ];
    for (const [source, expected] of cases) assert.equal(text(source), expected, source);
  });

  it("knows what it does not know", () => {
    assert.equal(interpolate("${UNSET}", environment).known, false);
    assert.equal(interpolate("$UNSET.1", environment).known, false);
    assert.equal(interpolate("${UNSET:?needed}", environment).known, false);
    assert.equal(interpolate("${UNSET:-${ALSO}}", environment).known, false);
    assert.equal(interpolate("${UNSET:-1}", environment).known, true);
    assert.equal(interpolate("$$", environment).known, true);
  });

  it("reports what compose-go refuses", () => {
    for (const source of ["${}", "${1}", "${VAR/foo/bar}", "${VAR"]) {
      assert.deepEqual(interpolate(source, environment).error, {
        kind: "format",
        template: source,
      });
    }
  });

  it("says where a default stands that is the whole value", () => {
    const source = "${IP:-10.0.0.5}";
    const { writable } = interpolate(source, environment);
    assert.ok(writable);
    assert.equal(source.slice(writable.from, writable.to), "10.0.0.5");
    const nested = "${A:-${B:-10.0.0.6}}";
    const inner = interpolate(nested, environment).writable;
    assert.ok(inner);
    assert.equal(nested.slice(inner.from, inner.to), "10.0.0.6");
    assert.equal(interpolate("${NET:-10.0.0}.5", environment).writable, undefined);
    assert.equal(interpolate("${SET:-10.0.0.5}", environment).writable, undefined);
  });
});
