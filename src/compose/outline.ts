/**
 * The parts of a compose file that are read one by one: each service, each network, each other
 * top-level entry. Parts that an edit left alone are kept, with the place they have moved to.
 */
import type { SyntaxNode, Tree } from "@lezer/common";
import type { Region } from "./place";
import type { ReadProblem } from "./project";
import { RegionPlace } from "./place";
import { readPair } from "./read";
import type { Change } from "./syntax";
import type { AnchorDefinition, YamlPair } from "./yamlNode";

/** One service, network or other entry, as read. */
export interface Part {
  /** The top-level key it stands below, or "" for a top-level entry itself. */
  readonly section: string;
  readonly region: Region;
  readonly length: number;
  /** From the start of its first line to the end of its last: an edit there means reading again. */
  readonly before: number;
  readonly after: number;
  readonly pair: YamlPair;
  readonly anchors: readonly AnchorDefinition[];
  readonly problems: readonly ReadProblem[];
}

/** A top-level `services:` or `networks:` whose entries are parts of their own. */
export interface Section {
  readonly key: string;
  readonly keyFrom: number;
  readonly keyTo: number;
  /** Columns before the entries; undefined when there are none. */
  readonly indent: number | undefined;
  /** End of the last entry, or of the key. */
  readonly to: number;
}

export interface Outline {
  readonly parts: readonly Part[];
  readonly sections: readonly Section[];
  /** Found outside every part. */
  readonly problems: readonly ReadProblem[];
  /** Documents of the stream. */
  readonly documents: number;
}

const sectionKeys = new Set(["services", "networks"]);

/** Reads the outline, taking over parts of `before` that no change touched. */
export function readOutline(
  path: string,
  tree: Tree,
  text: string,
  before?: { outline: Outline; changes: readonly Change[] },
): Outline {
  const kept = before ? untouchedParts(before.outline.parts, before.changes) : undefined;
  return new OutlineReader(path, text, kept).read(tree);
}

class OutlineReader {
  private readonly parts: Part[] = [];
  private readonly sections: Section[] = [];
  private readonly problems: ReadProblem[] = [];
  private readonly path: string;
  private readonly text: string;
  private readonly kept: ReadonlyMap<number, Part> | undefined;

  constructor(path: string, text: string, kept: ReadonlyMap<number, Part> | undefined) {
    this.path = path;
    this.text = text;
    this.kept = kept;
  }

  read(tree: Tree): Outline {
    let documents = 0;
    for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
      if (node.type.isError) this.syntaxError(node);
      if (node.name === "Document" && ++documents === 1) this.document(node);
    }
    return {
      parts: this.parts,
      sections: this.sections,
      problems: this.problems,
      documents,
    };
  }

  private document(document: SyntaxNode): void {
    for (let node = document.firstChild; node; node = node.nextSibling) {
      if (node.type.isError) this.syntaxError(node);
      else if (node.name === "BlockMapping" || node.name === "FlowMapping") this.topLevel(node);
    }
  }

  private topLevel(mapping: SyntaxNode): void {
    for (let node = mapping.firstChild; node; node = node.nextSibling) {
      if (node.type.isError) this.syntaxError(node);
      if (node.name !== "Pair") continue;
      const key = node.firstChild;
      const name = key?.name === "Key" ? this.text.slice(key.from, key.to) : "";
      if (!key || !sectionKeys.has(name)) this.part(node, "");
      else this.section(node, key, name);
    }
  }

  private section(pair: SyntaxNode, key: SyntaxNode, name: string): void {
    const value = valueOfPair(pair);
    if (value && value.name !== "BlockMapping") {
      this.part(pair, "");
      return;
    }
    let indent: number | undefined;
    let to = value ? key.to : pair.to;
    for (let node = value?.firstChild; node; node = node.nextSibling) {
      if (node.type.isError) this.syntaxError(node);
      if (node.name !== "Pair") continue;
      indent ??= node.from - (this.text.lastIndexOf("\n", node.from - 1) + 1);
      to = node.to;
      this.part(node, name);
    }
    this.sections.push({ key: name, keyFrom: key.from, keyTo: key.to, indent, to });
  }

  private part(node: SyntaxNode, section: string): void {
    const old = this.kept?.get(node.from);
    if (old?.section === section && old.length === node.to - node.from) {
      old.region.start = node.from;
      this.parts.push(old);
      return;
    }
    const region: Region = { path: this.path, start: node.from };
    const anchors: AnchorDefinition[] = [];
    const problems: ReadProblem[] = [];
    const pair = readPair(node, this.text, region, { anchors, problems });
    const lineStart = this.text.lastIndexOf("\n", node.from - 1) + 1;
    const lineBreak = this.text.indexOf("\n", node.to);
    this.parts.push({
      section,
      region,
      length: node.to - node.from,
      before: node.from - lineStart,
      after: (lineBreak < 0 ? this.text.length : lineBreak) - node.to,
      pair,
      anchors,
      problems,
    });
  }

  private syntaxError(node: SyntaxNode): void {
    const region = { path: this.path, start: 0 };
    const message = "This is not valid YAML: Compose cannot read the file.";
    const place = new RegionPlace(region, node.from, node.to);
    this.problems.push({ code: "syntax", message, place });
  }
}

function valueOfPair(pair: SyntaxNode): SyntaxNode | undefined {
  for (let node = pair.firstChild?.nextSibling; node; node = node.nextSibling) {
    if (node.name !== ":" && node.name !== "Comment" && !node.type.isError) return node;
  }
  return undefined;
}

/** Parts that no change touched, by the offset they have now. Changes ascend, as of the text before. */
function untouchedParts(
  parts: readonly Part[],
  changes: readonly Change[],
): ReadonlyMap<number, Part> {
  const kept = new Map<number, Part>();
  for (const part of parts) {
    // How the parser recovers from an error depends on the text around the part, too.
    if (part.problems.some(({ code }) => code === "syntax")) continue;
    const from = part.region.start - part.before;
    const to = part.region.start + part.length + part.after;
    let shift = 0;
    let touched = false;
    for (const change of changes) {
      if (change.from > to) break;
      if (change.to >= from) touched = true;
      else shift += change.length - (change.to - change.from);
    }
    if (!touched) kept.set(part.region.start + shift, part);
  }
  return kept;
}
