import assert from "node:assert/strict";
import type { Finding } from "../../../src/rules/rule";
import { brokenPromises, fixedText } from "./fixEffect";
import { differences, markHolds, readMarks } from "./fixture";

const path = "f.yaml";
const text = "a: 1\nb: 2 # expect: rule-b:warning\n";

function finding(rule: string, from: number, severity: Finding["severity"] = "warning"): Finding {
  return { rule, severity, message: "m", place: { path, from, to: from + 1 } };
}

describe("the fixture harness", () => {
  it("is content when findings are as marked", () => {
    assert.deepEqual(differences(text, readMarks(text), [finding("rule-b", 8)]), []);
  });

  it("reports what is not marked, not found, of another severity, or found twice", () => {
    const marks = readMarks(text);
    const b = finding("rule-b", 8);
    assert.equal(differences(text, marks, []).length, 1);
    assert.equal(differences(text, marks, [b, finding("rule-a", 3)]).length, 1);
    assert.equal(differences(text, marks, [b, b]).length, 1);
    assert.equal(differences(text, marks, [finding("rule-b", 8, "error")]).length, 2);
    assert.equal(differences(text, marks, [finding("rule-b", 3)]).length, 2);
  });

  it("reads bounds, and refuses a mark that it does not understand", () => {
    const [mark] = readMarks("x: 1 # expect: rule-a@>=20.10@<25");
    assert.ok(mark);
    assert.deepEqual(
      ["20.10", "24.0", "25.0", "29.7"].map((version) => markHolds(mark, version)),
      [true, true, false, false],
    );
    const [newer] = readMarks("x: 1 # expect: rule-a@>=29.1");
    assert.ok(newer);
    assert.deepEqual([markHolds(newer, "29.0"), markHolds(newer, "29.7")], [false, true]);
    for (const bad of ["rule-a:fatal", "rule-a@25", "", "rule a", "rule-a, "]) {
      assert.throws(() => readMarks(`x: 1 # expect: ${bad}`), /mark not understood/);
    }
  });

  it("sees that a fix does not end its finding, or brings another", () => {
    const target = finding("rule-b", 8);
    const other = finding("rule-a", 3);
    const edits = [{ path, from: 0, to: 0, newText: "# new\n" }];
    assert.equal(fixedText(text, path, edits), `# new\n${text}`);
    const broken = (after: Finding[]) =>
      brokenPromises(text, path, edits, target, [other, target], after).length;
    assert.equal(broken([finding("rule-a", 9)]), 0, "what was there may stay, moved or not");
    assert.equal(broken([finding("rule-a", 9), finding("rule-b", 14)]), 1, "still there");
    assert.equal(broken([finding("rule-a", 14)]), 1, "new elsewhere");
    assert.equal(broken([finding("rule-c", 14, "information")]), 0, "information may be new");
    assert.equal(broken([finding("rule-c", 14, "error")]), 1);
  });

  it("refuses edits that cannot be made", () => {
    const edit = (from: number, to: number, file = path) => ({ path: file, from, to, newText: "" });
    assert.throws(() => fixedText(text, path, []));
    assert.throws(() => fixedText(text, path, [edit(0, 1, "other.yaml")]));
    assert.throws(() => fixedText(text, path, [edit(0, 3), edit(2, 4)]));
    assert.throws(() => fixedText(text, path, [edit(0, text.length + 1)]));
  });
});
