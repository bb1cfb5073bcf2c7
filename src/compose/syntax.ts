/** The YAML syntax tree of a text, kept between edits. */
import { type Tree, TreeFragment } from "@lezer/common";
import { parser } from "@lezer/yaml";

export interface SyntaxState {
  readonly tree: Tree;
  readonly fragments: readonly TreeFragment[];
}

/** A replaced stretch: `from` to `to` of the text before has become `length` characters. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Undefined when the text nests deeper than the parser's stack: it builds its tree by recursion. */
export function parseText(text: string): SyntaxState | undefined {
  const tree = parse(text, []);
  return tree && { tree, fragments: TreeFragment.addTree(tree) };
}

/** Parses again, reusing what the changes (ascending, as of the text before) left alone. */
export function reparse(
  before: SyntaxState,
  changes: readonly Change[],
  text: string,
): SyntaxState | undefined {
  let shift = 0;
  const ranges = changes.map(({ from, to, length }) => {
    const fromB = from + shift;
    shift += length - (to - from);
    return { fromA: from, toA: to, fromB, toB: fromB + length };
  });
  const fragments = TreeFragment.applyChanges(before.fragments, ranges);
  const tree = parse(text, fragments);
  return tree && { tree, fragments: TreeFragment.addTree(tree, fragments) };
}

function parse(text: string, fragments: readonly TreeFragment[]): Tree | undefined {
  try {
    return parser.parse(text, fragments);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
