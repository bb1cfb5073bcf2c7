import type { TextEdit } from "../../../../src/compose/place";

/** The text with edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce(
      (result, { from, to, newText }) => result.slice(0, from) + newText + result.slice(to),
      text,
    );
}
