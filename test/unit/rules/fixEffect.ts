/** What applying a fix does to a text and to its findings. */
import { applyEdits, orderEdits } from "../../../src/compose/edits";
import type { TextEdit } from "../../../src/compose/place";
import type { Finding, Severity } from "../../../src/rules/rule";

/** The edits in the order of the text; throws when they cannot all be applied to it. */
function checkedEdits(text: string, path: string, edits: readonly TextEdit[]): TextEdit[] {
  const elsewhere = edits.find((edit) => edit.path !== path);
  if (elsewhere) throw new Error(`edit of another file: ${elsewhere.path}`);
  if (edits.length === 0) throw new Error("fix without edits");
  const ordered = orderEdits(edits, text.length);
  if (!ordered) throw new Error("edits overlap or leave the text");
  return ordered;
}

/** The text with a fix's edits made. */
export function fixedText(text: string, path: string, edits: readonly TextEdit[]): string {
  return applyEdits(text, checkedEdits(text, path, edits));
}

const rank: Record<Severity, number> = { error: 3, warning: 2, information: 1, hint: 0 };

/**
 * What a fix promises and does not keep: its finding still stands, or one at warning or above is
 * new. Findings are the same when rule and place are, the place being followed through the edits.
 */
export function brokenPromises(
  text: string,
  path: string,
  edits: readonly TextEdit[],
  target: Finding,
  before: readonly Finding[],
  after: readonly Finding[],
): string[] {
  const ordered = checkedEdits(text, path, edits);
  const key = (rule: string, offset: number) => `${rule} at ${offset}`;
  const keyBefore = (finding: Finding) => {
    const from = finding.place.from;
    const edit = ordered.find((e) => from >= e.from && from < e.to);
    return key(finding.rule, edit ? edit.from : from);
  };
  const keyAfter = (finding: Finding) =>
    key(finding.rule, offsetBefore(ordered, finding.place.from));
  const countOf = (keys: readonly string[], wanted: string) =>
    keys.filter((k) => k === wanted).length;

  const keysBefore = before.map(keyBefore);
  const keysAfter = after.map(keyAfter);
  const broken: string[] = [];
  const targetKey = keyBefore(target);
  if (countOf(keysAfter, targetKey) >= countOf(keysBefore, targetKey)) {
    broken.push(`${target.rule} is still there: ${target.message}`);
  }
  for (const finding of after) {
    if (rank[finding.severity] >= rank.warning && !keysBefore.includes(keyAfter(finding))) {
      broken.push(`new ${finding.rule}:${finding.severity}: ${finding.message}`);
    }
  }
  return broken;
}

/** Where an offset of the edited text was before; the edit's start for an offset inside new text. */
function offsetBefore(ordered: readonly TextEdit[], offset: number): number {
  let shift = 0;
  for (const edit of ordered) {
    const start = edit.from + shift;
    if (offset < start) break;
    if (offset < start + edit.newText.length) return edit.from;
    shift += edit.newText.length - (edit.to - edit.from);
  }
  return offset - shift;
}
