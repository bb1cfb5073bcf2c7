/** A text that is edited again and again: kept in pieces, so that an edit costs what it touches. */

/** So many pieces are put together into one. */
const mostPieces = 64;

export class EditedText {
  private pieces: string[];
  private total: number;

  constructor(text: string) {
    this.pieces = [text];
    this.total = text.length;
  }

  get length(): number {
    return this.total;
  }

  /** Puts a text in the place of the stretch from `from` to `to`. */
  replace(from: number, to: number, newText: string): void {
    const before = this.split(from);
    const behind = this.split(to);
    this.pieces.splice(before, behind - before, newText);
    this.total += newText.length - (to - from);
    if (this.pieces.length > mostPieces) this.toString();
  }

  slice(from: number, to: number): string {
    let found = "";
    let start = 0;
    for (const piece of this.pieces) {
      if (start >= to) break;
      const end = start + piece.length;
      if (end > from) found += piece.slice(Math.max(0, from - start), to - start);
      start = end;
    }
    return found;
  }

  /** Offset of the first `\n` at or behind `offset`; -1 if there is none. */
  lineBreakFrom(offset: number): number {
    let start = 0;
    for (const piece of this.pieces) {
      const end = start + piece.length;
      const found = end > offset ? piece.indexOf("\n", Math.max(0, offset - start)) : -1;
      if (found >= 0) return start + found;
      start = end;
    }
    return -1;
  }

  toString(): string {
    const [only = ""] = this.pieces;
    if (this.pieces.length === 1) return only;
    const text = this.pieces.join("");
    this.pieces = [text];
    return text;
  }

  /** Makes a piece begin at the offset; its index. */
  private split(offset: number): number {
    let start = 0;
    for (const [index, piece] of this.pieces.entries()) {
      if (start === offset) return index;
      const end = start + piece.length;
      if (offset < end) {
        this.pieces.splice(index, 1, piece.slice(0, offset - start), piece.slice(offset - start));
        return index + 1;
      }
      start = end;
    }
    return this.pieces.length;
  }
}
