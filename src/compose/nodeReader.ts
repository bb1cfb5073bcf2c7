/** From words to nodes: scalars and aliases, with their anchors and tags. */
import { duplicateKey } from "./duplicateKey";
import { BeyondLimit, maxDepth, maxEntries, mostEntries } from "./limits";
import { type Place, type Region, RegionPlace } from "./place";
import { PropertyScanner } from "./propertyScanner";
import type { ReadProblem } from "./project";
import { plainText, quotedText } from "./scalarText";
import { isBreak } from "./yamlCharacters";
import type { AnchorDefinition, YamlNode, YamlPair, YamlScalar } from "./yamlNode";
import { failure } from "./yamlScanner";

/** `&name` and `!tag` before a node. */
export interface Properties {
  readonly from: number;
  readonly anchor: { readonly from: number; readonly to: number } | undefined;
  readonly tag: string | undefined;
}

/** A key as read. */
export interface Key {
  readonly kind: "key";
  /** Complex keys have an empty one. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const ampersand = 38;
const exclamation = 33;

export class NodeReader extends PropertyScanner {
  protected region: Region;
  protected anchors: AnchorDefinition[] = [];
  protected problems: ReadProblem[] = [];
  /** Keys and list items so far. */
  protected entryCount = 0;
  private readonly partCounts = { services: 0, networks: 0 };
  /** The failure that was thrown last is no fault of the text: it goes deeper than is read. */
  protected tooDeep = false;
  private readonly detach: boolean;

  /**
   * `detach`: copies texts out of the file. What engines cut from a string keeps all of it in memory:
   * with edits in many places, many states of the file.
   */
  constructor(text: string, path: string, detach: boolean) {
    super(text);
    this.region = { path, start: 0 };
    this.detach = detach;
  }

  protected place(from: number, to: number): RegionPlace {
    return new RegionPlace(this.region, from - this.region.start, to - this.region.start);
  }

  protected slice(from: number, to: number): string {
    const text = this.text.slice(from, to);
    return this.detach ? ` ${text}`.slice(1) : text;
  }

  protected problem(code: ReadProblem["code"], message: string, from: number, to: number): void {
    this.problems.push({ code, message, place: this.place(from, to) });
  }

  protected limitDepth(depth: number): void {
    if (depth <= maxDepth) return;
    this.tooDeep = true;
    this.fail(this.pos);
  }

  /** Counts keys or items of a list. */
  protected countEntries(count: number): void {
    this.entryCount += count;
    if (this.entryCount > maxEntries) {
      throw new BeyondLimit(maxEntries, "keys and list items", this.pos);
    }
  }

  /** Counts a service or a network. */
  protected countPart(section: string, at: number): void {
    if (section !== "services" && section !== "networks") return;
    const most = mostEntries[section];
    if (++this.partCounts[section] > most) throw new BeyondLimit(most, section, at);
  }

  protected atProperty(): boolean {
    const code = this.code(this.pos);
    return code === ampersand || code === exclamation;
  }

  /** Reads one anchor or tag and adds it to those before; two of a kind are no YAML. */
  protected property(before: Properties | undefined): Properties {
    const from = this.pos;
    const start = before?.from ?? from;
    if (this.code(from) === ampersand) {
      if (before?.anchor) this.fail(from);
      return { from: start, anchor: { from, to: this.anchor() }, tag: before?.tag };
    }
    if (before?.tag !== undefined) this.fail(from);
    return { from: start, anchor: before?.anchor, tag: this.slice(from, this.tag()) };
  }

  protected joined(outer: Properties | undefined, inner: Properties | undefined) {
    if (!outer || !inner) return outer ?? inner;
    if ((outer.anchor && inner.anchor) || (outer.tag !== undefined && inner.tag !== undefined))
      this.fail(inner.from);
    return {
      from: outer.from,
      anchor: outer.anchor ?? inner.anchor,
      tag: outer.tag ?? inner.tag,
    };
  }

  /** Puts the anchor on record; the node follows when it has been read. */
  protected define(properties: Properties | undefined): { node: YamlNode | undefined } | undefined {
    if (!properties?.anchor) return undefined;
    const { from, to } = properties.anchor;
    const definition: AnchorDefinition & { node: YamlNode | undefined } = {
      name: this.slice(from + 1, to),
      place: this.place(from, to),
      node: undefined,
    };
    this.anchors.push(definition);
    return definition;
  }

  /** What stands for nothing: undefined, or an empty text when there is a tag. */
  protected emptyNode(properties: Properties | undefined): YamlScalar | undefined {
    const definition = this.define(properties);
    if (properties?.tag === undefined) return undefined;
    const place = this.place(properties.from, this.contentEnd);
    const { tag } = properties;
    const node: YamlScalar = { kind: "scalar", style: "plain", text: "", tag, place };
    if (definition) definition.node = node;
    return node;
  }

  /** An item of a list that nothing is written of. */
  protected nothing(): YamlScalar {
    const place = this.place(this.contentEnd, this.contentEnd);
    return { kind: "scalar", style: "plain", text: "", tag: undefined, place };
  }

  /** The node that the words read since `from` make, with its properties. */
  protected scalar(
    style: YamlScalar["style"],
    text: string,
    from: number,
    properties: Properties | undefined,
  ): YamlScalar {
    const definition = this.define(properties);
    const node: YamlScalar = {
      kind: "scalar",
      style,
      text,
      tag: properties?.tag,
      place: this.place(from, this.contentEnd),
    };
    if (definition) definition.node = node;
    return node;
  }

  /** The text of a plain scalar. */
  protected plainText(from: number, to: number): string {
    return plainText(this.slice(from, to));
  }

  protected quotedStyle(from: number): "single" | "double" {
    return this.code(from) === 39 ? "single" : "double";
  }

  /** Reads a quoted scalar to its text. */
  protected quotedText(from: number): string {
    return quotedText(this.slice(from, this.quoted()));
  }

  /** Reads `*name`. */
  protected alias(): YamlNode {
    const from = this.pos;
    const to = this.anchor();
    return {
      kind: "alias",
      tag: undefined,
      place: this.place(from, to),
      name: this.slice(from + 1, to),
    };
  }

  /** Goes over an unquoted template mark, `{{ name }}`: a text that is not known yet, no mapping. */
  protected template(): boolean {
    if (this.code(this.pos + 1) !== 123) return false;
    let at = this.pos;
    while (!(this.code(at) === 125 && this.code(at + 1) === 125)) {
      if (at >= this.text.length || isBreak(this.code(at))) return false;
      at++;
    }
    this.pos = at + 2;
    this.plain();
    return true;
  }

  /** The text of a key that was read as a node. */
  protected keyText(node: YamlNode | undefined, from: number, to: number): string {
    if (node === undefined || node.kind === "scalar") return node?.text ?? "";
    if (node.kind !== "alias") {
      const message = "A list or a mapping cannot be a key: Compose refuses the file.";
      this.problem("syntax", message, from, to);
    }
    return "";
  }

  protected checkKeys(pairs: readonly YamlPair[]): void {
    if (pairs.length <= 8 && !this.hasDoubles(pairs)) return;
    const seen = new Map<string, Place>();
    for (const { key, keyPlace } of pairs) {
      const first = seen.get(key);
      if (first && key !== "") this.problems.push(duplicateKey(key, keyPlace, first));
      else seen.set(key, keyPlace);
    }
  }

  private hasDoubles(pairs: readonly YamlPair[]): boolean {
    for (let index = 1; index < pairs.length; index++) {
      const key = pairs[index]?.key;
      for (let before = 0; before < index; before++) {
        if (pairs[before]?.key === key) return true;
      }
    }
    return false;
  }

  protected isFailure(error: unknown): boolean {
    return error === failure;
  }
}
