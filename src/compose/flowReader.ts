/** Collections in brackets and braces. */
import { BeyondLimit, mostInBrackets } from "./limits";
import { NodeReader, type Properties } from "./nodeReader";
import { colon, isBlankOrEnd } from "./yamlCharacters";
import type { YamlMap, YamlNode, YamlPair, YamlSeq } from "./yamlNode";

/** Where an item of a list or a pair of a mapping began. */
interface FlowStart {
  readonly from: number;
  readonly line: number;
  readonly mayBeKey: boolean;
  /** With `?` before the key. */
  readonly explicit: boolean;
  readonly keyFrom: number;
}

const asterisk = 42;

export class FlowReader extends NodeReader {
  /** Reads a list in brackets or a mapping in braces. */
  protected flowCollection(depth: number, properties: Properties | undefined): YamlNode {
    this.limitDepth(depth);
    const definition = this.define(properties);
    const from = this.pos;
    const list = this.code(from) === 91;
    this.pos++;
    this.flowDepth++;
    this.keyAllowed = true;
    const items: YamlNode[] = [];
    const pairs: YamlPair[] = [];
    const end = list ? 93 : 125;
    this.skip();
    for (let first = true; this.code(this.pos) !== end; first = false) {
      if (!first) {
        this.expectFlow(44);
        if (this.code(this.pos) === end) break;
      }
      this.countEntries(1);
      if (items.length + pairs.length >= mostInBrackets) {
        throw new BeyondLimit(mostInBrackets, "items in one pair of brackets", this.pos);
      }
      if (!list) pairs.push(this.flowPair(depth));
      else {
        items.push(this.flowItem(depth) ?? this.nothing());
      }
    }
    this.pos++;
    this.flowDepth--;
    this.keyAllowed = false;
    this.contentEnd = this.pos;
    const tag = properties?.tag;
    const place = this.place(from, this.pos);
    const node: YamlMap | YamlSeq = list
      ? { kind: "seq", tag, flow: true, place, items }
      : { kind: "map", tag, flow: true, indent: 0, place, pairs };
    if (pairs.length > 1) this.checkKeys(pairs);
    if (definition) definition.node = node;
    return node;
  }

  private expectFlow(code: number): void {
    if (this.code(this.pos) !== code) this.fail(this.pos, this.atEnd() ? this.pos : this.pos + 1);
    this.pos++;
    this.keyAllowed = true;
    this.skip();
  }

  /** One item of a list; `a: b` is a mapping of its own there. */
  private flowItem(depth: number): YamlNode | undefined {
    const start = this.flowStart();
    // go-yaml stumbles over `[? ]` and `[? : x]`, which YAML would allow.
    if (start.explicit && this.flowEnds()) this.fail(start.from);
    const node = this.flowNodeOrNothing(depth + 1, start);
    if (!start.explicit && !this.isFlowKey(start)) return node;
    const pair = this.flowPairOf(depth + 1, start, node);
    const place = this.place(start.from, this.contentEnd);
    return { kind: "map", tag: undefined, flow: true, indent: 0, place, pairs: [pair] };
  }

  private flowPair(depth: number): YamlPair {
    const start = this.flowStart();
    return this.flowPairOf(depth, start, this.flowNodeOrNothing(depth + 1, start));
  }

  private flowStart(): FlowStart {
    const from = this.pos;
    const { lineStart: line, keyAllowed: mayBeKey } = this;
    const explicit = this.code(from) === 63 && isBlankOrEnd(this.code(from + 1));
    if (explicit) {
      this.pos++;
      this.contentEnd = this.pos;
      this.keyAllowed = false;
      this.skip();
    }
    return { from, line, mayBeKey, explicit, keyFrom: this.pos };
  }

  private flowNodeOrNothing(depth: number, { explicit }: FlowStart): YamlNode | undefined {
    const nothing = this.flowEnds();
    if (nothing && !explicit) this.fail(this.pos, this.pos + 1);
    const node = nothing ? undefined : this.flowNode(depth);
    this.skip();
    return node;
  }

  private isFlowKey({ from, line, mayBeKey, explicit }: FlowStart): boolean {
    if (explicit) return this.code(this.pos) === colon;
    return mayBeKey && this.isKey(from, line);
  }

  private flowPairOf(depth: number, start: FlowStart, node: YamlNode | undefined): YamlPair {
    const { from, keyFrom } = start;
    const keyTo = Math.max(keyFrom, this.contentEnd);
    let value: YamlNode | undefined;
    if (this.isFlowKey(start)) {
      this.pos++;
      this.contentEnd = this.pos;
      this.keyAllowed = false;
      this.skip();
      if (!this.flowEnds()) value = this.flowNode(depth + 1);
    }
    const place = this.place(from, this.contentEnd);
    this.skip();
    const key = this.keyText(node, keyFrom, keyTo);
    return { key, keyPlace: this.place(keyFrom, keyTo), place, value };
  }

  /** Whether a node ends here before it has begun. */
  private flowEnds(): boolean {
    const code = this.code(this.pos);
    return code === colon || code === 44 || code === 93 || code === 125;
  }

  private flowNode(depth: number): YamlNode | undefined {
    this.limitDepth(depth);
    if (this.atDocumentEnd()) this.fail(this.pos);
    let properties: Properties | undefined;
    while (this.atProperty()) {
      properties = this.property(properties);
      this.skip();
    }
    if (properties && this.flowEnds()) return this.emptyNode(properties);
    const from = this.pos;
    const code = this.code(from);
    switch (code) {
      case asterisk:
        if (properties) this.fail(from);
        return this.alias();
      case 39:
      case 34:
        return this.scalar(this.quotedStyle(from), this.quotedText(from), from, properties);
      case 123:
        if (this.template()) {
          return this.scalar("plain", this.plainText(from, this.contentEnd), from, properties);
        }
        return this.flowCollection(depth, properties);
      case 91:
        return this.flowCollection(depth, properties);
      default: {
        if (!this.startsPlain() || code === colon) this.fail(from, from + 1);
        const to = this.plain();
        return this.scalar("plain", this.plainText(from, to), from, properties);
      }
    }
  }
}
