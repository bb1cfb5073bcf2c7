/** Applying text edits, and keeping several rounds of them as edits of the first text. */

/** Replaces `from` to `to`; see compose/place.ts for a `TextEdit` that also names its file. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}

/** The edits in the order of the text; undefined when two overlap or one leaves a text of `length`. */
export function orderEdits<T extends Edit>(edits: readonly T[], length: number): T[] | undefined {
  const ordered = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const edit of ordered) {
    if (edit.from < end || edit.to < edit.from || edit.to > length) return undefined;
    end = edit.to;
  }
  return ordered;
}

/** The text with the edits made; all are offsets of the text before, ascending, not overlapping. */
export function applyEdits(text: string, ordered: readonly Edit[]): string {
  let result = "";
  let end = 0;
  for (const edit of ordered) {
    result += text.slice(end, edit.from) + edit.newText;
    end = edit.to;
  }
  return result + text.slice(end);
}

/** The new text with the line ends of the text it goes into: fixes write `\n`. */
export function withLineEnds(newText: string, text: string): string {
  return text.includes("\r\n") ? newText.replace(/(?<!\r)\n/g, "\r\n") : newText;
}

/** A stretch that was kept from the first text, or a text that was put in. */
type Piece = { readonly from: number; readonly to: number } | string;

/** Follows a text through rounds of edits; what no round touched stays untouched in the sum. */
export class EditHistory {
  private pieces: Piece[];
  private readonly length: number;

  constructor(length: number) {
    this.length = length;
    this.pieces = [{ from: 0, to: length }];
  }

  /** One round: ascending edits of the text as the rounds before left it. */
  add(ordered: readonly Edit[]): void {
    const next: Piece[] = [];
    const rest = [...this.pieces].reverse();
    let at = 0;
    const take = (until: number, keep: boolean) => {
      while (at < until) {
        const piece = rest.pop();
        if (piece === undefined) return;
        const size = sizeOf(piece);
        const wanted = Math.min(size, until - at);
        if (wanted < size) rest.push(cut(piece, wanted, size));
        if (keep) next.push(cut(piece, 0, wanted));
        at += wanted;
      }
    };
    for (const edit of ordered) {
      take(edit.from, true);
      take(edit.to, false);
      if (edit.newText !== "") next.push(edit.newText);
    }
    this.pieces = [...next, ...rest.reverse()];
  }

  /** The sum of all rounds as ascending edits of the first text. */
  edits(): Edit[] {
    const edits: Edit[] = [];
    let from = 0;
    let newText = "";
    const flush = (to: number) => {
      if (newText !== "" || to > from) edits.push({ from, to, newText });
      newText = "";
    };
    for (const piece of this.pieces) {
      if (typeof piece === "string") {
        newText += piece;
      } else {
        flush(piece.from);
        from = piece.to;
      }
    }
    flush(this.length);
    return edits;
  }
}

function sizeOf(piece: Piece): number {
  return typeof piece === "string" ? piece.length : piece.to - piece.from;
}

function cut(piece: Piece, start: number, end: number): Piece {
  return typeof piece === "string"
    ? piece.slice(start, end)
    : { from: piece.from + start, to: piece.from + end };
}
