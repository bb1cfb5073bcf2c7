import assert from "node:assert/strict";
import type { Finding, Fix } from "../../../src/rules/rule";
import { brokenPromises, fixedText } from "./fixEffect";
import {
  differences,
  engineVersions,
  findingsOf,
  fixturePath,
  markHolds,
  projectOf,
  readFixtures,
  readMarks,
} from "./fixture";

describe("fixtures of rules", function () {
  // One test analyses its file hundreds of times.
  this.timeout(60_000);
  for (const fixture of readFixtures()) {
    describe(fixture.name, () => {
      it("raises what it marks and nothing else, on every engine", () => {
        const project = projectOf(fixture.text);
        const wrong = new Complaints();
        for (const version of engineVersions) {
          const marks = fixture.marks.filter((mark) => markHolds(mark, version));
          const findings = findingsOf(project, fixture.facts, version);
          wrong.add(version, differences(fixture.text, marks, findings));
        }
        wrong.assertNone();
      });

      it("has fixes that end their finding and add no warning or error", () => {
        const tried = new Map<string, ReturnType<typeof projectOf>>();
        const wrong = new Complaints();
        for (const version of engineVersions) {
          const before = findingsOf(projectOf(fixture.text), fixture.facts, version);
          for (const [finding, fix] of fixesOf(before)) {
            const text = fixedText(fixture.text, fixturePath, fix.edits);
            const project = tried.get(text) ?? projectOf(text);
            tried.set(text, project);
            const after = findingsOf(project, fixture.facts, version);
            const { edits, title } = fix;
            const broken = brokenPromises(fixture.text, fixturePath, edits, finding, before, after);
            wrong.add(
              version,
              broken.map((promise) => `fix "${title}": ${promise}`),
            );
          }
        }
        wrong.assertNone();
      });

      it("raises the same with Windows line ends", () => {
        const text = fixture.text.replaceAll("\n", "\r\n");
        const version = "29.7";
        const marks = readMarks(text).filter((mark) => markHolds(mark, version));
        const wrong = new Complaints();
        const findings = findingsOf(projectOf(text), fixture.facts, version);
        wrong.add(version, differences(text, marks, findings));
        wrong.assertNone();
      });
    });
  }
});

/** Complaints with the engines that they hold for, so that one cause reads as one line. */
class Complaints {
  private readonly versions = new Map<string, Set<string>>();

  add(version: string, complaints: readonly string[]): void {
    for (const complaint of complaints) {
      const versions = this.versions.get(complaint) ?? new Set();
      this.versions.set(complaint, versions.add(version));
    }
  }

  assertNone(): void {
    if (this.versions.size === 0) return;
    const all = engineVersions.length;
    const lines = [...this.versions].map(
      ([complaint, versions]) =>
        `${versions.size === all ? "all engines" : [...versions].join(" ")}: ${complaint}`,
    );
    assert.fail(`\n${lines.join("\n")}`);
  }
}

/** Each fix with its finding. All promise to end it; more than one preferred fix is a mistake. */
function fixesOf(findings: readonly Finding[]): [Finding, Fix][] {
  return findings.flatMap((finding) => {
    const fixes = finding.fixes?.() ?? [];
    const preferred = fixes.filter((fix) => fix.preferred);
    assert.ok(preferred.length <= 1, `${finding.rule} has ${preferred.length} preferred fixes`);
    return fixes.map((fix): [Finding, Fix] => [finding, fix]);
  });
}
