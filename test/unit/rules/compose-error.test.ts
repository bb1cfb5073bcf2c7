import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import { rules } from "../../../src/rules/index";
import { runRules } from "../../../src/rules/run";

describe("compose-error", () => {
  it("lists a thousand problems, and counts the others", () => {
    const keys = Array.from({ length: 1500 }, (_, i) => `    k${i}: x\n`).join("");
    const text = `services:\n  a:\n    image: x\n${keys}`;
    const project = new ComposeDocument("/srv/compose.yaml", text).project();
    const findings = runRules(rules, project, {}).filter(({ rule }) => rule === "compose-error");
    assert.equal(findings.length, 1001);
    const last = findings.find(({ message }) => message.includes("500 more places"));
    assert.ok(last);
    assert.equal(text.slice(last.place.from, last.place.to), "k1000");
  });
});
