import assert from "node:assert/strict";
import { applyEdits } from "../../../src/compose/edits";
import { ProjectLoader } from "../../../src/compose/projectLoader";
import { type FixRequest, applyFixes, preferredFix, safeFix } from "../../../src/rules/applyFixes";
import type { Finding, Fix, Rule } from "../../../src/rules/rule";

const path = "/p/compose.yaml";

/** A rule that has a finding for each service, with the fixes that `fixesOf` makes. */
function ruleWith(fixesOf: (name: string, from: number, to: number) => readonly Fix[]): Rule {
  return {
    id: "test",
    severity: "warning",
    summary: "Test.",
    hasFix: true,
    check({ project }, report) {
      for (const { key, keyPlace } of project.services) {
        const { from, to } = keyPlace;
        const fixes = fixesOf(key, from, to);
        if (fixes.length > 0) report({ place: keyPlace, message: key, fixes: () => fixes });
      }
    },
  };
}

const renamed = (from: number, to: number, newText: string, more: Partial<Fix> = {}): Fix => ({
  title: newText,
  preferred: true,
  safe: true,
  edits: [{ path, from, to, newText }],
  ...more,
});

function fix(rule: Rule, text: string, choose: FixRequest["choose"] = preferredFix) {
  const target = new ProjectLoader(
    { read: (file) => (file === path ? text : null) },
    { folder: "/p", environment: new Map() },
  );
  const { files, applied } = applyFixes({ target, rules: [rule], facts: {}, run: {}, choose });
  return { applied, ...(files.get(path) ?? { text, edits: [] }) };
}

const services = (...names: string[]) => `services:\n${names.map((n) => `  ${n}: {}\n`).join("")}`;

describe("applying fixes", () => {
  it("goes on until nothing changes and returns the edits of the first text", () => {
    const shorten = ruleWith((name, from, to) =>
      name.length > 1 ? [renamed(from, to, name.slice(1))] : [],
    );
    const text = services("aaaa", "b", "cc");
    const result = fix(shorten, text);
    assert.equal(result.text, services("a", "b", "c"));
    assert.equal(result.applied, 4);
    assert.equal(applyEdits(text, result.edits), result.text);
    assert.equal(result.edits.length, 2);
  });

  it("lets a second fix that writes the same value wait for the next round", () => {
    const seen: string[] = [];
    const free = ruleWith((name, from, to) => {
      seen.push(name);
      return name.startsWith("x")
        ? [renamed(from, to, seen.includes("free1") ? "free2" : "free1")]
        : [];
    });
    assert.equal(fix(free, services("x1", "x2")).text, services("free1", "free2"));
  });

  it("does not apply fixes that overlap in one round", () => {
    const swallow = ruleWith((name, from) =>
      name === "a" || name === "b" ? [renamed(from, from + 6, `${name.toUpperCase()}: {} `)] : [],
    );
    const result = fix(swallow, "services: {a: {}, b: {}}\n");
    assert.equal(result.applied, 2);
  });

  it("stops when fixes bring each other's finding back", () => {
    const flip = ruleWith((name, from, to) => [renamed(from, to, name === "a" ? "b" : "a")]);
    const { applied } = fix(flip, services("a"));
    assert.equal(applied, 100);
  });

  it("leaves out fixes of other files", () => {
    const elsewhere = ruleWith((_, from, to) => [
      renamed(from, to, "z", { edits: [{ path: "/other", from, to, newText: "z" }] }),
    ]);
    assert.deepEqual(fix(elsewhere, services("a")).edits, []);
  });

  it("writes new lines with the line ends of the file", () => {
    const lines = ruleWith((name, from, to) =>
      name === "a" ? [renamed(from, to, "b: {}\n  c")] : [],
    );
    const text = services("a").replaceAll("\n", "\r\n");
    assert.equal(fix(lines, text).text, services("b", "c").replaceAll("\n", "\r\n"));
  });

  it("takes the preferred fix, or only safe ones, as asked", () => {
    const fixes = [
      renamed(0, 1, "unsafe", { preferred: true, safe: false }),
      renamed(0, 1, "safe", { preferred: false, safe: true }),
    ];
    const finding = { fixes: () => fixes } as unknown as Finding;
    assert.equal(preferredFix(finding)?.title, "unsafe");
    assert.equal(safeFix(finding)?.title, "safe");
    assert.equal(safeFix({ fixes: () => [fixes[0]] } as unknown as Finding), undefined);
  });
});
