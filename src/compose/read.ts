/** From the syntax tree to YAML content, with places relative to a region. */
import type { SyntaxNode } from "@lezer/common";
import { maxDepth } from "./limits";
import { type Region, RegionPlace } from "./place";
import { blockText, plainText, quotedText } from "./scalarText";
import type { ReadProblem } from "./project";
import type {
  AnchorDefinition,
  YamlMap,
  YamlNode,
  YamlPair,
  YamlScalar,
  YamlSeq,
} from "./yamlNode";

/** What reading one region gives, besides the content. */
export interface ReadResult {
  readonly anchors: AnchorDefinition[];
  readonly problems: ReadProblem[];
}

/** Reads a `Pair` of the syntax tree. */
export function readPair(
  node: SyntaxNode,
  text: string,
  region: Region,
  result: ReadResult,
): YamlPair {
  return new Reader(text, region, result).pair(node, 0);
}

/** Reads any value node of the syntax tree. */
export function readValue(
  node: SyntaxNode,
  text: string,
  region: Region,
  result: ReadResult,
): YamlNode | undefined {
  return new Reader(text, region, result).value(node, undefined, 0);
}

class Reader {
  private readonly text: string;
  private readonly region: Region;
  private readonly result: ReadResult;

  constructor(text: string, region: Region, result: ReadResult) {
    this.text = text;
    this.region = region;
    this.result = result;
  }

  pair(node: SyntaxNode, depth: number): YamlPair {
    const key = node.firstChild;
    let value: YamlNode | undefined;
    let to = node.from;
    for (let child = key?.nextSibling; child; child = child.nextSibling) {
      if (child.name === ":") to = child.to;
      else if (child.type.isError) this.syntaxError(child);
      else if (child.name !== "Comment") {
        value = this.value(child, undefined, depth + 1);
        if (child.name === "BlockMapping" && key) this.checkOwnLine(key, child);
        to = Math.max(to, value ? child.to : to);
      }
    }
    const named = key?.name === "Key" ? key : undefined;
    return {
      key: named ? this.keyText(named) : "",
      keyPlace: this.place(named?.from ?? node.from, named?.to ?? node.from),
      place: this.place(node.from, Math.max(to, named?.to ?? node.from)),
      value,
    };
  }

  value(node: SyntaxNode, tag: string | undefined, depth: number): YamlNode | undefined {
    if (depth > maxDepth) {
      this.problem("limit", `Nested deeper than ${maxDepth} levels; the rest is not read.`, node);
      return undefined;
    }
    switch (node.name) {
      case "Literal":
        return this.scalar(node, "plain", tag);
      case "QuotedLiteral":
        return this.scalar(node, this.text.charCodeAt(node.from) === 39 ? "single" : "double", tag);
      case "BlockLiteral":
        return this.scalar(node, "block", tag);
      case "Alias":
        return {
          kind: "alias",
          tag,
          place: this.place(node.from, node.to),
          name: this.text.slice(node.from + 1, node.to),
        };
      case "Anchored":
      case "Tagged":
        return this.decorated(node, tag, depth);
      case "FlowMapping":
        // An unquoted template mark, `{{ name }}`: a text that is not known yet, no mapping.
        if (this.text.startsWith("{{", node.from)) return this.scalar(node, "plain", tag);
        return this.map(node, tag, depth);
      case "BlockMapping":
        return this.map(node, tag, depth);
      case "BlockSequence":
      case "FlowSequence":
        return this.sequence(node, tag, depth);
      default:
        if (node.type.isError) this.syntaxError(node);
        return undefined;
    }
  }

  private decorated(
    node: SyntaxNode,
    tag: string | undefined,
    depth: number,
  ): YamlNode | undefined {
    let found = tag;
    let anchor: SyntaxNode | undefined;
    let value: YamlNode | undefined;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "Tag") found = this.text.slice(child.from, child.to);
      else if (child.name === "Anchor") anchor = child;
      else if (child.name !== "Comment") value = this.value(child, found, depth + 1);
    }
    if (!value && found !== undefined) {
      value = {
        kind: "scalar",
        style: "plain",
        text: "",
        tag: found,
        place: this.place(node.from, node.to),
      };
    }
    if (anchor) {
      this.result.anchors.push({
        name: this.text.slice(anchor.from + 1, anchor.to),
        place: this.place(anchor.from, anchor.to),
        node: value,
      });
    }
    return value;
  }

  private map(node: SyntaxNode, tag: string | undefined, depth: number): YamlMap {
    const pairs: YamlPair[] = [];
    const seen = new Set<string>();
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.type.isError) this.syntaxError(child);
      if (child.name !== "Pair") continue;
      const pair = this.pair(child, depth);
      if (pair.key !== "" && seen.has(pair.key)) this.duplicateKey(pair);
      seen.add(pair.key);
      pairs.push(pair);
    }
    const first = node.getChild("Pair");
    return {
      kind: "map",
      tag,
      flow: node.name === "FlowMapping",
      indent: first ? first.from - lineStart(this.text, first.from) : 0,
      place: this.place(first && node.name === "BlockMapping" ? first.from : node.from, node.to),
      pairs,
    };
  }

  private sequence(node: SyntaxNode, tag: string | undefined, depth: number): YamlSeq {
    const items: YamlNode[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.type.isError) this.syntaxError(child);
      if (child.name !== "Item") continue;
      for (let part = child.firstChild; part; part = part.nextSibling) {
        const item = this.value(part, undefined, depth + 1);
        if (item) items.push(item);
      }
    }
    return {
      kind: "seq",
      tag,
      flow: node.name === "FlowSequence",
      place: this.place(node.from, node.to),
      items,
    };
  }

  private scalar(
    node: SyntaxNode,
    style: YamlScalar["style"],
    tag: string | undefined,
  ): YamlScalar {
    const source = this.text.slice(node.from, node.to);
    if (style === "single" || style === "double") this.checkClosed(node, source);
    const text =
      style === "plain"
        ? plainText(source)
        : style === "block"
          ? blockText(source)
          : quotedText(source);
    return { kind: "scalar", style, text, tag, place: this.place(node.from, node.to) };
  }

  private checkClosed(node: SyntaxNode, source: string): void {
    const closed = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\[^])*")$/.test(source);
    if (!closed) this.problem("syntax", "This quoted text is not closed.", node);
  }

  /** `a: b: c` is no YAML; the parser takes it for a nested mapping. */
  private checkOwnLine(key: SyntaxNode, mapping: SyntaxNode): void {
    const first = mapping.getChild("Pair");
    if (!first || this.text.slice(key.to, first.from).includes("\n")) return;
    this.syntaxError(first);
  }

  private keyText(key: SyntaxNode): string {
    const node = this.value(key.firstChild ?? key, undefined, 0);
    return node?.kind === "scalar" ? node.text : "";
  }

  private duplicateKey(pair: YamlPair): void {
    this.result.problems.push({
      code: "duplicate-key",
      message: `The key "${pair.key}" stands twice in this mapping: Compose refuses the file.`,
      place: pair.keyPlace,
    });
  }

  private syntaxError(node: SyntaxNode): void {
    this.problem("syntax", "This is not valid YAML: Compose cannot read the file.", node);
  }

  private problem(code: ReadProblem["code"], message: string, node: SyntaxNode): void {
    this.result.problems.push({ code, message, place: this.place(node.from, node.to) });
  }

  private place(from: number, to: number): RegionPlace {
    return new RegionPlace(this.region, from - this.region.start, to - this.region.start);
  }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}
