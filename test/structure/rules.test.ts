import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../src/rules/index";
import type { Finding, Rule } from "../../src/rules/rule";
import {
  type Fixture,
  engineVersions,
  findingsOf,
  fixtureFolder,
  projectOf,
  readFixtures,
} from "../unit/rules/fixture";
import { indexFile, indexPage, rulesFolder } from "./rulesIndex";

const sourceFolder = join(import.meta.dirname, "../../src/rules");
/** Files of src/rules that hold no rule. */
const machinery = ["applyFixes", "context", "free", "index", "message", "pools", "rule", "run"];
const sections = ["Trigger", "Bad", "Good", "Why", "Fix", "Engine versions"];

const sourceIds = readdirSync(sourceFolder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => !machinery.includes(name));
const fixtures = readFixtures();
const fixturesOf = (id: string) => fixtures.filter(({ name }) => name.split(".")[0] === id);

describe("rules", () => {
  it("are registered once each, and nothing else is", () => {
    const ids = rules.map((rule) => rule.id);
    assert.deepEqual([...ids].sort(), [...sourceIds].sort());
  });

  it("have all their fixtures and pages, and no fixture or page is without a rule", () => {
    const known = new Set(rules.map((rule) => rule.id));
    const pages = readdirSync(rulesFolder).filter((file) => file !== "README.md");
    const files = readdirSync(fixtureFolder);
    const strays = [...pages, ...files].filter((file) => !known.has(file.split(".")[0] ?? ""));
    assert.deepEqual(strays, []);
    const lonely = files.filter(
      (file) =>
        file.endsWith(".facts.json") && !files.includes(file.replace(".facts.json", ".yaml")),
    );
    assert.deepEqual(lonely, [], "facts without a compose file");
  });

  it("are all in the index, in their order (npm run rules:index)", () => {
    const page = readFileSync(indexFile, "utf8").replaceAll("\r\n", "\n");
    assert.equal(page, indexPage(rules));
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      it("is exported under its own name", async () => {
        const name = rule.id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
        const module = (await import(join(sourceFolder, `${rule.id}.ts`))) as Record<string, Rule>;
        assert.equal(module[name], rule);
        assert.match(rule.summary, /^[A-Z].*\.$/, "the summary is a sentence");
      });

      it("has a page with all sections", () => {
        const page = readPage(rule.id);
        assert.equal(page.title, rule.id);
        assert.equal(page.summary, rule.summary);
        assert.deepEqual([...page.sections.keys()], sections);
        for (const [section, text] of page.sections) assert.notEqual(text, "", section);
        assert.match(page.text, new RegExp(`\\b${rule.severity}\\b`), "severity is named");
      });

      it("has a page whose examples are right", () => {
        const { sections: text } = readPage(rule.id);
        const bad = yamlBlocks(text.get("Bad"));
        const good = yamlBlocks(text.get("Good"));
        assert.ok(bad.length > 0 && good.length > 0, "no yaml block");
        const facts = [{}, ...fixturesOf(rule.id).map((fixture) => fixture.facts)];
        const raises = (block: string) =>
          facts.some((known) => findingsOnAll(block, known).some((f) => f.rule === rule.id));
        for (const block of bad) assert.ok(raises(block), `raises nothing:\n${block}`);
        for (const block of good) assert.ok(!raises(block), `raises it:\n${block}`);
      });

      it("is raised by a fixture, with its usual severity, and fixed as it says", () => {
        assert.ok(existsSync(join(fixtureFolder, `${rule.id}.yaml`)), "no fixture of its name");
        const findings = fixturesOf(rule.id).flatMap(findingsOfFixture(rule.id));
        const severities = new Set(findings.map((finding) => finding.severity));
        assert.ok(severities.has(rule.severity), `only ${[...severities].join(", ") || "nothing"}`);
        const fixed = findings.some((finding) => (finding.fixes?.() ?? []).length > 0);
        assert.equal(fixed, rule.hasFix, "hasFix");
      });
    });
  }
});

function findingsOfFixture(id: string): (fixture: Fixture) => Finding[] {
  return ({ text, facts }) => findingsOnAll(text, facts).filter((finding) => finding.rule === id);
}

function findingsOnAll(text: string, facts: Fixture["facts"]): Finding[] {
  const project = projectOf(text);
  return engineVersions.flatMap((version) => findingsOf(project, facts, version));
}

interface Page {
  readonly text: string;
  readonly title: string;
  /** The paragraph below the title. */
  readonly summary: string;
  readonly sections: ReadonlyMap<string, string>;
}

function readPage(id: string): Page {
  const text = readFileSync(join(rulesFolder, `${id}.md`), "utf8").replaceAll("\r\n", "\n");
  const [head = "", ...rest] = text.split(/^## /m);
  const [title = "", ...paragraphs] = head.trim().split(/\n\n+/);
  return {
    text,
    title: title.replace(/^# /, ""),
    summary: (paragraphs[0] ?? "").replaceAll("\n", " "),
    sections: new Map(
      rest.map((section) => {
        const lineEnd = section.indexOf("\n");
        return [section.slice(0, lineEnd).trim(), section.slice(lineEnd).trim()];
      }),
    ),
  };
}

function yamlBlocks(section = ""): string[] {
  return [...section.matchAll(/```ya?ml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
}
