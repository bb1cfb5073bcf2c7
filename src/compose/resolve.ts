/** Aliases and merge keys: from written nodes to what they stand for. */
import type { Place, RegionPlace } from "./place";
import type { ReadProblem } from "./project";
import {
  type AnchorDefinition,
  type YamlAlias,
  type YamlMap,
  type YamlNode,
  isMergeKey,
} from "./yamlNode";

/** What stands behind a key, aliases followed and merge keys applied. */
export interface Field {
  readonly key: string;
  readonly keyPlace: RegionPlace;
  readonly place: RegionPlace;
  /** Undefined when nothing is written. */
  readonly node: Exclude<YamlNode, YamlAlias> | undefined;
  /** Aliases and merge keys on the way, outermost first. */
  readonly through: readonly Place[];
}

/** Fields by key, in the order of the text. */
export type Fields = ReadonlyMap<string, Field>;

/** Anchors of a document, by name, in the order of the text. */
export class AnchorTable {
  private readonly definitions = new Map<string, AnchorDefinition[]>();

  constructor(definitions: Iterable<AnchorDefinition>) {
    for (const definition of definitions) {
      const same = this.definitions.get(definition.name);
      if (same) same.push(definition);
      else this.definitions.set(definition.name, [definition]);
    }
  }

  /** The last definition before the offset: YAML 1.2 section 3.2.2.2. */
  find(name: string, before: number): AnchorDefinition | undefined {
    const same = this.definitions.get(name) ?? [];
    let low = 0;
    let high = same.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((same[middle]?.place.from ?? before) < before) low = middle + 1;
      else high = middle;
    }
    return same[low - 1];
  }
}

/** An alias that was followed, to tell later whether the same reading would come out again. */
export interface AnchorUse {
  readonly name: string;
  readonly at: Place;
  readonly definition: AnchorDefinition | undefined;
}

/** Steps of aliases and merges that one reading may take: more is an alias bomb. */
const budget = 10_000;
/** Merge keys inside of merged mappings that are followed. */
const deepest = 300;

/** Nothing on the way. */
export const direct: readonly Place[] = [];

export class Resolver {
  /** Aliases that were followed. */
  readonly uses: AnchorUse[] = [];
  private readonly anchors: AnchorTable;
  private readonly problems: ReadProblem[];
  /** Mappings whose merge keys are being followed. */
  private readonly open: YamlNode[] = [];
  private steps = 0;

  constructor(anchors: AnchorTable, problems: ReadProblem[]) {
    this.anchors = anchors;
    this.problems = problems;
  }

  /** Follows aliases to a node that is none. */
  follow(
    node: YamlNode | undefined,
    through: readonly Place[] = direct,
  ): { node: Exclude<YamlNode, YamlAlias> | undefined; through: readonly Place[] } {
    let current = node;
    let way = through;
    while (current?.kind === "alias") {
      way = [...way, current.place];
      current = this.target(current);
    }
    if (current?.bound && current.bound.through.length > 0) {
      way = [...way, ...current.bound.through];
    }
    return { node: current, through: way };
  }

  /** The fields of a mapping: its own, then what its merge keys add (earlier mappings win). */
  fields(map: YamlMap, through: readonly Place[] = direct): Fields {
    const fields = new Map<string, Field>();
    let merges: { node: YamlNode; through: readonly Place[] }[] | undefined;
    for (const pair of map.pairs) {
      const { key, keyPlace, place, value } = pair;
      if (value && isMergeKey(pair)) {
        merges ??= [];
        const merged = this.follow(value, through);
        if (merged.node?.kind === "seq") {
          for (const item of merged.node.items) merges.push(this.followed(item, merged.through));
        } else if (merged.node) {
          merges.push({ node: merged.node, through: [...through, value.place] });
        }
      } else if (value === undefined || (value.kind !== "alias" && value.bound === undefined)) {
        fields.set(key, { key, keyPlace, place, node: value, through });
      } else {
        const { node, through: way } = this.follow(value, through);
        fields.set(key, { key, keyPlace, place, node, through: way });
      }
    }
    for (const merged of merges ?? []) this.merge(fields, merged.node, merged.through);
    return fields;
  }

  private followed(item: YamlNode, through: readonly Place[]) {
    const result = this.follow(item, through);
    return { node: result.node ?? item, through: [...through, item.place] };
  }

  private merge(fields: Map<string, Field>, node: YamlNode, through: readonly Place[]): void {
    if (node.kind !== "map" || this.open.includes(node) || this.open.length > deepest) return;
    this.open.push(node);
    this.fields(node, through).forEach((field, key) => {
      if (!fields.has(key)) fields.set(key, field);
    });
    this.open.pop();
  }

  private target(alias: YamlAlias): YamlNode | undefined {
    const definition = this.anchors.find(alias.name, alias.place.from);
    this.uses.push({ name: alias.name, at: alias.place, definition });
    if (!definition) {
      const message = `There is no anchor "&${alias.name}" before this alias.`;
      this.problems.push({ code: "syntax", message, place: alias.place });
      return undefined;
    }
    if (++this.steps > budget) {
      const message = "Aliases lead to more text than is checked.";
      if (this.steps === budget + 1) {
        this.problems.push({ code: "limit", message, place: alias.place });
      }
      return undefined;
    }
    return definition.node;
  }
}
