/** One file, read to its outline and followed edit by edit. */
import { EditedText } from "./editedText";
import { BeyondLimit, type LimitHit, lengthLimit, maxLength } from "./limits";
import { type Outline, readOutline } from "./outline";
import { type PartChange, editPart } from "./partEdit";
import { type Place, RegionPlace } from "./place";
import type { Change, SyntaxTree } from "./syntax";

/** A replaced stretch, offsets of the text before. */
export interface DocumentEdit {
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}

/** So many changes of single parts are remembered. */
const mostChanges = 16;
const resetTag = /!(?:reset|override)/;

export class SourceFile {
  readonly path: string;
  /** As it is read: without a byte-order mark. */
  private readable = new EditedText("");
  private whole: string | undefined;
  private marked = false;
  private syntax: SyntaxTree | undefined;
  private parts: Outline | undefined;
  private latest: PartChange[] = [];
  private hit: LimitHit | undefined;
  private resets: boolean | undefined;

  /** `path` names the file in places. */
  constructor(path: string, text: string) {
    this.path = path;
    this.take(text, []);
  }

  get text(): string {
    this.whole ??= this.marked
      ? `${mark}${this.readable.slice(1, this.length)}`
      : String(this.readable);
    return this.whole;
  }

  /** Characters of the text. */
  get length(): number {
    return this.readable.length;
  }

  /** The same object until the next edit; undefined where a limit keeps the file from being read. */
  get outline(): Outline | undefined {
    return this.parts;
  }

  /** The last changes up to the current outline that were each about one part only, in their order. */
  get changes(): readonly PartChange[] {
    return this.latest;
  }

  /** As `lineEnd`, of the current text. */
  lineEnd(offset: number): number {
    const lineBreak = this.readable.lineBreakFrom(offset);
    if (lineBreak < 0) return this.length;
    const before = lineBreak > offset ? this.readable.slice(lineBreak - 1, lineBreak) : "";
    return before === "\r" ? lineBreak - 1 : lineBreak;
  }

  /** Why the file is not read, and where it goes too far. */
  get limit(): { readonly message: string; readonly place: Place } | undefined {
    if (!this.hit) return undefined;
    const { at, message } = this.hit;
    const region = { path: this.path, start: 0 };
    return { message, place: new RegionPlace(region, at, this.lineEnd(at)) };
  }

  /** Whether `!reset` or `!override` stands anywhere in it. */
  get hasResets(): boolean {
    this.resets ??= resetTag.test(this.text);
    return this.resets;
  }

  /** Takes a whole new text. */
  replace(text: string): void {
    this.syntax = undefined;
    this.parts = undefined;
    this.take(text, []);
  }

  /** Applies edits that do not overlap; all offsets are of the text before. */
  edit(edits: readonly DocumentEdit[]): void {
    const sorted = [...edits].sort((a, b) => a.from - b.from);
    const changes = sorted.map(({ from, to, newText }) => ({ from, to, length: newText.length }));
    this.syntax?.edit(changes);
    this.whole = undefined;
    const marked = this.marked && sorted[0]?.from === 0;
    if (marked) this.readable.replace(0, 1, mark);
    for (const { from, to, newText } of [...sorted].reverse()) {
      this.readable.replace(from, to, newText);
    }
    if (!marked && sorted[0]?.from !== 0 && this.editPart(changes)) return;
    const text = String(this.readable);
    this.take(this.marked && !marked ? `${mark}${text.slice(1)}` : text, changes);
  }

  /** What `use` makes of the text as it is read. `make`: the parser of the tree is not loaded before it is needed. */
  withSyntax<T>(make: () => SyntaxTree, use: (syntax: SyntaxTree, text: string) => T): T {
    this.syntax ??= make();
    return use(this.syntax, String(this.readable));
  }

  /** Whether the changes were about one part only, which is read again then. */
  private editPart(changes: readonly Change[]): boolean {
    const { parts, readable } = this;
    if (!parts || readable.length > maxLength) return false;
    const change = editPart(this.path, parts, readable, changes);
    if (!change) return false;
    this.parts = change.to;
    this.latest = [...this.latest.slice(1 - mostChanges), change];
    const { region, length } = change.part;
    const written = readable.slice(region.start, region.start + length);
    if (this.resets === true || resetTag.test(written)) this.resets = undefined;
    return true;
  }

  private take(text: string, changes: readonly Change[]): void {
    const { parts } = this;
    this.marked = text.startsWith(mark);
    this.whole = text;
    // A line break in its place keeps all offsets; the mark would become part of the first key.
    const readable = this.marked ? `\n${text.slice(1)}` : text;
    this.readable = new EditedText(readable);
    this.resets = undefined;
    this.parts = undefined;
    this.latest = [];
    this.hit = lengthLimit(readable);
    if (this.hit) return;
    try {
      this.parts = readOutline(this.path, readable, parts && { outline: parts, changes });
    } catch (error) {
      if (!(error instanceof BeyondLimit)) throw error;
      this.hit = error.hit;
    }
  }
}

const mark = "\uFEFF";
