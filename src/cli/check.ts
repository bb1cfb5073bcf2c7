/** `macvlan-check check`. */
import { newestVersion } from "../model/engineProfile";
import type { Facts } from "../model/facts";
import { readFactsFile } from "../model/factsFile";
import { applyFixes, preferredFix } from "../rules/applyFixes";
import { rules } from "../rules/index";
import type { Finding } from "../rules/rule";
import { runRules } from "../rules/run";
import { type CheckCommand, severities } from "./arguments";
import { CliError } from "./cliError";
import { type TextFile, findComposeFiles, readTextFile, writeTextFile } from "./files";
import { CliProject } from "./projects";

/** One file with the findings that are to be shown, as of its text after fixing. */
export interface CheckedFile {
  readonly file: TextFile;
  readonly findings: readonly Finding[];
  /** Fixes applied to the file. */
  readonly fixed: number;
}

export interface CheckResult {
  /** The version that was checked against. */
  readonly engine: string;
  readonly files: readonly CheckedFile[];
  readonly errors: boolean;
}

/** Reads, checks and, if asked, fixes. Throws a `CliError` before anything is written. */
export function check(command: CheckCommand): CheckResult {
  const facts = command.facts === undefined ? {} : readFacts(command.facts);
  const engine = command.engine ?? facts.engine?.version ?? newestVersion;
  const projects = findComposeFiles(command.paths).map((path) => new CliProject(path, command));
  const checked = new Map<string, CheckedFile>();
  for (const project of projects) {
    // A project that another path named too: as an override, or by one of its other files.
    if (projects.some((other) => other !== project && other.covers(project))) continue;
    for (const file of checkProject(project, command, facts, engine)) {
      const before = checked.get(file.file.path);
      checked.set(file.file.path, before ? together(before, file) : file);
    }
  }
  const files = [...checked.values()];
  const errors = files.some(({ findings }) => findings.some((f) => f.severity === "error"));
  return { engine, files, errors };
}

function checkProject(
  project: CliProject,
  command: CheckCommand,
  facts: Facts,
  engine: string,
): CheckedFile[] {
  const run = { engineVersion: engine };
  const { loader } = project;
  const fixed = new Map<string, number>();
  if (command.fix) {
    const choose = preferredFix;
    const { files, applied } = applyFixes({ target: loader, rules, facts, run, choose });
    for (const [path, { text }] of files) writeTextFile(project.file(path), text);
    fixed.set(project.main, applied);
  }
  const result = loader.project();
  const lowest = severities.indexOf(command.severity);
  const findings = runRules(rules, result, facts, run).filter(
    ({ severity }) => severities.indexOf(severity) <= lowest,
  );
  const paths = new Set([...result.paths, ...findings.map(({ place }) => place.path)]);
  return [...paths].map((path) => ({
    file: { ...project.file(path), text: result.textOf(path) ?? "" },
    findings: findings.filter(({ place }) => place.path === path),
    fixed: fixed.get(path) ?? 0,
  }));
}

/** A file that takes part in two projects: what both find is said once. */
function together(a: CheckedFile, b: CheckedFile): CheckedFile {
  const said = new Set(a.findings.map(nameOf));
  const more = b.findings.filter((finding) => !said.has(nameOf(finding)));
  return { ...b, findings: [...a.findings, ...more], fixed: a.fixed + b.fixed };
}

function nameOf({ rule, place, message }: Finding): string {
  return `${rule} ${place.from} ${place.to} ${message}`;
}

function readFacts(path: string): Facts {
  const { facts, problems } = readFactsFile(readTextFile(path).text);
  if (problems.length === 0) return facts;
  throw new CliError(
    `${path} is not a facts file:\n  ${problems.join("\n  ")}\n` +
      'The command "Macvlan: Export Facts" writes one.',
  );
}
