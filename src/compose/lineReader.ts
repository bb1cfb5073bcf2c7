/**
 * Lines with nothing special about them, which most of a file are, read at once: `key: text`,
 * `key: "text"`, `key:` and `- text`. Comes to the same as the way through all the words, which whatever
 * does not match takes.
 */
import { maxDepth } from "./limits";
import type { Key } from "./nodeReader";
import { WordReader } from "./wordReader";
import type { YamlNode, YamlPair } from "./yamlNode";

const name = "[A-Za-z_][A-Za-z0-9_.-]{0,200}";
/** Printable ASCII that neither ends a plain scalar nor begins a comment. */
const word = '(?:[!"$-9;-~]|:(?=[!-~]))';
const plain = `[A-Za-z0-9_./$(]${word}*(?: +${word}+)*`;
const quoted = '"([ !#-[\\]-~]*)"';
/** The line break, and what is before the first word of the next line. */
const end = '\\n( *)(?=([!"$-~]))';
const keyLine = new RegExp(`(${name}):(?: +(?:(${plain})|${quoted}))?${end}`, "y");
const itemLine = new RegExp(`- (${plain})${end}`, "y");
const keyAhead = new RegExp(`${name}:[ \\n]`, "y");
/** What goes on below a key without a value though it is not indented, or ends the document. */
const beside = "-|>%";

export class LineReader extends WordReader {
  /** Reads the line of an entry: to its end, or only the key where the value is on the lines below. */
  protected plainLine(depth: number): YamlPair | Key | undefined {
    keyLine.lastIndex = this.pos;
    const found = depth < maxDepth ? keyLine.exec(this.text) : null;
    if (!found) return undefined;
    const [line, text = "", bare, inQuotes, blanks = "", next = ""] = found;
    const from = this.pos;
    const to = from + text.length;
    const empty = bare === undefined && inQuotes === undefined;
    const deeper = blanks.length > this.indent;
    if (empty ? !deeper && beside.includes(next) : deeper) return undefined;
    const lineEnd = from + line.length - blanks.length - 1;
    this.toNextLine(lineEnd, from + line.length);
    const key = this.slice(from, to);
    if (empty) {
      this.contentEnd = to + 1;
      if (deeper) return { kind: "key", text: key, from, to };
    }
    return {
      key,
      keyPlace: this.place(from, to),
      place: this.place(from, this.contentEnd),
      value: empty ? undefined : this.lineValue(bare, inQuotes ?? "", lineEnd),
    };
  }

  /** Reads an item of a list that is one line. */
  protected plainItem(depth: number): YamlNode | undefined {
    itemLine.lastIndex = this.pos;
    const found = depth < maxDepth ? itemLine.exec(this.text) : null;
    if (!found) return undefined;
    const [line, text = "", blanks = ""] = found;
    if (blanks.length > this.indent) return undefined;
    const next = this.pos + line.length;
    const lineEnd = next - blanks.length - 1;
    this.toNextLine(lineEnd, next);
    return this.lineValue(text, "", lineEnd);
  }

  /** Whether a block mapping that begins with a plain key is what stands here. */
  protected atPlainKey(depth: number): boolean {
    if (!this.keyAllowed || depth > maxDepth || this.column() <= this.indent) return false;
    keyAhead.lastIndex = this.pos;
    return keyAhead.test(this.text);
  }

  private lineValue(bare: string | undefined, inQuotes: string, to: number): YamlNode {
    if (bare !== undefined) {
      const from = to - bare.length;
      return this.scalarAt("plain", this.slice(from, to), from, to, undefined);
    }
    const from = to - inQuotes.length - 2;
    return this.scalarAt("double", this.slice(from + 1, to - 1), from, to, undefined);
  }

  /** Behind the line that ends at `lineEnd`, at the first word of the next one. */
  private toNextLine(lineEnd: number, next: number): void {
    this.pos = next;
    this.lineStart = lineEnd + 1;
    this.keyAllowed = true;
    this.contentEnd = lineEnd;
  }

  protected pairOf(key: Key, from: number, to: number, value: YamlNode | undefined): YamlPair {
    return {
      key: key.text,
      keyPlace: this.place(key.from, key.to),
      place: this.place(from, to),
      value,
    };
  }
}
