/** The findings of all views, kept in order from run to run without looking at each of them each time. */
import type { Place } from "../../compose/place";
import type { Finding } from "../rule";

export interface Entry {
  readonly finding: Finding;
  /** Of equal places and rules, kinds of views come in this order, */
  readonly kind: number;
  /** then views as they stand in the file, */
  readonly origin: Place | undefined;
  /** then findings as they were reported. */
  readonly index: number;
  readonly needsWholeProject: boolean;
  /** Its view is gone. */
  gone: boolean;
  /** An earlier entry says the same of the same place. */
  repeated: boolean;
}

function compareEntries(a: Entry, b: Entry): number {
  return (
    compareSubjects(a.finding, b.finding) ||
    a.kind - b.kind ||
    (a.origin && b.origin ? comparePlaces(a.origin, b.origin) : 0) ||
    a.index - b.index
  );
}

/** By place, then by rule. */
function compareSubjects(a: Finding, b: Finding): number {
  return comparePlaces(a.place, b.place) || compare(a.rule, b.rule);
}

function comparePlaces(a: Place, b: Place): number {
  return compare(a.path, b.path) || a.from - b.from || a.to - b.to;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export class SortedEntries {
  private entries: readonly Entry[] = [];

  /** Each finding once: a part that several services or networks take from one anchor is faulty once. */
  findings(partial: boolean): Finding[] {
    const findings: Finding[] = [];
    for (const { finding, repeated, needsWholeProject } of this.entries) {
      if (!repeated && !(partial && needsWholeProject)) findings.push(finding);
    }
    return findings;
  }

  /** Leaves out the entries that are gone and takes in new ones. What an edit moved keeps its order. */
  update(made: Entry[]): void {
    const left: Entry[] = [];
    const touched: Entry[] = [];
    let afterGone = false;
    for (const entry of this.entries) {
      if (entry.gone) {
        afterGone = true;
        continue;
      }
      if (afterGone) touched.push(entry);
      afterGone = false;
      left.push(entry);
    }
    made.sort(compareEntries);
    this.entries = merged(left, made);
    const changed = [...touched, ...made];
    if (changed.length * 8 > this.entries.length) this.markAll();
    else for (const entry of changed) this.markGroup(lowerBound(this.entries, entry));
  }

  private markAll(): void {
    for (let at = 0; at < this.entries.length;) at = this.markGroup(at);
  }

  /** Marks what is said twice of the place of one entry; the index of the first entry of another one. */
  private markGroup(index: number): number {
    const subject = this.entries[index]?.finding;
    const isMember = (entry: Entry | undefined) =>
      subject && entry && compareSubjects(entry.finding, subject) === 0;
    let at = index;
    while (isMember(this.entries[at - 1])) at--;
    const said = new Set<string>();
    for (let entry = this.entries[at]; entry && isMember(entry); entry = this.entries[++at]) {
      entry.repeated = said.has(entry.finding.message);
      said.add(entry.finding.message);
    }
    return at;
  }
}

/** Two ordered lists as one. */
function merged(many: readonly Entry[], few: readonly Entry[]): readonly Entry[] {
  if (many.length === 0) return few;
  const pieces: (readonly Entry[])[] = [];
  let from = 0;
  for (const entry of few) {
    const to = lowerBound(many, entry, from);
    pieces.push(many.slice(from, to), [entry]);
    from = to;
  }
  pieces.push(many.slice(from));
  return pieces.flat();
}

/** The index of the first entry, from `low` on, that does not come before the given one. */
function lowerBound(entries: readonly Entry[], entry: Entry, low = 0): number {
  let [from, to] = [low, entries.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = entries[middle];
    if (other && compareEntries(other, entry) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
