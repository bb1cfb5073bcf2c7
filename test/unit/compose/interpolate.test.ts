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

  it("names each variable that is not set once, where it stands first, however many stand in a default", () => {
    const source = `x\${A:-${"$B$C".repeat(200_000)}}`;
    const { unset, known } = interpolate(source, environment);
    assert.equal(known, false);
    assert.deepEqual(unset, [
      { name: "B", from: 7, to: 8 },
      { name: "C", from: 9, to: 10 },
    ]);
  });

  it("finds the brace of each default in others, and the last of the line where they do not come out", () => {
    assert.equal(text("${A:-a${B:-b${C:-c}d}e}f"), "abcdef");
    assert.equal(text("${A:-${B:-b}"), "${B:-b");
    assert.equal(text("${A:-{x}${B:-y}}z"), "{x}yz");
  });

  it("gives up on a text that variables make too long", () => {
    const long = new Map([["LONG", "x".repeat(600_000)]]);
    assert.equal(interpolate("$LONG", long).text.length, 600_000);
    assert.deepEqual(
      { ...interpolate("$LONG$LONG", long) },
      { text: "", known: false, writable: undefined, error: undefined, cut: true },
    );
  });
});
