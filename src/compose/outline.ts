/**
 * The parts of a compose file that are read one by one: each service, each network, each other
 * top-level entry. Parts that an edit left alone are kept, with the place they have moved to.
 */
import { OutlineReader } from "./outlineReader";
import type { Place, Region } from "./place";
import type { ReadProblem } from "./project";
import type { Change } from "./syntax";
import type { AnchorDefinition, YamlPair } from "./yamlNode";

/** One service, network or other entry, as read. */
export interface Part {
  /** The top-level key it stands below, or "" for a top-level entry itself. */
  readonly section: string;
  readonly region: Region;
  readonly length: number;
  /** Columns before it; -1 in a mapping in braces, where no part is kept. */
  readonly before: number;
  /** From its start to the next word behind it. What is there, to its third character, matters too. */
  readonly next: number;
  /** Columns before that word. */
  readonly nextColumn: number;
  readonly pair: YamlPair;
  readonly anchors: readonly AnchorDefinition[];
  readonly problems: readonly ReadProblem[];
  /** Keys and list items in it. */
  readonly entryCount: number;
}

/** A top-level `services:` or `networks:` whose entries are parts of their own. */
export interface Section {
  readonly key: string;
  readonly keyFrom: number;
  readonly keyTo: number;
  /** Columns before the entries; undefined when there are none. */
  readonly indent: number | undefined;
  /** End of the last entry, or of the key. */
  readonly to: number;
}

/** One document of a file. */
export interface DocumentOutline {
  readonly parts: readonly Part[];
  readonly sections: readonly Section[];
  /** What stands at the top where a mapping belongs: a list, a scalar, nothing. */
  readonly notMapping: Place | undefined;
}

export interface Outline {
  /** In the order of the file; a file without any content has none. */
  readonly documents: readonly DocumentOutline[];
  /** Found outside every part. */
  readonly problems: readonly ReadProblem[];
  /** Each part can be read by itself: no directives, no braces at the top, nothing that is no YAML. */
  readonly partwise: boolean;
  /** Keys and list items of the file. */
  readonly entryCount: number;
}

/** Reads the outline, taking over parts of `before` that no change (ascending, as of that text) touched. */
export function readOutline(
  path: string,
  text: string,
  before?: { readonly outline: Outline; readonly changes: readonly Change[] },
): Outline {
  const kept = before && untouchedParts(before.outline, before.changes);
  return new OutlineReader(path, text, kept).read();
}

/** Characters of the next word that decide whether a part ends before it: as many as `---` has. */
export const lookahead = 4;

/** What is wrong in such a part can depend on all that follows it. */
export function isBroken({ problems }: Part): boolean {
  return problems.some(({ code }) => code === "syntax" || code === "limit");
}

/** Parts that no change touched, by the offset they have now. */
function untouchedParts(
  { documents }: Outline,
  changes: readonly Change[],
): ReadonlyMap<number, Part> {
  const kept = new Map<number, Part>();
  let shift = 0;
  let passed = 0;
  for (const { parts } of documents) {
    for (const part of parts) {
      if (isBroken(part)) continue;
      const from = part.region.start - part.before;
      const to = part.region.start + part.next + lookahead;
      let change = changes[passed];
      while (change && change.to < from) {
        shift += change.length - (change.to - change.from);
        change = changes[++passed];
      }
      if (!change || change.from > to) kept.set(part.region.start + shift, part);
    }
  }
  return kept;
}
