/** The YAML syntax tree of a text, kept between edits. */
import { type Tree, TreeFragment } from "@lezer/common";
import { parser } from "@lezer/yaml";
import { correctContexts } from "./treeContext";

export interface SyntaxState {
  readonly tree: Tree;
  readonly fragments: readonly TreeFragment[];
  readonly broken: boolean;
}

/** A replaced stretch: `from` to `to` of the text before has become `length` characters. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Undefined when the text nests deeper than the parser's stack: it builds its tree by recursion. */
export function parseText(text: string): SyntaxState | undefined {
  return parse(text, []);
}

/**
 * Parses again, reusing what the changes (ascending, as of the text before) left alone. How the
 * parser recovers from errors depends on all of the text, so a broken text is parsed as a whole.
 */
export function reparse(
  before: SyntaxState,
  changes: readonly Change[],
  text: string,
): SyntaxState | undefined {
  if (before.broken) return parse(text, []);
  let shift = 0;
  const ranges = changes.map(({ from, to, length }) => {
    const fromB = from + shift;
    shift += length - (to - from);
    return { fromA: from, toA: to, fromB, toB: fromB + length };
  });
  const state = parse(text, TreeFragment.applyChanges(before.fragments, ranges));
  return state?.broken ? parse(text, []) : state;
}

function parse(text: string, reused: readonly TreeFragment[]): SyntaxState | undefined {
  try {
    const { tree, broken } = correctContexts(parser.parse(text, reused), text);
    return { tree, broken, fragments: TreeFragment.addTree(tree, reused) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
