/** Block scalars, `|` and `>` (YAML 1.2.2 section 8.1), with the indentation that Compose's scanner finds. */
import { hash, isBlank, isBreak, isDigit, space, tab } from "./yamlCharacters";

export interface BlockScalar {
  readonly text: string;
  /** Of the last line that is not empty, or of the header. */
  readonly end: number;
  /** Where reading goes on: the first word of the next line that does not belong to it. */
  readonly next: number;
  readonly lineStart: number;
}

interface Header {
  readonly chomping: "strip" | "clip" | "keep";
  /** Columns more than the collection around has; 0 when the first line decides. */
  readonly increment: number;
  /** The line break behind it, or the text's end. */
  readonly end: number;
  /** Behind the indicators. */
  readonly shown: number;
}

/** `outer` is the column of the collection around, -1 at the top. A number is the offset of an error. */
export function readBlockScalar(text: string, from: number, outer: number): BlockScalar | number {
  const header = readHeader(text, from);
  if (typeof header === "number") return header;
  return new BlockScalarReader(text, from, outer, header).read();
}

function readHeader(text: string, from: number): Header | number {
  let at = from + 1;
  let chomping: Header["chomping"] | undefined;
  let increment = 0;
  for (;;) {
    const code = codeAt(text, at);
    if (chomping === undefined && (code === 43 || code === 45)) {
      chomping = code === 43 ? "keep" : "strip";
    } else if (increment === 0 && isDigit(code)) {
      if (code === 48) return from;
      increment = code - 48;
    } else {
      break;
    }
    at++;
  }
  const shown = at;
  while (isBlank(codeAt(text, at))) at++;
  if (codeAt(text, at) === hash) while (at < text.length && !isBreak(codeAt(text, at))) at++;
  if (at < text.length && !isBreak(codeAt(text, at))) return from;
  return { chomping: chomping ?? "clip", increment, end: at, shown };
}

class BlockScalarReader {
  private readonly text: string;
  private readonly outer: number;
  private readonly header: Header;
  private readonly folded: boolean;
  private at: number;
  private lineStart: number;
  private indent: number;
  private breaks = "";
  private failed: number | undefined;

  constructor(text: string, from: number, outer: number, header: Header) {
    this.text = text;
    this.outer = outer;
    this.header = header;
    this.folded = codeAt(text, from) === 62;
    this.indent = header.increment > 0 ? Math.max(outer, 0) + header.increment : 0;
    this.at = header.end;
    this.lineStart = from;
  }

  read(): BlockScalar | number {
    if (this.at < this.text.length) this.lineBreak();
    let text = "";
    let end = this.header.shown;
    let lastBreak = "";
    let wasBlank = false;
    this.emptyLines();
    while (this.at < this.text.length && this.at - this.lineStart === this.indent) {
      const blank = isBlank(codeAt(this.text, this.at));
      if (this.folded && lastBreak === "\n" && !wasBlank && !blank) {
        text += this.breaks === "" ? " " : this.breaks;
      } else {
        text += lastBreak + this.breaks;
      }
      wasBlank = blank;
      const start = this.at;
      while (this.at < this.text.length && !isBreak(codeAt(this.text, this.at))) this.at++;
      end = this.at;
      text += this.text.slice(start, end);
      lastBreak = this.at < this.text.length ? this.lineBreak() : "";
      this.emptyLines();
    }
    if (this.failed !== undefined) return this.failed;
    if (this.header.chomping !== "strip") text += lastBreak;
    if (this.header.chomping === "keep") text += this.breaks;
    return { text, end, next: this.at, lineStart: this.lineStart };
  }

  /** Goes over a line break; what it is in the scalar. */
  private lineBreak(): string {
    const code = codeAt(this.text, this.at);
    this.at += code === 13 && codeAt(this.text, this.at + 1) === 10 ? 2 : 1;
    this.lineStart = this.at;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : "\n";
  }

  /** Over empty lines and the indentation behind them; finds the indentation when it is not known yet. */
  private emptyLines(): void {
    this.breaks = "";
    let deepest = 0;
    for (;;) {
      const open = () => this.indent === 0 || this.at - this.lineStart < this.indent;
      while (open() && codeAt(this.text, this.at) === space) this.at++;
      deepest = Math.max(deepest, this.at - this.lineStart);
      if (open() && codeAt(this.text, this.at) === tab) this.failed ??= this.at;
      if (this.at >= this.text.length || !isBreak(codeAt(this.text, this.at))) break;
      this.breaks += this.lineBreak();
    }
    if (this.indent === 0) this.indent = Math.max(deepest, this.outer + 1, 1);
  }
}

function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}
