/** Runs rules over a project. */
import type { ComposeProject } from "../compose/project";
import type { Facts } from "../model/facts";
import { createContext } from "./context";
import type { Finding, Rule, Severity } from "./rule";
import type { OtherClaims } from "./workspace/otherClaims";

export interface RunOptions {
  /** Wins over the version in the facts: `28.5`, `20.10.24`. */
  readonly engineVersion?: string | undefined;
  /** A severity or `off` by rule id. */
  readonly overrides?: Readonly<Record<string, Severity | "off">>;
  /** Claims of other projects, which no fix may choose. */
  readonly others?: OtherClaims | undefined;
}

/**
 * All findings of the rules over the project, by place. Each is as of the project's current text:
 * convert its places before the next edit.
 */
export function runRules(
  rules: readonly Rule[],
  project: ComposeProject,
  facts: Facts,
  options: RunOptions = {},
): Finding[] {
  const context = createContext(project, facts, options.engineVersion, options.others);
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const override = options.overrides?.[rule.id];
    if (override === "off") continue;
    rule.check(context, (report) => {
      const severity = override ?? report.severity ?? rule.severity;
      // A part that several entries take from one anchor is faulty once, not once for each.
      const { path, from, to } = report.place;
      const what = `${rule.id} ${path}:${from}-${to} ${report.message}`;
      if (seen.has(what)) return;
      seen.add(what);
      findings.push({ ...report, rule: rule.id, severity });
    });
  }
  return findings.sort((a, b) => comparePlaces(a, b));
}

function comparePlaces(a: Finding, b: Finding): number {
  if (a.place.path !== b.place.path) return a.place.path < b.place.path ? -1 : 1;
  return a.place.from - b.place.from || a.place.to - b.place.to || (a.rule < b.rule ? -1 : 1);
}
