/**
 * The YAML syntax tree of a text, for the question where a cursor stands: it holds what is half-typed,
 * too. Built when it is first asked for and kept up to date from then on.
 */
import { type Tree, TreeFragment } from "@lezer/common";
import { parser } from "@lezer/yaml";
import { findLimit } from "./limits";
import { correctContexts } from "./treeContext";

/** A replaced stretch: `from` to `to` of the text before has become `length` characters. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

export class SyntaxTree {
  private fragments: readonly TreeFragment[] = [];
  private current: Tree | undefined;

  /** Takes note of changes (ascending, as of the text before): what they left alone is used again. */
  edit(changes: readonly Change[]): void {
    this.current = undefined;
    if (this.fragments.length === 0) return;
    let shift = 0;
    const ranges = changes.map(({ from, to, length }) => {
      const fromB = from + shift;
      shift += length - (to - from);
      return { fromA: from, toA: to, fromB, toB: fromB + length };
    });
    this.fragments = TreeFragment.applyChanges(this.fragments, ranges);
  }

  /**
   * The tree of the text as it is now. How the parser recovers from errors depends on all of the text,
   * so a broken text is parsed as a whole. Undefined when the text nests deeper than it can follow.
   */
  tree(text: string): Tree | undefined {
    this.current ??= findLimit(text) ? undefined : this.parse(text);
    return this.current;
  }

  private parse(text: string): Tree | undefined {
    try {
      let { tree, broken } = correctContexts(parser.parse(text, this.fragments), text);
      if (broken && this.fragments.length > 0) {
        ({ tree, broken } = correctContexts(parser.parse(text), text));
      }
      this.fragments = broken ? [] : TreeFragment.addTree(tree);
      return tree;
    } catch (error) {
      // It builds its tree by recursion.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
}
