/** Applies fixes until nothing changes, on a text in memory. */
import type { ComposeOptions } from "../compose/assembler";
import { ComposeDocument } from "../compose/document";
import { type Edit, EditHistory, orderEdits, withLineEnds } from "../compose/edits";
import type { Facts } from "../model/facts";
import type { Finding, Fix, Rule } from "./rule";
import { type RunOptions, runRules } from "./run";

export interface FixRequest {
  readonly path: string;
  readonly text: string;
  readonly compose: ComposeOptions;
  readonly rules: readonly Rule[];
  readonly facts: Facts;
  readonly run: RunOptions;
  /** The fix to apply to a finding, if any. */
  readonly choose: (finding: Finding) => Fix | undefined;
}

export interface FixResult {
  readonly text: string;
  /** From the text of the request to `text`, ascending; what no fix is about is in none of them. */
  readonly edits: readonly Edit[];
  /** Number of fixes applied. */
  readonly applied: number;
}

/** Rounds after which fixes that bring back each other's finding are stopped. */
const maxRounds = 100;

/**
 * Each round applies what can be applied together, then the text is checked anew: a second service
 * that wants the same free address gets the next one in the next round.
 */
export function applyFixes(request: FixRequest): FixResult {
  const { path, text, facts, run } = request;
  const document = new ComposeDocument(path, text, request.compose);
  const history = new EditHistory(text.length);
  let applied = 0;
  for (let round = 0; round < maxRounds; round++) {
    const findings = runRules(request.rules, document.project(), facts, run);
    const chosen = compatible(findings, document.text, path, request.choose);
    const edits = orderEdits(chosen.flat(), document.text.length);
    if (!edits || edits.length === 0) break;
    document.edit(edits);
    history.add(edits);
    applied += chosen.length;
  }
  return { text: document.text, edits: history.edits(), applied };
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
  text: string,
  path: string,
  choose: FixRequest["choose"],
): Edit[][] {
  const chosen: Edit[][] = [];
  const taken: Edit[] = [];
  const written = new Set<string>();
  for (const finding of findings) {
    const edits = choose(finding)?.edits ?? [];
    if (edits.length === 0 || edits.some((edit) => edit.path !== path)) continue;
    if (edits.some(({ newText }) => newText !== "" && written.has(newText))) continue;
    if (edits.some((edit) => taken.some((other) => collide(edit, other)))) continue;
    if (!orderEdits(edits, text.length)) continue;
    for (const { newText } of edits) written.add(newText);
    taken.push(...edits);
    chosen.push(edits.map((edit) => ({ ...edit, newText: withLineEnds(edit.newText, text) })));
  }
  return chosen;
}

/** Touching counts: two insertions at one offset have no order. */
function collide(a: Edit, b: Edit): boolean {
  return a.from <= b.to && b.from <= a.to;
}
