/**
 * Makes the reuse of syntax trees safe.
 *
 * @lezer/lr groups long runs of siblings into nameless trees and remembers for each in which
 * indentation it may be used again. For a group that begins at the end of a deeper block (the second
 * network of a file, say) it remembers the deeper block's, up to and including 1.4.12. Reused on that
 * word, `net2` becomes a key inside `net1`. Here every group gets the indentation of the collection
 * that it is part of, computed as @lezer/yaml 1.0.4 does (src/tokens.js, class Context).
 */
import { NodeProp, Tree, TreeBuffer } from "@lezer/common";

const topHash = -17;
const sequenceType = 1;
const mappingType = 2;
const flowType = 3;

function contextHash(parent: number, column: number, type: number): number {
  return ((parent + parent) << 8) + column + (column << 4) + type;
}

/** Trees that are right already, and whether they hold an error: what was reused is not walked again. */
const known = new WeakMap<Tree, boolean>();

export interface CorrectedTree {
  readonly tree: Tree;
  /** The parser had to recover from an error somewhere. */
  readonly broken: boolean;
}

/** The same tree with the right memory in all its groups. `text` is what it was parsed from. */
export function correctContexts(tree: Tree, text: string): CorrectedTree {
  return correct(tree, 0, topHash, text);
}

function correct(tree: Tree, start: number, outer: number, text: string): CorrectedTree {
  const before = known.get(tree);
  if (before !== undefined) return { tree, broken: before };
  const inner = innerContext(tree, start, outer, text);
  let broken = tree.type.isError;
  const children = tree.children.map((child, index) => {
    if (child instanceof TreeBuffer) {
      broken ||= hasError(child);
      return child;
    }
    const corrected = correct(child, start + (tree.positions[index] ?? 0), inner, text);
    broken ||= corrected.broken;
    return corrected.tree;
  });
  const wrong = tree.type.isAnonymous && tree.prop(NodeProp.contextHash) !== inner;
  let result = tree;
  if (wrong || children.some((child, index) => child !== tree.children[index])) {
    // Of two values for one property the later counts.
    const own: typeof tree.propValues = wrong ? [[NodeProp.contextHash, inner]] : [];
    const props = [...tree.propValues, ...own];
    result = new Tree(tree.type, children, tree.positions, tree.length, props);
  }
  known.set(result, broken);
  return { tree: result, broken };
}

function hasError({ buffer, set }: TreeBuffer): boolean {
  for (let i = 0; i < buffer.length; i += 4) {
    if (set.types[buffer[i] ?? 0]?.isError) return true;
  }
  return false;
}

/** The context of the tree's children: a collection begins a new one. */
function innerContext(tree: Tree, start: number, outer: number, text: string): number {
  switch (tree.type.name) {
    case "FlowMapping":
    case "FlowSequence":
      return contextHash(outer, 0, flowType);
    case "BlockMapping":
      return contextHash(outer, columnOfFirst(tree, start, text), mappingType);
    case "BlockSequence":
      return contextHash(outer, columnOfFirst(tree, start, text), sequenceType);
    default:
      return outer;
  }
}

/** Column of the first key or dash, counted in UTF-16 units as the parser does. */
function columnOfFirst(tree: Tree, start: number, text: string): number {
  let first = tree.topNode.firstChild;
  while (first?.name === "Comment") first = first.nextSibling;
  const offset = start + (first?.from ?? 0);
  let lineStart = offset;
  while (lineStart > 0 && !isBreak(text.charCodeAt(lineStart - 1))) lineStart--;
  return offset - lineStart;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
