/** One file, read to its outline and followed edit by edit. */
import { type Cursor, cursorAt } from "./cursor";
import { type LimitHit, lengthLimit } from "./limits";
import { lineEnd } from "./lineEnd";
import { type Outline, readOutline } from "./outline";
import { type Place, RegionPlace } from "./place";
import { type Change, SyntaxTree } from "./syntax";

/** A replaced stretch, offsets of the text before. */
export interface DocumentEdit {
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}

export class SourceFile {
  readonly path: string;
  private current: string;
  private syntax = new SyntaxTree();
  private parts: Outline | undefined;
  private hit: LimitHit | undefined;
  private resets: boolean | undefined;

  /** `path` names the file in places. */
  constructor(path: string, text: string) {
    this.path = path;
    this.current = text;
    this.take(text, []);
  }

  get text(): string {
    return this.current;
  }

  /** The same object until the next edit; undefined where a limit keeps the file from being read. */
  get outline(): Outline | undefined {
    return this.parts;
  }

  /** Why the file is not read, and where it goes too far. */
  get limit(): { readonly message: string; readonly place: Place } | undefined {
    if (!this.hit) return undefined;
    const { at, message } = this.hit;
    const region = { path: this.path, start: 0 };
    return { message, place: new RegionPlace(region, at, lineEnd(this.current, at)) };
  }

  /** Whether `!reset` or `!override` stands anywhere in it. */
  get hasResets(): boolean {
    this.resets ??= /!(?:reset|override)/.test(this.current);
    return this.resets;
  }

  /** Takes a whole new text. */
  replace(text: string): void {
    this.syntax = new SyntaxTree();
    this.parts = undefined;
    this.take(text, []);
  }

  /** Applies edits that do not overlap; all offsets are of the text before. */
  edit(edits: readonly DocumentEdit[]): void {
    const sorted = [...edits].sort((a, b) => a.from - b.from);
    let text = "";
    let at = 0;
    for (const { from, to, newText } of sorted) {
      text += this.current.slice(at, from) + newText;
      at = to;
    }
    text += this.current.slice(at);
    const changes = sorted.map(({ from, to, newText }) => ({ from, to, length: newText.length }));
    this.syntax.edit(changes);
    this.take(text, changes);
  }

  /** Where in the structure an offset of the current text is, for suggestions. */
  cursor(offset: number): Cursor | undefined {
    const text = maskMark(this.current);
    const tree = this.syntax.tree(text);
    return tree && cursorAt(tree, text, offset);
  }

  private take(text: string, changes: readonly Change[]): void {
    const readable = maskMark(text);
    const { parts } = this;
    this.current = text;
    this.resets = undefined;
    this.parts = undefined;
    this.hit = lengthLimit(readable);
    if (this.hit) return;
    this.parts = readOutline(this.path, readable, parts && { outline: parts, changes });
  }
}

/** A byte-order mark would become part of the first key; a line break in its place keeps all offsets. */
function maskMark(text: string): string {
  return text.startsWith("\uFEFF") ? `\n${text.slice(1)}` : text;
}
