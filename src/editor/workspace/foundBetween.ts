/**
 * What the thread found, by project and by file. Places follow the edits of documents until the thread
 * has seen these too. PURE.
 */
import type { PlainFinding, PlainPlace, ProjectResult } from "../../background/protocol";
import type { DocumentEdit } from "../../compose/sourceFile";
import { type OtherClaims, othersOf } from "../../rules/workspace/otherClaims";

/** Version of the document of a path; undefined where it is in no editor. */
export type VersionOf = (path: string) => number | undefined;

export class FoundBetween {
  private readonly results = new Map<string, ProjectResult>();
  /** Projects by a path that their findings name. */
  private readonly naming = new Map<string, Set<string>>();
  private readonly others = new Map<string, OtherClaims>();

  /**
   * Takes results; gives the paths whose findings may be others now. One that is about an older text than
   * its documents have changes no findings: there will be another.
   */
  take(results: readonly ProjectResult[], versionOf: VersionOf): Set<string> {
    const paths = new Set<string>();
    for (const result of results) {
      const before = this.results.get(result.id);
      const fresh = isFresh(result, versionOf);
      const { own, between } = fresh ? result : (before ?? { own: [], between: [] });
      this.keep(result.id, { ...result, own, between });
      if (fresh) for (const path of [...pathsOf(before), ...pathsOf(result)]) paths.add(path);
    }
    this.others.clear();
    return paths;
  }

  /** A project is gone; gives the paths that it had findings in. */
  forget(id: string): Set<string> {
    const paths = pathsOf(this.results.get(id));
    this.keep(id, undefined);
    this.others.clear();
    return paths;
  }

  clear(): Set<string> {
    const paths = new Set(this.naming.keys());
    this.results.clear();
    this.naming.clear();
    this.others.clear();
    return paths;
  }

  /** Follows the edits of a document: ascending, all of the text before. */
  edit(path: string, edits: readonly DocumentEdit[]): void {
    const move = (place: PlainPlace) => (place.path === path ? moved(place, edits) : place);
    for (const id of [...(this.naming.get(path) ?? [])]) {
      const result = this.results.get(id);
      if (!result) continue;
      const follow = (findings: readonly PlainFinding[]) =>
        findings.flatMap((finding) => {
          const place = move(finding.place);
          const related = finding.related.flatMap((one) => {
            const at = move(one.place);
            return at ? [{ ...one, place: at }] : [];
          });
          return place ? [{ ...finding, place, related }] : [];
        });
      this.keep(id, { ...result, own: follow(result.own), between: follow(result.between) });
    }
  }

  /** What the rules find in projects, in a file; each once, however many projects have the file. */
  own(path: string): PlainFinding[] {
    return this.inFile(path, ({ own }) => own);
  }

  /** What is between projects, in a file. */
  between(path: string): PlainFinding[] {
    return this.inFile(path, ({ between }) => between);
  }

  /** What projects claim that do not read the file; the same object until one of them claims other things. */
  othersOf(path: string): OtherClaims {
    let others = this.others.get(path);
    if (!others) {
      others = othersOf(() =>
        [...this.results.values()].flatMap(({ files, claims }) =>
          claims && !files.includes(path) ? [claims] : [],
        ),
      );
      this.others.set(path, others);
    }
    return others;
  }

  /** Number of projects, and of their findings of each severity; one in a file of two projects counts twice. */
  summary(): { projects: number; findings: Record<PlainFinding["severity"], number> } {
    const findings = { error: 0, warning: 0, information: 0, hint: 0 };
    let projects = 0;
    for (const { claims, own, between } of this.results.values()) {
      if (claims) projects++;
      for (const { severity } of own) findings[severity]++;
      for (const { severity } of between) findings[severity]++;
    }
    return { projects, findings };
  }

  private keep(id: string, result: ProjectResult | undefined): void {
    for (const path of pathsOf(this.results.get(id))) {
      const ids = this.naming.get(path);
      ids?.delete(id);
      if (ids?.size === 0) this.naming.delete(path);
    }
    if (!result) {
      this.results.delete(id);
      return;
    }
    this.results.set(id, result);
    for (const path of pathsOf(result)) {
      const ids = this.naming.get(path) ?? new Set();
      this.naming.set(path, ids.add(id));
    }
  }

  private inFile(
    path: string,
    of: (result: ProjectResult) => readonly PlainFinding[],
  ): PlainFinding[] {
    const once = new Map<string, PlainFinding>();
    for (const id of this.naming.get(path) ?? []) {
      const result = this.results.get(id);
      for (const finding of result ? of(result) : []) {
        const { rule, message, place } = finding;
        if (place.path !== path) continue;
        once.set(`${rule} ${place.from}-${place.to} ${message}`, finding);
      }
    }
    return [...once.values()];
  }
}

function pathsOf(result: ProjectResult | undefined): Set<string> {
  const findings = [...(result?.own ?? []), ...(result?.between ?? [])];
  return new Set(
    findings.flatMap(({ place, related }) => [place.path, ...related.map((one) => one.place.path)]),
  );
}

function isFresh(result: ProjectResult, versionOf: VersionOf): boolean {
  const paths = new Set([...Object.keys(result.versions), ...pathsOf(result)]);
  return [...paths].every((path) => {
    const version = versionOf(path);
    return version === undefined || !(path in result.versions) || version === result.versions[path];
  });
}

/** Undefined for a place that was edited itself: what is said of it no longer holds. */
export function moved(place: PlainPlace, edits: readonly DocumentEdit[]): PlainPlace | undefined {
  let shift = 0;
  for (const { from, to, newText } of edits) {
    if (to <= place.from) shift += newText.length - (to - from);
    else if (from < place.to) return undefined;
  }
  return shift === 0 ? place : { ...place, from: place.from + shift, to: place.to + shift };
}
