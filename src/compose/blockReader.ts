/** Mappings and lists by indentation, with recovery: what is no YAML costs the entry that it stands in. */
import { maxDepth } from "./limits";
import type { Key, Properties } from "./nodeReader";
import { colon, hash, isBlank, isBlankOrEnd, isBreak, space } from "./yamlCharacters";
import { LineReader } from "./lineReader";
import type { YamlMap, YamlNode, YamlPair, YamlSeq } from "./yamlNode";

const dash = 45;
const question = 63;
/** Errors that one file gives; behind the last, nothing is read. */
export const maxErrors = 50;
/** Stands in for a value that could not be read, as a template mark: nothing is said of what it is. */
const unreadable = "{{unreadable}}";

/** What `opening` found instead of a node: a block mapping whose first key has been read. */
export interface MappingAhead {
  readonly kind: "ahead";
  readonly column: number;
  /** Undefined at `? key`, which is still to be read. */
  readonly key: Key | undefined;
  readonly properties: Properties | undefined;
}

export class BlockReader extends LineReader {
  /** Errors so far. */
  protected errors = 0;

  /** Whether the collection around ends here or goes on with its next entry. */
  protected atBlockEnd(): boolean {
    return this.column() <= this.indent || this.atDocumentEnd();
  }

  /** Behind an entry: the next one, or what is around goes on, on a new line. */
  private expectEnd(): void {
    if (!this.atBlockEnd() || !(this.keyAllowed || this.atEnd())) this.fail(this.pos);
  }

  /** At a block scalar in the column of its key, which is allowed. */
  private atSideScalar(): boolean {
    const code = this.code(this.pos);
    return (code === 124 || code === 62) && this.column() === this.indent;
  }

  /** Reads a node below the collection around; `listAtSide`: a list may stand in its column, as below a key. */
  protected node(depth: number, listAtSide: boolean): YamlNode | undefined {
    if (this.atPlainKey(depth)) {
      return this.mapping(depth, {
        kind: "ahead",
        column: this.column(),
        key: undefined,
        properties: undefined,
      });
    }
    const found = this.opening(depth, listAtSide);
    return found?.kind === "ahead" ? this.mapping(depth, found) : found;
  }

  /** As `node`, but leaves a block mapping to the caller. */
  protected opening(depth: number, listAtSide: boolean): YamlNode | MappingAhead | undefined {
    let outer: Properties | undefined;
    let inner: Properties | undefined;
    let start = this.pos;
    let line = this.lineStart;
    let mayBeKey = this.keyAllowed;
    for (;;) {
      if (this.atBlockEnd() && !this.atSideScalar()) {
        const properties = this.joined(outer, inner);
        const side = listAtSide && this.column() === this.indent && !this.atDocumentEnd();
        if (side && this.atIndicator(dash)) return this.list(depth, properties);
        return properties && this.emptyNode(properties);
      }
      if (!this.atProperty()) break;
      inner = this.property(inner);
      this.skip();
      if (this.lineStart !== line) {
        outer = this.joined(outer, inner);
        inner = undefined;
        start = this.pos;
        line = this.lineStart;
        mayBeKey = true;
      }
    }
    this.limitDepth(depth);
    const code = this.code(this.pos);
    if (code === dash && this.atIndicator(dash)) {
      if (!this.keyAllowed) this.fail(this.pos);
      return this.list(depth, outer);
    }
    if (code === question && this.atIndicator(question)) {
      if (!this.keyAllowed) this.fail(this.pos);
      return { kind: "ahead", column: this.column(), key: undefined, properties: outer };
    }
    if (code === 124 || code === 62) {
      const from = this.pos;
      const properties = this.joined(outer, inner);
      return this.scalar("block", this.blockScalar(), from, properties);
    }
    const found = this.word(depth, inner, { start, line, mayBeKey, outer });
    return found.kind === "key"
      ? { kind: "ahead", column: start - line, key: found, properties: outer }
      : found;
  }

  /** Reads a block mapping, from behind its first key to the next word that is not part of it. */
  private mapping(depth: number, ahead: MappingAhead): YamlMap {
    const outer = this.indent;
    const definition = this.define(ahead.properties);
    const { column } = ahead;
    const pairs: YamlPair[] = [];
    const from = ahead.key?.from ?? this.pos;
    this.indent = column;
    let { key } = ahead;
    let to = from;
    do {
      const pair = this.entry(depth, key);
      key = undefined;
      if (!pair) continue;
      pairs.push(pair);
      to = pair.place.to;
    } while (this.column() === column && !this.atDocumentEnd());
    this.indent = outer;
    if (pairs.length > 1) this.checkKeys(pairs);
    const node: YamlMap = {
      kind: "map",
      tag: ahead.properties?.tag,
      flow: false,
      indent: column,
      place: this.place(from, to),
      pairs,
    };
    if (definition) definition.node = node;
    return node;
  }

  /**
   * Reads one entry of the block mapping in the column `indent`, to the next word behind it. Undefined
   * when there is no key to be made out.
   */
  protected entry(depth: number, first: Key | undefined): YamlPair | undefined {
    const from = first?.from ?? this.pos;
    const column = this.indent;
    let key = first;
    let colonEnd = 0;
    let pair: YamlPair | undefined;
    try {
      if (key) {
        colonEnd = this.behindColon();
      } else if (this.atIndicator(question)) {
        key = this.explicitKey(depth);
        this.skip();
        colonEnd = key.to;
        if (this.column() === column && this.atIndicator(colon) && !this.atDocumentEnd()) {
          colonEnd = this.behindColon(true);
        } else {
          pair = this.pairOf(key, from, colonEnd, undefined);
        }
      } else {
        const line = this.plainLine(depth);
        if (line && "place" in line) return line;
        key = line ?? this.simpleKey(depth);
        colonEnd = line ? this.contentEnd : this.behindColon();
      }
      if (!pair) {
        this.skip();
        const value = this.node(depth + 1, true);
        pair = this.pairOf(key, from, this.contentEnd, value);
      }
      this.skip();
      this.expectEnd();
    } catch (error) {
      if (!this.isFailure(error)) throw error;
      this.recover(column, from);
      if (key && !pair) {
        const to = Math.max(colonEnd, key.to);
        const text = this.scalarAt("plain", unreadable, to, to, undefined);
        pair = this.pairOf(key, from, to, text);
      }
    }
    return pair;
  }

  /** Over the colon of a key. */
  private behindColon(explicit = false): number {
    this.pos++;
    this.contentEnd = this.pos;
    this.keyAllowed = false;
    if (explicit) this.allowKey();
    return this.contentEnd;
  }

  /** Behind `? ` or its colon: no tab may indent what follows, but one may stand before a comment. */
  private allowKey(): void {
    let at = this.pos;
    while (isBlank(this.code(at))) at++;
    if (this.code(at) === hash) this.pos = at;
    this.keyAllowed = true;
  }

  /** Reads `? key`. */
  private explicitKey(depth: number): Key {
    this.pos++;
    this.contentEnd = this.pos;
    this.allowKey();
    this.skip();
    const from = this.atBlockEnd() ? this.contentEnd : this.pos;
    const node = this.node(depth + 1, true);
    const to = Math.max(from, this.contentEnd);
    return { kind: "key", text: this.keyText(node, from, to), from, to };
  }

  /** Reads a block list whose first dash is here. */
  private list(depth: number, properties: Properties | undefined): YamlSeq {
    this.limitDepth(depth);
    const outer = this.indent;
    const column = this.column();
    const definition = this.define(properties);
    const from = this.pos;
    const items: YamlNode[] = [];
    let to = from;
    this.indent = column;
    do {
      const item = this.item(depth);
      if (item) items.push(item);
      to = Math.max(to, this.contentEnd);
    } while (this.column() === column && !this.atDocumentEnd() && this.goesOn(outer));
    this.indent = outer;
    const place = this.place(from, to);
    const node: YamlSeq = { kind: "seq", tag: properties?.tag, flow: false, place, items };
    if (definition) definition.node = node;
    return node;
  }

  /** In the column of a list's dashes: another dash, or the end of a list that stands at the side of its key. */
  private goesOn(outer: number): boolean {
    return this.atIndicator(dash) || outer !== this.indent;
  }

  private item(depth: number): YamlNode | undefined {
    const line = this.plainItem(depth);
    if (line) return line;
    const from = this.pos;
    const column = this.indent;
    let item: YamlNode | undefined;
    try {
      if (!this.atIndicator(dash)) this.fail(from);
      this.pos++;
      this.contentEnd = this.pos;
      this.keyAllowed = true;
      this.skip();
      item = this.node(depth + 1, false) ?? this.nothing();
      this.skip();
      this.expectEnd();
    } catch (error) {
      if (!this.isFailure(error)) throw error;
      this.recover(column, from);
    }
    return item;
  }

  /** Records the failure and goes on at the next line, behind that of `from`, that is not indented further than `column`. */
  protected recover(column: number, from: number): void {
    const tooDeep = this.tooDeep;
    this.tooDeep = false;
    const message = tooDeep
      ? `Nested deeper than ${maxDepth} levels; the rest is not read.`
      : "This is not valid YAML: Compose cannot read the file.";
    this.problem(tooDeep ? "limit" : "syntax", message, this.failedAt, this.failedTo);
    this.flowDepth = 0;
    this.indent = column;
    this.keyAllowed = true;
    this.contentEnd = Math.max(from, Math.min(this.failedTo, this.lineEndOf(from)));
    if (++this.errors < maxErrors) this.pos = this.lineAtMost(column, from);
    else this.pos = this.lineStart = this.text.length;
  }

  protected lineEndOf(at: number): number {
    let end = at;
    while (end < this.text.length && !isBreak(this.code(end))) end++;
    return end;
  }

  /** First word of the next line behind that of `from` with at most `column` columns before it. */
  private lineAtMost(column: number, from: number): number {
    let at = from;
    for (;;) {
      at = this.lineEndOf(at);
      if (at >= this.text.length) {
        this.lineStart = at;
        return at;
      }
      at = this.nextLine(at);
      let word = at;
      while (word - at <= column && this.code(word) === space) word++;
      const code = this.code(word);
      if (word - at <= column && code !== hash && !isBlankOrEnd(code)) return word;
      at = word;
    }
  }
}
