/** Applies fixes until nothing changes, on texts in memory. */
import { type Edit, EditHistory, orderEdits, withLineEnds } from "../compose/edits";
import type { ComposeProject } from "../compose/project";
import type { TextEdit } from "../compose/place";
import type { Facts } from "../model/facts";
import type { Finding, Fix, Rule } from "./rule";
import { type RunOptions, runRules } from "./run";

/** The project whose texts are changed; such as a copy of a ProjectLoader. */
export interface FixTarget {
  project(): ComposeProject;
  edit(path: string, edits: readonly Edit[]): void;
}

export interface FixRequest {
  readonly target: FixTarget;
  readonly rules: readonly Rule[];
  readonly facts: Facts;
  readonly run: RunOptions;
  /** The fix to apply to a finding, if any. */
  readonly choose: (finding: Finding) => Fix | undefined;
  /** Findings besides those of the rules, of the project as it is then: those between projects. */
  readonly more?: (project: ComposeProject) => readonly Finding[];
  /** Files that may be changed; all of the project's where absent. */
  readonly paths?: ReadonlySet<string>;
}

/** What became of one file. */
export interface FixedFile {
  readonly text: string;
  /** From the text before to `text`, ascending; what no fix is about is in none of them. */
  readonly edits: readonly Edit[];
}

export interface FixResult {
  /** The files that changed. */
  readonly files: ReadonlyMap<string, FixedFile>;
  /** Number of fixes applied. */
  readonly applied: number;
}

/** Rounds after which fixes that bring back each other's finding are stopped. */
const maxRounds = 100;

/**
 * Each round applies what can be applied together, then the texts are checked anew: a second service
 * that wants the same free address gets the next one in the next round.
 */
export function applyFixes(request: FixRequest): FixResult {
  const { target, facts, run } = request;
  const histories = new Map<string, EditHistory>();
  let applied = 0;
  for (let round = 0; round < maxRounds; round++) {
    const project = target.project();
    const own = runRules(request.rules, project, facts, run);
    const findings = [...own, ...(request.more?.(project) ?? [])];
    const chosen = compatible(findings, project, request);
    if (chosen.length === 0) break;
    for (const path of new Set(chosen.flat().map((edit) => edit.path))) {
      const length = project.textOf(path)?.length ?? 0;
      const own = chosen.flat().filter((edit) => edit.path === path);
      const edits = orderEdits(own, length) ?? [];
      const history = histories.get(path) ?? new EditHistory(length);
      histories.set(path, history);
      history.add(edits);
      target.edit(path, edits);
    }
    applied += chosen.length;
  }
  const project = target.project();
  const files = new Map<string, FixedFile>();
  for (const [path, history] of histories) {
    files.set(path, { text: project.textOf(path) ?? "", edits: history.edits() });
  }
  return { files, applied };
}

/** The edits of the first safe fix of a finding: what `source.fixAll` applies. */
export function safeFix(finding: Finding): Fix | undefined {
  const fixes = finding.fixes?.() ?? [];
  return fixes.find((fix) => fix.safe && fix.preferred) ?? fixes.find((fix) => fix.safe);
}

/** The one right answer to a finding, where there is one. */
export function preferredFix(finding: Finding): Fix | undefined {
  return finding.fixes?.().find((fix) => fix.preferred);
}

/** Fixes that can be made together, as their edits: none overlaps, and no two write the same value. */
function compatible(
  findings: readonly Finding[],
  project: ComposeProject,
  { choose, paths }: FixRequest,
): TextEdit[][] {
  const chosen: TextEdit[][] = [];
  const taken: TextEdit[] = [];
  const written = new Set<string>();
  for (const finding of findings) {
    const edits = choose(finding)?.edits ?? [];
    const files = [...new Set(edits.map(({ path }) => path))];
    if (edits.length === 0 || !files.every((path) => paths?.has(path) ?? true)) continue;
    if (edits.some(({ newText }) => newText !== "" && written.has(newText))) continue;
    if (edits.some((edit) => taken.some((other) => collide(edit, other)))) continue;
    const texts = new Map(files.map((path) => [path, project.textOf(path) ?? ""]));
    const fit = [...texts].every(([path, text]) =>
      orderEdits(
        edits.filter((edit) => edit.path === path),
        text.length,
      ),
    );
    if (!fit) continue;
    for (const { newText } of edits) written.add(newText);
    taken.push(...edits);
    chosen.push(
      edits.map((edit) => ({
        ...edit,
        newText: withLineEnds(edit.newText, texts.get(edit.path) ?? ""),
      })),
    );
  }
  return chosen;
}

/** Touching counts: two insertions at one offset have no order. */
function collide(a: TextEdit, b: TextEdit): boolean {
  return a.path === b.path && a.from <= b.to && b.from <= a.to;
}
