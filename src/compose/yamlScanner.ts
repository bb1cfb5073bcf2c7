/**
 * The words of YAML, at a position that moves through the text: white space and comments, scalars.
 * Accepts and refuses what Compose's scanner does (go-yaml v4, a libyaml).
 */
import { readBlockScalar } from "./blockScalar";
import {
  canStartPlain,
  colon,
  hash,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isFlowIndicator,
  isHex,
  space,
  tab,
} from "./yamlCharacters";

/** Thrown where the text is no YAML, one object for all: what is wrong is kept by the reader. */
export const failure = new Error("This is not valid YAML.");

const percent = 37;
/** Characters between the start of a key and its colon. */
const longestKey = 1024;

export class YamlScanner {
  readonly text: string;
  protected pos = 0;
  /** Offset of the line that `pos` is on. */
  protected lineStart = 0;
  /** Whether a key or a block collection may begin here: at the start of a line, behind `-` and `?`. */
  protected keyAllowed = true;
  protected flowDepth = 0;
  /** Column of the block collection around; -1 at the top. */
  protected indent = -1;
  /** End of the last thing that was read. */
  protected contentEnd = 0;
  protected failedAt = 0;
  protected failedTo = 0;

  constructor(text: string) {
    this.text = text;
  }

  protected code(at: number): number {
    return at < this.text.length ? this.text.charCodeAt(at) : 0;
  }

  protected atEnd(): boolean {
    return this.pos >= this.text.length;
  }

  /** Nothing that begins here belongs to the document: a marker, a directive, the end of the text. */
  protected atDocumentEnd(): boolean {
    if (this.atEnd()) return true;
    if (this.pos !== this.lineStart) return false;
    return this.code(this.pos) === percent || this.isMarker(this.pos);
  }

  /** `---` or `...`, which count at the start of a line only. */
  protected isMarker(at: number): boolean {
    const code = this.code(at);
    if (code !== 45 && code !== 46) return false;
    return (
      this.code(at + 1) === code && this.code(at + 2) === code && isBlankOrEnd(this.code(at + 3))
    );
  }

  /** The text is no YAML at `from`; marked to `to`, by default the end of the line. */
  protected fail(from: number, to?: number): never {
    this.failedAt = from;
    let end = from;
    while (end < this.text.length && !isBreak(this.code(end))) end++;
    this.failedTo = Math.max(Math.min(to ?? end, this.text.length), from);
    throw failure;
  }

  /** Goes behind the line break at `at`. */
  protected nextLine(at: number): number {
    const next = this.code(at) === 13 && this.code(at + 1) === 10 ? at + 2 : at + 1;
    this.lineStart = next;
    return next;
  }

  /**
   * To the next word, over blanks, comments and line breaks. A tab is no indentation, but for comments
   * that follow a comment on a line of its own.
   */
  protected skip(): void {
    const { text } = this;
    const { length } = text;
    let at = this.pos;
    let comment = false;
    for (;;) {
      let code = at < length ? text.charCodeAt(at) : 0;
      while (code === space || (code === tab && (this.flowDepth > 0 || !this.keyAllowed))) {
        at++;
        code = at < length ? text.charCodeAt(at) : 0;
      }
      if (code === tab && comment) {
        at = this.nextComment(at);
        code = text.charCodeAt(at);
      }
      if (code === hash) {
        comment = this.keyAllowed;
        while (at < length && !isBreak(text.charCodeAt(at))) at++;
        code = at < length ? text.charCodeAt(at) : 0;
      }
      if (!isBreak(code)) break;
      at = this.nextLine(at);
      if (this.flowDepth === 0) this.keyAllowed = true;
    }
    this.pos = at;
  }

  /** The comment behind blanks and empty lines; `from` when there is none. */
  private nextComment(from: number): number {
    let at = from;
    while (isBlank(this.code(at)) || isBreak(this.code(at))) at++;
    if (this.code(at) !== hash) return from;
    this.lineStart = at;
    while (!isBreak(this.code(this.lineStart - 1))) this.lineStart--;
    return at;
  }

  /** Over blanks on the same line. */
  protected skipBlanks(): void {
    while (isBlank(this.code(this.pos))) this.pos++;
  }

  /** Whether a colon here makes a key of what began at `start` on the line `line`. */
  protected isKey(start: number, line: number): boolean {
    return (
      this.code(this.pos) === colon &&
      this.lineStart === line &&
      (this.flowDepth > 0 || isBlankOrEnd(this.code(this.pos + 1))) &&
      this.pos - start <= longestKey
    );
  }

  /** Reads a plain scalar and the white space behind it; returns where the scalar ends. */
  protected plain(): number {
    const { text } = this;
    const { length } = text;
    const flow = this.flowDepth > 0;
    let at = this.pos;
    let end = at;
    let crossed = false;
    scalar: for (;;) {
      if (at === this.lineStart && this.isMarker(at)) break;
      if (at < length && text.charCodeAt(at) === hash) break;
      let code = at < length ? text.charCodeAt(at) : 0;
      while (!isBlankOrEnd(code)) {
        if (code === colon && isBlankOrEnd(this.code(at + 1))) break scalar;
        if (flow && (isFlowIndicator(code) || (code === 63 && isBlankOrEnd(this.code(at + 1)))))
          break scalar;
        crossed = false;
        at++;
        code = at < length ? text.charCodeAt(at) : 0;
        end = at;
      }
      if (code === 0) break;
      while (isBlank(code) || isBreak(code)) {
        if (isBlank(code)) {
          if (crossed && code === tab && at - this.lineStart <= this.indent) this.fail(at);
          at++;
        } else {
          at = this.nextLine(at);
          crossed = true;
        }
        code = at < length ? text.charCodeAt(at) : 0;
      }
      if (!flow && at - this.lineStart <= this.indent) break;
    }
    this.pos = at;
    this.keyAllowed = crossed;
    this.contentEnd = end;
    return end;
  }

  /** Reads a quoted scalar; returns where it ends. */
  protected quoted(): number {
    const start = this.pos;
    const quote = this.code(start);
    const double = quote === 34;
    let at = start + 1;
    for (;;) {
      const code = this.code(at);
      if (code === quote) {
        if (double || this.code(at + 1) !== quote) break;
        at += 2;
      } else if (at >= this.text.length) {
        this.fail(start);
      } else if (isBreak(code)) {
        at = this.nextLine(at);
        if (this.isMarker(at)) this.fail(start);
      } else if (double && code === 92) {
        at = isBreak(this.code(at + 1)) ? at + 1 : this.escape(at);
      } else {
        at++;
      }
    }
    this.pos = at + 1;
    this.keyAllowed = false;
    this.contentEnd = this.pos;
    return this.pos;
  }

  /** Over an escape sequence. */
  private escape(at: number): number {
    const code = this.code(at + 1);
    const digits = code === 120 ? 2 : code === 117 ? 4 : code === 85 ? 8 : 0;
    if (digits === 0) {
      if (!"0abt\tnvfre \"'\\N_LP".includes(String.fromCharCode(code))) this.fail(at, at + 2);
      return at + 2;
    }
    for (let i = 2; i < digits + 2; i++) {
      if (!isHex(this.code(at + i))) this.fail(at, at + i);
    }
    const value = Number.parseInt(this.text.slice(at + 2, at + 2 + digits), 16);
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) this.fail(at, at + 2 + digits);
    return at + 2 + digits;
  }

  /** Reads a block scalar; returns its text. `contentEnd` is the end of its last line. */
  protected blockScalar(): string {
    const found = readBlockScalar(this.text, this.pos, this.indent);
    if (typeof found === "number") this.fail(found);
    this.pos = found.next;
    this.lineStart = found.lineStart;
    this.keyAllowed = true;
    this.contentEnd = found.end;
    return found.text;
  }

  protected startsPlain(): boolean {
    return canStartPlain(this.code(this.pos), this.code(this.pos + 1));
  }
}
