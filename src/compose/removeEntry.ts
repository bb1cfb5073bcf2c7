/** Taking an entry out of a block mapping, as whole lines. */
import type { Place, TextEdit } from "./place";

/**
 * The edit that removes the entry's lines, line break included, with the comments below it that are
 * indented deeper than its key. Undefined where the entry shares a line with something else (a flow
 * mapping, the first key of a list item), and where it holds an anchor that an alias may need.
 *
 * `place`: key and value. `text`: of the file that the place is in.
 */
export function removeEntry(text: string, place: Place): TextEdit | undefined {
  const from = lineStart(text, place.from);
  const indent = place.from - from;
  if (text.slice(from, place.from).trim() !== "") return undefined;
  if (/(?:^|[\s[{,])&[^\s,\]}]/m.test(text.slice(place.from, place.to))) return undefined;
  if (!/^[ \t]*(?:#|\r?$)/.test(line(text, place.to))) return undefined;
  let to = nextLine(text, place.to);
  while (to < text.length) {
    const comment = /^([ \t]*)#/.exec(line(text, to));
    if (!comment || (comment[1]?.length ?? 0) <= indent) break;
    to = nextLine(text, to);
  }
  return { path: place.path, from, to, newText: "" };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** From the offset to the end of its line, without the line feed. */
function line(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(offset, end < 0 ? text.length : end);
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}
