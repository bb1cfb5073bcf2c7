/**
 * Lines with nothing special about them, which most of a file are, read at once: `key: text`,
 * `key: "text"`, `key:` and `- text`. Comes to the same as the way through all the words, which whatever
 * does not match takes.
 */
import { maxDepth } from "./limits";
import type { Key } from "./nodeReader";
import { WordReader } from "./wordReader";
import { space } from "./yamlCharacters";
import type { YamlNode, YamlPair } from "./yamlNode";

const name = "[A-Za-z_][A-Za-z0-9_.-]{0,200}";
/** Printable ASCII that neither ends a plain scalar nor begins a comment. */
const word = '(?:[!"$-9;-~]|:(?=[!-~]))';
/** Of so many words only: where what follows does not fit, all of them are tried once more. */
const plain = `[A-Za-z0-9_./$(]${word}*(?: +${word}+){0,50}`;
const quoted = '"[ !#-[\\]-~]*"';
/** The line break, and what is before the first word of the next line. */
const end = '\\n *(?=[!"$-~])';
const keyLine = new RegExp(`${name}:(?: +(?:${plain}|${quoted}))?${end}`, "y");
const itemLine = new RegExp(`- ${plain}${end}`, "y");
const keyAhead = new RegExp(`${name}:[ \\n]`, "y");
/** What goes on below a key without a value though it is not indented, or ends the document. */
const beside = "-|>%";
const quote = 34;

export class LineReader extends WordReader {
  /** Reads the line of an entry: to its end, or only the key where the value is on the lines below. */
  protected plainLine(depth: number): YamlPair | Key | undefined {
    const { text, pos: from, indent } = this;
    keyLine.lastIndex = from;
    // What was found where is looked for again: the list of its parts would cost more than all else.
    if (depth >= maxDepth || !keyLine.test(text)) return undefined;
    const next = keyLine.lastIndex;
    const to = text.indexOf(":", from);
    const lineEnd = text.indexOf("\n", to);
    const empty = lineEnd === to + 1;
    const deeper = next - lineEnd - 1 > indent;
    if (empty ? !deeper && beside.includes(text.charAt(next)) : deeper) return undefined;
    this.toNextLine(lineEnd, next);
    const key = this.slice(from, to);
    if (!empty || !deeper) this.countEntries(1);
    if (empty && deeper) return { kind: "key", text: key, from, to };
    const keyPlace = this.place(from, to);
    const place = this.place(from, lineEnd);
    return { key, keyPlace, place, value: empty ? undefined : this.lineValue(to + 1, lineEnd) };
  }

  /** Reads an item of a list that is one line. */
  protected plainItem(depth: number): YamlNode | undefined {
    const { text, pos } = this;
    this.countEntries(1);
    itemLine.lastIndex = pos;
    if (depth >= maxDepth || !itemLine.test(text)) return undefined;
    const next = itemLine.lastIndex;
    const lineEnd = text.indexOf("\n", pos);
    if (next - lineEnd - 1 > this.indent) return undefined;
    this.toNextLine(lineEnd, next);
    return this.lineValue(pos + 1, lineEnd);
  }

  /** Whether a block mapping that begins with a plain key is what stands here. */
  protected atPlainKey(depth: number): boolean {
    if (!this.keyAllowed || depth > maxDepth || this.column() <= this.indent) return false;
    keyAhead.lastIndex = this.pos;
    return keyAhead.test(this.text);
  }

  /** The scalar behind some blanks at `start`, to the end of its line. */
  private lineValue(start: number, to: number): YamlNode {
    let from = start;
    while (this.text.charCodeAt(from) === space) from++;
    if (this.text.charCodeAt(from) === quote) {
      return this.scalarAt("double", this.slice(from + 1, to - 1), from, to, undefined);
    }
    return this.scalarAt("plain", this.slice(from, to), from, to, undefined);
  }

  /** Behind the line that ends at `lineEnd`, at the first word of the next one. */
  private toNextLine(lineEnd: number, next: number): void {
    this.pos = next;
    this.lineStart = lineEnd + 1;
    this.keyAllowed = true;
    this.contentEnd = lineEnd;
  }

  protected pairOf(key: Key, from: number, to: number, value: YamlNode | undefined): YamlPair {
    this.countEntries(1);
    return {
      key: key.text,
      keyPlace: this.place(key.from, key.to),
      place: this.place(from, to),
      value,
    };
  }
}
