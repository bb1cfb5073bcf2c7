import assert from "node:assert/strict";
import type { PlainFinding, ProjectResult } from "../../../src/background/protocol";
import { FoundBetween, moved } from "../../../src/editor/workspace/foundBetween";
import { parsePrefix } from "../../../src/model/cidr";

const range = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
const place = (path: string, from: number, to: number) => ({ path, from, to, range });

function finding(path: string, related = "other"): PlainFinding {
  return {
    rule: "duplicate-address",
    severity: "warning",
    message: "taken",
    place: place(path, 10, 15),
    related: [{ place: place(related, 3, 4), message: "here" }],
    unnecessary: false,
    yields: true,
  };
}

function result(id: string, rest: Partial<ProjectResult> = {}): ProjectResult {
  const claims = { parts: [], subnets: [parsePrefix(`10.${id.length}.0.0/16`)!], macs: [] };
  return { id, versions: {}, files: [id], own: [], between: [finding(id)], claims, ...rest };
}

const none = () => undefined;

describe("places of findings while a document is edited", () => {
  const at = place("a", 10, 15);
  const cases: readonly [string, from: number, to: number, text: string, number | undefined][] = [
    ["move with what is written before them", 0, 0, "abc", 13],
    ["move with what is deleted before them", 2, 6, "", 6],
    ["move with what is written right before them", 10, 10, "x", 11],
    ["stay when something is written right behind them", 15, 15, "x", 10],
    ["stay when something is written behind them", 20, 21, "", 10],
    ["are gone when they are edited", 12, 13, "x", undefined],
    ["are gone when they are part of what is edited", 5, 30, "x", undefined],
  ];
  for (const [what, from, to, newText, expected] of cases) {
    it(what, () => {
      assert.equal(moved(at, [{ from, to, newText }])?.from, expected);
    });
  }

  it("move by all edits of one change", () => {
    const edits = [
      { from: 0, to: 1, newText: "" },
      { from: 9, to: 9, newText: "xyz" },
      { from: 15, to: 15, newText: "end" },
    ];
    assert.deepEqual(moved(at, edits), place("a", 12, 17));
  });
});

describe("what was found between projects", () => {
  it("follows edits, also where other files point to the document", () => {
    const found = new FoundBetween();
    found.take([result("a"), result("b", { between: [finding("b", "a")] })], none);
    found.edit("a", [{ from: 0, to: 0, newText: "12" }]);
    assert.equal(found.between("a")[0]?.place.from, 12);
    assert.equal(found.between("b")[0]?.place.from, 10);
    assert.equal(found.between("b")[0]?.related[0]?.place.from, 5);
    found.edit("a", [{ from: 13, to: 14, newText: "" }]);
    assert.deepEqual(found.between("a"), []);
  });

  it("does not take the places of an older text, but what is claimed", () => {
    const found = new FoundBetween();
    found.take([result("a", { versions: { a: 1 } })], () => 1);
    const late = result("a", { versions: { a: 1 }, between: [], claims: undefined });
    assert.deepEqual([...found.take([late], () => 2)], []);
    assert.equal(found.between("a").length, 1);
    assert.deepEqual(found.othersOf("z").subnets(), []);
    assert.deepEqual([...found.take([{ ...late, versions: { a: 2 } }], () => 2)], ["a", "other"]);
    assert.deepEqual(found.between("a"), []);
  });

  it("says a thing once, whichever projects have the file", () => {
    const found = new FoundBetween();
    found.take([result("a"), result("b", { between: [finding("a")] })], none);
    assert.equal(found.between("a").length, 1);
    assert.deepEqual(found.summary(), {
      projects: 2,
      findings: { error: 0, warning: 2, information: 0, hint: 0 },
    });
    assert.deepEqual([...found.forget("b")], ["a", "other"]);
    assert.equal(found.between("a").length, 1);
    found.forget("a");
    assert.deepEqual(found.between("a"), []);
  });

  it("tells a file what projects claim that do not read it", () => {
    const found = new FoundBetween();
    found.take([result("a"), result("bb", { files: ["bb", "shared"] })], none);
    assert.equal(found.othersOf("a").subnets().length, 1);
    assert.equal(found.othersOf("shared").subnets().length, 1);
    assert.equal(found.othersOf("c").subnets().length, 2);
    const before = found.othersOf("a");
    assert.equal(found.othersOf("a"), before);
    found.take([result("bb")], none);
    assert.notEqual(found.othersOf("a"), before);
  });
});
