/** What stands where somebody types: for suggestions, which have to work in half-typed text. */
import type { SyntaxNode, Tree } from "@lezer/common";

export interface Cursor {
  readonly kind: "key" | "value";
  /** From the top: `["networks", "lan", "driver"]`. A value's own key is the last; a key itself is not in it. */
  readonly keys: readonly string[];
  /** What is typed already, quotes left out. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Between quotes, so that no more are needed. */
  readonly quoted: boolean;
}

/** Undefined where neither a key nor a scalar value stands or can stand: comments, behind a finished value. */
export function cursorAt(tree: Tree, text: string, offset: number): Cursor | undefined {
  const start = lineStart(text, offset);
  const end = lastNonBlank(text, start, offset);
  if (end === start) return newKey(tree, text, start, offset);
  const node = tree.resolveInner(end, -1);
  if (node.name === "Literal" || node.name === "QuotedLiteral") {
    return offset === end ? scalar(node, text, offset) : undefined;
  }
  const pair = node.name === ":" ? node.parent : undefined;
  if (!pair || offset === end || hasValue(pair)) return undefined;
  return {
    kind: "value",
    keys: keysOf(pair, text),
    text: "",
    from: offset,
    to: offset,
    quoted: false,
  };
}

function scalar(node: SyntaxNode, text: string, offset: number): Cursor | undefined {
  const key = node.parent?.name === "Key" ? node.parent : undefined;
  const quoted = node.name === "QuotedLiteral";
  const from = quoted ? node.from + 1 : node.from;
  const closed = quoted && node.to > from && text[node.to - 1] === text[node.from];
  const lineBreak = text.slice(from, node.to).search(/\r?\n/);
  const to = lineBreak >= 0 ? from + lineBreak : closed ? node.to - 1 : node.to;
  if (offset < from || offset > to) return undefined;
  const owner = pairAbove(key ? key.parent?.parent : node);
  return {
    kind: key ? "key" : "value",
    keys: owner ? keysOf(owner, text) : [],
    text: text.slice(from, to),
    from,
    to,
    quoted,
  };
}

/** On an empty line the indent says below which key a new one would stand. */
function newKey(tree: Tree, text: string, start: number, offset: number): Cursor | undefined {
  const above = lastNonBlank(text, 0, start);
  let pair = above === 0 ? undefined : pairAbove(tree.resolveInner(above, -1));
  while (pair && pair.from - lineStart(text, pair.from) >= offset - start) {
    pair = pairAbove(pair.parent);
  }
  const keys = pair ? keysOf(pair, text) : [];
  return { kind: "key", keys, text: "", from: offset, to: offset, quoted: false };
}

function keysOf(pair: SyntaxNode, text: string): string[] {
  const keys: string[] = [];
  for (let at: SyntaxNode | undefined = pair; at; at = pairAbove(at.parent)) {
    const key = at.getChild("Key");
    keys.push(key ? text.slice(key.from, key.to).replace(/^(["'])(.*)\1$/, "$2") : "");
  }
  return keys.reverse();
}

function pairAbove(node: SyntaxNode | null | undefined): SyntaxNode | undefined {
  let at = node;
  while (at && at.name !== "Pair") at = at.parent;
  return at ?? undefined;
}

function hasValue(pair: SyntaxNode): boolean {
  const last = pair.lastChild;
  return last !== null && last.name !== ":" && !last.type.isError;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset behind the last character between `from` and `to` that is no blank; `from` when all are. */
function lastNonBlank(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}
