/**
 * An edit inside of one service or network: that part is read again from its own lines, and the rest of
 * the outline taken as it is, only moved. Whatever else an edit does is for `readOutline`.
 */
import type { EditedText } from "./editedText";
import { BeyondLimit, maxEntries } from "./limits";
import { type DocumentOutline, type Outline, type Part, lookahead } from "./outline";
import { OutlineReader } from "./outlineReader";
import type { Change } from "./syntax";

/** A part that took the place of another: all else in the file is the same, or moved. */
export interface PartChange {
  readonly from: Outline;
  readonly to: Outline;
  readonly old: Part;
  readonly part: Part;
}

/** Characters that are read behind the next word, so that the part ends for the reason it would in the file. */
const beyond = 64;

/**
 * `text` is the one after the changes, which are as of the text before, ascending. Undefined when it is
 * not certain that only one part is another one.
 */
export function editPart(
  path: string,
  outline: Outline,
  text: EditedText,
  changes: readonly Change[],
): PartChange | undefined {
  const [first] = changes;
  const last = changes.at(-1);
  if (!outline.partwise || !first || !last) return undefined;
  // The part before depends on the first characters of this one.
  const found = partBefore(outline, first.from - lookahead - 1);
  if (!found || found.old.section === "") return undefined;
  const { document, index, old } = found;
  const { start } = old.region;
  if (last.to >= start + old.next - old.nextColumn) return undefined;
  const delta = changes.reduce((sum, { from, to, length }) => sum + length - (to - from), 0);
  const line = start - old.before;
  const window = text.slice(line, Math.min(text.length, start + old.next + delta + beyond));
  const part = readAlone(path, window, old);
  if (part?.next !== old.next + delta || part.nextColumn !== old.nextColumn) return undefined;
  const entryCount = outline.entryCount + part.entryCount - old.entryCount;
  if (entryCount > maxEntries) return undefined;
  part.region.start = start;
  const to = { ...replaced(outline, document, index, part, delta), entryCount };
  return { from: outline, to, old, part };
}

function readAlone(path: string, window: string, { section, before }: Part): Part | undefined {
  try {
    return new OutlineReader(path, window, new Map()).alone(section, before);
  } catch (error) {
    if (error instanceof BeyondLimit) return undefined;
    throw error;
  }
}

/** The last part that begins before the offset. */
function partBefore({ documents }: Outline, offset: number) {
  const document = documents.findLast(
    ({ parts }) => (parts[0]?.region.start ?? Number.POSITIVE_INFINITY) < offset,
  );
  if (!document) return undefined;
  const { parts } = document;
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.region.start ?? offset) < offset) low = middle;
    else high = middle - 1;
  }
  const old = parts[low];
  return old && { document, index: low, old };
}

/** Moves everything behind the part, and puts it into its place. */
function replaced(
  { documents, problems, partwise }: Outline,
  changed: DocumentOutline,
  index: number,
  part: Part,
  delta: number,
): Omit<Outline, "entryCount"> {
  const { start } = part.region;
  const old = changed.parts[index];
  const oldEnd = start + (old?.length ?? 0);
  const move = (offset: number) => (offset > start ? offset + delta : offset);
  const place = documents.indexOf(changed);
  return {
    documents: documents.map((document, at) => {
      if (at < place) return document;
      const parts = at === place ? [...document.parts] : document.parts;
      if (at === place) (parts as Part[])[index] = part;
      for (let i = at === place ? index + 1 : 0; i < parts.length; i++) {
        const region = parts[i]?.region;
        if (region) region.start += delta;
      }
      const sections = document.sections.map((section) => ({
        ...section,
        keyFrom: move(section.keyFrom),
        keyTo: move(section.keyTo),
        to: section.to === oldEnd ? start + part.length : move(section.to),
      }));
      return { parts, sections, notMapping: undefined };
    }),
    problems,
    partwise,
  };
}
