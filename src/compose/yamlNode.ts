/** The content of a YAML document: what `read.ts` makes of the syntax tree. */
import type { Environment } from "./interpolate";
import type { Place, RegionPlace } from "./place";

export type YamlNode = YamlMap | YamlSeq | YamlScalar | YamlAlias;

interface YamlBase {
  readonly place: RegionPlace;
  /** `!reset`, `!override`, `!!str` as written. */
  readonly tag: string | undefined;
  /** Set on nodes that were put together from several places: see bind.ts. */
  readonly bound?: Binding;
}

/** What a node takes along when it leaves the document that it was written in. */
export interface Binding {
  /** The variables of that document. */
  readonly environment: Environment;
  /** Aliases, merge keys and `extends` between the mapping or list around it and this node. */
  readonly through: readonly Place[];
}

export interface YamlScalar extends YamlBase {
  readonly kind: "scalar";
  readonly style: "plain" | "single" | "double" | "block";
  /** Decoded: escapes and folding done. */
  readonly text: string;
}

export interface YamlMap extends YamlBase {
  readonly kind: "map";
  readonly flow: boolean;
  /** Columns before the first key; meaningless for flow mappings. */
  readonly indent: number;
  readonly pairs: readonly YamlPair[];
  /** Of a mapping that several were merged into: the one that a new line goes to. */
  readonly written?: YamlMap | undefined;
}

export interface YamlPair {
  /** Text of the key; complex keys have an empty one. */
  readonly key: string;
  readonly keyPlace: RegionPlace;
  /** Key and value, or just the key with its colon. */
  readonly place: RegionPlace;
  /** Undefined when nothing is written behind the colon. */
  readonly value: YamlNode | undefined;
}

export interface YamlSeq extends YamlBase {
  readonly kind: "seq";
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface YamlAlias extends YamlBase {
  readonly kind: "alias";
  readonly name: string;
}

/** `&name` and the node behind it. */
export interface AnchorDefinition {
  readonly name: string;
  readonly place: RegionPlace;
  /** Undefined for `key: &name` with nothing behind. */
  readonly node: YamlNode | undefined;
}

/** `<<`, which is a key like any other in quotes. */
export function isMergeKey({ key, keyPlace }: YamlPair): boolean {
  return key === "<<" && keyPlace.length === 2;
}

/** `~`, `null` or nothing, as YAML's core schema has it. */
export function isNull(node: YamlNode): boolean {
  return (
    node.kind === "scalar" && node.style === "plain" && /^(?:~|null|Null|NULL|)$/.test(node.text)
  );
}
