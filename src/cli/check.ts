/** `macvlan-check check`. */
import { resolve } from "node:path";
import { engineInForce } from "../model/engineInForce";
import type { Facts } from "../model/facts";
import { readFactsFile } from "../model/factsFile";
import type { Finding } from "../rules/rule";
import { type CheckCommand, severities } from "./arguments";
import { CheckedProjects } from "./checkedProjects";
import { CliError } from "./cliError";
import { TextFiles } from "./files";
import { fixAll } from "./fix";
import { commonFolder, commonRequest, openProjects } from "./projects";
import { shownPath } from "./whereabouts";

export interface CheckResult {
  /** The version that was checked against. */
  readonly engine: string;
  /** What is to be shown, as of the texts after fixing: project by project, each by place. */
  readonly findings: readonly Finding[];
  /** Every file that was read, by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Fixes applied. */
  readonly fixed: number;
  /** Whether there is an error, shown or not. */
  readonly errors: boolean;
}

/** Reads, checks and, if asked, fixes. Throws a `CliError` before anything is written. */
export function check(command: CheckCommand): CheckResult {
  const files = new TextFiles();
  const facts = command.facts === undefined ? {} : readFacts(command.facts, files);
  const engine = engineInForce({ asked: command.engine, connected: facts.engine?.version });
  const loaders = openProjects(command.paths, commonRequest(command, files), files);
  const projects = new CheckedProjects(loaders, {
    facts,
    engine,
    root: commonFolder(command.paths),
    isolate: command.isolate,
    overrides: command.overrides,
  });
  const fixed = command.fix ? fixAll(projects, files) : 0;
  const all = unique(projects.ids.flatMap((id) => projects.findings(id)));
  const lowest = severities.indexOf(command.severity);
  return {
    engine: engine.version,
    findings: all.filter(({ severity }) => severities.indexOf(severity) <= lowest),
    texts: projects.texts(),
    fixed,
    errors: all.some(({ severity }) => severity === "error"),
  };
}

/** What two projects find in a file that both include is said once. */
function unique(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>();
  return findings.filter(({ rule, message, place: { path, from, to } }) => {
    const what = [rule, path, from, to, message].join("\n");
    return said.size !== said.add(what).size;
  });
}

function readFacts(path: string, files: TextFiles): Facts {
  const { facts, problems } = readFactsFile(files.need(resolve(path)));
  if (problems.length === 0) return facts;
  throw new CliError(
    `${shownPath(resolve(path))} is not a facts file:\n  ${problems.join("\n  ")}\n` +
      'The command "Macvlan: Export Facts" writes one.',
  );
}
