/** A compose file in an editor: its project, kept up to date edit by edit. */
import { Assembler, type ComposeOptions } from "./assembler";
import { type Cursor, cursorAt } from "./cursor";
import { type LimitHit, lengthLimit } from "./limits";
import { lineEnd } from "./lineEnd";
import { type Outline, readOutline } from "./outline";
import { RegionPlace } from "./place";
import type { ComposeProject } from "./project";
import { type Change, SyntaxTree } from "./syntax";

/** A replaced stretch, offsets of the text before. */
export interface DocumentEdit {
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}

export class ComposeDocument {
  readonly path: string;
  private current: string;
  private syntax = new SyntaxTree();
  private outline: Outline | undefined;
  private limit: LimitHit | undefined;
  private result: ComposeProject | undefined;
  private readonly assembler: Assembler;

  /** `path` names the file in places; its folder is the project's name where nothing else says it. */
  constructor(path: string, text: string, options: ComposeOptions = {}) {
    this.path = path;
    this.assembler = new Assembler(path, options);
    this.current = text;
    this.replace(text);
  }

  get text(): string {
    return this.current;
  }

  /** Takes a whole new text. */
  replace(text: string): void {
    this.outline = undefined;
    this.syntax = new SyntaxTree();
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

  private take(text: string, changes: readonly Change[]): void {
    const readable = maskMark(text);
    const { outline } = this;
    this.current = text;
    this.result = undefined;
    this.outline = undefined;
    this.limit = lengthLimit(readable);
    if (this.limit) return;
    this.outline = readOutline(this.path, readable, outline && { outline, changes });
  }

  /** The project as of the current text; the same object until the next edit. */
  project(): ComposeProject {
    this.result ??= this.outline
      ? this.assembler.assemble(this.outline, this.current)
      : this.unreadable();
    return this.result;
  }

  /** Where in the structure an offset of the current text is, for suggestions. */
  cursor(offset: number): Cursor | undefined {
    const text = maskMark(this.current);
    const tree = this.syntax.tree(text);
    return tree && cursorAt(tree, text, offset);
  }

  private unreadable(): ComposeProject {
    const at = this.limit?.at ?? 0;
    const message = this.limit?.message ?? "The file is not checked.";
    const place = new RegionPlace({ path: this.path, start: 0 }, at, lineEnd(this.current, at));
    return {
      name: undefined,
      paths: [this.path],
      textOf: (path) => (path === this.path ? this.current : undefined),
      networks: [],
      networksBody: undefined,
      services: [],
      problems: [{ code: "limit", message, place }],
      partial: true,
    };
  }
}

/** A byte-order mark would become part of the first key; a line break in its place keeps all offsets. */
function maskMark(text: string): string {
  return text.startsWith("\uFEFF") ? `\n${text.slice(1)}` : text;
}
