/**
 * Fixtures of rules: compose files that say which findings they raise.
 *
 * A line that raises findings ends with `# expect: <mark>[, <mark>]`, a mark being
 * `<rule>[:<severity>][@<25][@>=23]`: without a severity any one will do, without a bound it holds
 * for each engine of `engineVersions`. `<fixture>.facts.json` beside the file holds its facts.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ComposeProject } from "../../../src/compose/project";
import { ProjectLoader } from "../../../src/compose/projectLoader";
import type { Facts } from "../../../src/model/facts";
import { rules } from "../../../src/rules/index";
import type { Finding, Severity } from "../../../src/rules/rule";
import { runRules } from "../../../src/rules/run";

export const fixtureFolder = join(import.meta.dirname, "../../fixtures/rules");

/** Engines that each fixture is tried on: every profile, and the ends of the long-lived ones. */
export const engineVersions = [
  "20.10",
  "23.0",
  "24.0",
  "25.0",
  "26.1",
  "27.5",
  "28.5",
  "29.0",
  "29.7",
] as const;

/** What every fixture is called when it is read: its project is named `fixture`. */
export const fixturePath = "/fixture/compose.yaml";

export interface Mark {
  /** Counts from 1. */
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity | undefined;
  readonly bounds: readonly { readonly operator: string; readonly version: string }[];
}

export interface Fixture {
  /** File name without `.yaml`: `<rule>[.<variant>]`. */
  readonly name: string;
  readonly text: string;
  readonly facts: Facts;
  readonly marks: readonly Mark[];
}

export function readFixtures(): Fixture[] {
  return readdirSync(fixtureFolder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => readFixture(file.slice(0, -".yaml".length)));
}

function readFixture(name: string): Fixture {
  const text = readFileSync(join(fixtureFolder, `${name}.yaml`), "utf8");
  const factsFile = join(fixtureFolder, `${name}.facts.json`);
  const facts = existsSync(factsFile) ? (JSON.parse(readFileSync(factsFile, "utf8")) as Facts) : {};
  return { name, text, facts, marks: readMarks(text) };
}

/** The marks of a text; throws on one that is not understood, so that no typing mistake passes as good. */
export function readMarks(text: string): Mark[] {
  return text.split(/\r?\n/).flatMap((lineText, index) => {
    const list = /#\s*expect\b:?(.*)$/.exec(lineText)?.[1];
    if (list === undefined) return [];
    return list.split(",").map((item) => readMark(item.trim(), index + 1));
  });
}

function readMark(text: string, line: number): Mark {
  const match =
    /^([a-z0-9-]+)(?::(error|warning|information|hint))?((?:@(?:<|>=)\d+(?:\.\d+)?)*)$/.exec(text);
  if (!match?.[1]) throw new Error(`line ${line}: mark not understood: "${text}"`);
  const bounds = [...(match[3] ?? "").matchAll(/@(<|>=)([\d.]+)/g)].map(
    ([, operator = "", version = ""]) => ({ operator, version }),
  );
  return { line, rule: match[1], severity: match[2] as Severity | undefined, bounds };
}

export function markHolds(mark: Mark, engineVersion: string): boolean {
  return mark.bounds.every(({ operator, version }) => {
    const older = numberOf(engineVersion) < numberOf(version);
    return operator === "<" ? older : !older;
  });
}

/** `20.10` as 20010, `25` as 25000. */
function numberOf(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 1000 + minor;
}

/** The fixture beside which there is no file of variables, and no other file is known. */
export function projectOf(text: string): ComposeProject {
  const read = (path: string) => {
    if (path === fixturePath) return text;
    return path.endsWith(".env") ? null : undefined;
  };
  return new ProjectLoader({ read }, { folder: "/fixture", environment: new Map() }).project();
}

export function findingsOf(
  project: ComposeProject,
  facts: Facts,
  engineVersion: string,
): Finding[] {
  return runRules(rules, project, facts, { engineVersion });
}

/** The line, counting from 1, of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** What is marked and not found, and found and not marked, as sentences; none when all is as marked. */
export function differences(
  text: string,
  marks: readonly Mark[],
  findings: readonly Finding[],
): string[] {
  const open = [...marks];
  const unmarked: string[] = [];
  for (const finding of findings) {
    const line = lineAt(text, finding.place.from);
    const index = open.findIndex(
      (mark) =>
        mark.line === line &&
        mark.rule === finding.rule &&
        (mark.severity === undefined || mark.severity === finding.severity),
    );
    if (index >= 0) open.splice(index, 1);
    else
      unmarked.push(
        `line ${line}: unmarked ${finding.rule}:${finding.severity}: ${finding.message}`,
      );
  }
  return [
    ...unmarked,
    ...open.map(({ line, rule, severity }) => `line ${line}: missing ${rule}:${severity ?? "any"}`),
  ];
}
