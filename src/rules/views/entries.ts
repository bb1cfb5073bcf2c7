/** Findings with where they come from: what it takes to keep them from run to run, and in order. */
import type { Place } from "../../compose/place";
import type { Finding } from "../rule";

/** What the findings of one view are kept by. */
export interface Unit {
  /** Units of different kinds that report at one place come in this order. */
  readonly kind: number;
  /** Where the view stands in the file, where it does. */
  readonly place: Place | undefined;
  gone: boolean;
}

export interface Entry {
  readonly finding: Finding;
  readonly unit: Unit;
  /** Among the unit's own. */
  readonly index: number;
  readonly needsWholeProject: boolean;
}

/** By place, then by rule, then as they were reported. */
export function compareEntries(a: Entry, b: Entry): number {
  const [one, two] = [a.finding, b.finding];
  return (
    comparePlaces(one.place, two.place) ||
    compare(one.rule, two.rule) ||
    a.unit.kind - b.unit.kind ||
    (a.unit.place && b.unit.place ? comparePlaces(a.unit.place, b.unit.place) : 0) ||
    a.index - b.index
  );
}

function comparePlaces(a: Place, b: Place): number {
  return compare(a.path, b.path) || a.from - b.from || a.to - b.to;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * The findings of sorted entries, each once: a part that several services or networks take from one
 * anchor is faulty once, not once for each.
 */
export function findingsOf(entries: readonly Entry[], partial: boolean): Finding[] {
  const findings: Finding[] = [];
  let last: Finding | undefined;
  let messages: Set<string> | undefined;
  for (const { finding, needsWholeProject } of entries) {
    if (partial && needsWholeProject) continue;
    if (last?.rule === finding.rule && comparePlaces(last.place, finding.place) === 0) {
      messages ??= new Set([last.message]);
      if (messages.has(finding.message)) continue;
      messages.add(finding.message);
    } else messages = undefined;
    findings.push(finding);
    last = finding;
  }
  return findings;
}
