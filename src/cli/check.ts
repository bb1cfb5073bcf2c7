/** `macvlan-check check`. */
import { ComposeDocument } from "../compose/document";
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
import { composeOptions } from "./projects";

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
  const files = findComposeFiles(command.paths).map(readTextFile);
  const checked = files.map((file) => checkFile(file, command, facts, engine));
  const errors = checked.some(({ findings }) => findings.some((f) => f.severity === "error"));
  return { engine, files: checked, errors };
}

function checkFile(
  file: TextFile,
  command: CheckCommand,
  facts: Facts,
  engine: string,
): CheckedFile {
  const compose = composeOptions(file, command);
  const run = { engineVersion: engine };
  const { path } = file;
  let { text } = file;
  let fixed = 0;
  if (command.fix) {
    const result = applyFixes({ path, text, compose, rules, facts, run, choose: preferredFix });
    fixed = result.applied;
    if (result.text !== text) writeTextFile(file, result.text);
    text = result.text;
  }
  const project = new ComposeDocument(path, text, compose).project();
  const lowest = severities.indexOf(command.severity);
  const findings = runRules(rules, project, facts, run).filter(
    ({ severity }) => severities.indexOf(severity) <= lowest,
  );
  return { file: { ...file, text }, findings, fixed };
}

function readFacts(path: string): Facts {
  const { facts, problems } = readFactsFile(readTextFile(path).text);
  if (problems.length === 0) return facts;
  throw new CliError(
    `${path} is not a facts file:\n  ${problems.join("\n  ")}\n` +
      'The command "Macvlan: Export Facts" writes one.',
  );
}
