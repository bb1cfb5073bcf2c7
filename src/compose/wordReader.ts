/** What stands on one line in a block: a key with its colon, or a node that is none. */
import { FlowReader } from "./flowReader";
import type { Key, Properties } from "./nodeReader";
import { colon, isBlankOrEnd } from "./yamlCharacters";
import type { YamlNode, YamlScalar } from "./yamlNode";

const dash = 45;

/** Where a word began, its properties included, and what of them is not its own if it is a key. */
interface WordStart {
  readonly start: number;
  readonly line: number;
  readonly mayBeKey: boolean;
  readonly outer: Properties | undefined;
}

export class WordReader extends FlowReader {
  protected column(): number {
    return this.pos - this.lineStart;
  }

  /** At `-`, `?` or `:` with a blank behind it. */
  protected atIndicator(code: number): boolean {
    return this.code(this.pos) === code && isBlankOrEnd(this.code(this.pos + 1));
  }

  /** Reads a scalar, an alias or a flow collection: a key if a colon follows on its line. */
  protected word(
    depth: number,
    inner: Properties | undefined,
    { start, line, mayBeKey, outer }: WordStart,
  ): YamlNode | Key {
    const from = this.pos;
    const code = this.code(from);
    const node = this.wordNode(depth, code, inner !== undefined && mayBeKey);
    if (mayBeKey && this.isKey(start, line)) return this.keyOf(node, inner, start, from);
    if (node === undefined) this.fail(from);
    const properties = this.joined(outer, inner);
    if (typeof node === "string") {
      const style = code === 39 ? "single" : code === 34 ? "double" : "plain";
      return this.scalar(style, node, from, properties);
    }
    if (!properties) return node;
    if (node.kind === "alias") this.fail(from);
    const definition = this.define(properties);
    const tagged = { ...node, tag: properties.tag };
    if (definition) definition.node = tagged;
    return tagged;
  }

  /** The text of a scalar, another node, or undefined where only properties stand. */
  private wordNode(depth: number, code: number, empty: boolean): string | YamlNode | undefined {
    const from = this.pos;
    switch (code) {
      case 42: {
        const alias = this.alias();
        this.skipBlanks();
        return alias;
      }
      case 39:
      case 34: {
        const text = this.quotedText(from);
        this.skipBlanks();
        return text;
      }
      case 123:
      case 91: {
        if (code === 123 && this.template()) return this.plainText(from, this.contentEnd);
        const node = this.flowCollection(depth, undefined);
        this.skipBlanks();
        return node;
      }
      default:
        if (empty && this.atIndicator(colon)) return undefined;
        if (!this.startsPlain()) this.fail(from);
        return this.plainText(from, this.plain());
    }
  }

  private keyOf(
    node: string | YamlNode | undefined,
    properties: Properties | undefined,
    start: number,
    from: number,
  ): Key {
    const to = this.contentEnd;
    if (properties) {
      if (typeof node === "object" && node.kind === "alias") this.fail(from);
      const definition = this.define(properties);
      if (definition && node !== undefined) {
        definition.node =
          typeof node === "string" ? this.scalarAt("plain", node, from, to, properties.tag) : node;
      }
    }
    const text = typeof node === "string" ? node : this.keyText(node, start, to);
    return { kind: "key", text, from: start, to };
  }

  protected scalarAt(
    style: YamlScalar["style"],
    text: string,
    from: number,
    to: number,
    tag: string | undefined,
  ): YamlScalar {
    return { kind: "scalar", style, text, tag, place: this.place(from, to) };
  }

  /** Reads a key that stands before its colon on one line. */
  protected simpleKey(depth: number): Key {
    const start = this.pos;
    const line = this.lineStart;
    let properties: Properties | undefined;
    while (this.atProperty()) {
      properties = this.property(properties);
      this.skip();
    }
    if (this.lineStart !== line || this.atIndicator(dash)) this.fail(start);
    const found = this.word(depth, properties, { start, line, mayBeKey: true, outer: undefined });
    if (found.kind !== "key") this.fail(start);
    return found;
  }
}
