/** Putting a later service or network onto an earlier one, as compose-go does (override/merge.go). */
import { type BoundNode, type Entry, withWay } from "./bind";
import { boundText, isNothing, pairOf } from "./boundNodes";
import { mergeIpamConfig } from "./ipamMerge";
import { isUnique, mergeKind } from "./mergeRules";
import type { Place } from "./place";
import type { ReadProblem } from "./project";
import { uniqueItems } from "./uniqueItems";
import type { YamlMap, YamlPair, YamlScalar, YamlSeq } from "./yamlNode";

/** Where a merge happens, and what else there is to know about it. */
export interface MergeSite {
  readonly section: string;
  /** Name that errors of Compose use: the key, and `x` below `extends`. */
  readonly name: string;
  /** `extends` of the later one: everything that comes from the earlier goes through it. */
  readonly through: readonly Place[];
  /** Whose lines a new one may go to: those of the earlier one where several files make a whole. */
  readonly body: "lower" | "upper";
}

export interface MergeResult {
  readonly entry: Entry;
  readonly problems: readonly ReadProblem[];
}

/** The later entry put onto the earlier. */
export function mergeEntries(lower: Entry, upper: Entry, site: MergeSite): MergeResult {
  const merger = new Merger(site);
  const node = merger.merge(canonical(lower.node, site), upper.node, []);
  const shown = site.body === "lower" ? lower : upper;
  const { key, keyPlace, place } = shown;
  return {
    entry: { key, keyPlace, place, node, through: shown.through },
    problems: merger.problems,
  };
}

/** `external: {name: x}` as Compose has turned it into two keys before it merges. */
function canonical(node: BoundNode | undefined, { section }: MergeSite): BoundNode | undefined {
  if (section === "services" || node?.kind !== "map") return node;
  const external = pairOf(node, "external")?.value;
  if (external?.kind !== "map") return node;
  const name = pairOf(external, "name");
  const { place, bound } = external;
  const yes: BoundNode = {
    kind: "scalar",
    style: "plain",
    text: "true",
    tag: undefined,
    place,
    ...(bound ? { bound } : {}),
  };
  const pairs = node.pairs.map((pair) =>
    pair.value === external ? { ...pair, value: yes } : pair,
  );
  if (name && !pairOf(node, "name")) pairs.push(name);
  return { ...node, pairs, written: node.written ?? node };
}

class Merger {
  readonly problems: ReadProblem[] = [];
  private readonly site: MergeSite;

  constructor(site: MergeSite) {
    this.site = site;
  }

  merge(
    lower: BoundNode | undefined,
    upper: BoundNode | undefined,
    path: readonly string[],
  ): BoundNode | undefined {
    const kind = mergeKind(this.site.section, path);
    if (kind === "replace") return upper;
    if (kind === "ipam") return this.ipam(lower, upper, path);
    if (isNothing(upper)) return lower && this.inherited(lower);
    if (isNothing(lower)) return upper;
    switch (kind) {
      case "list":
        return this.appended(asList(lower), asList(upper), path);
      case "names":
        // What is neither a list nor a mapping counts for nothing, and nobody complains.
        return this.pairs(
          asNames(lower, path),
          upper.kind === "scalar" ? nothing(upper) : asNames(upper, path),
          path,
        );
      case "build":
        return this.pairs(asBuild(lower), asBuild(upper), path);
      case "logging":
        return this.logging(lower, upper, path);
      case "plain":
        return this.plain(lower, upper, path);
    }
  }

  private plain(lower: BoundNode, upper: BoundNode, path: readonly string[]): BoundNode {
    if (lower.kind === "scalar") return upper;
    if (lower.kind === "map" && upper.kind === "map") return this.pairs(lower, upper, path);
    if (lower.kind === "seq" && upper.kind === "seq") return this.appended(lower, upper, path);
    const { section, name } = this.site;
    const where = [section, name, ...path].join(".");
    this.problems.push({
      code: "type",
      message: `Compose cannot put this onto what it knows of ${where}: one is a ${wordOf(lower)}, the other a ${wordOf(upper)}.`,
      composeMessage: `cannot override ${where}`,
      place: upper.place,
    });
    return lower;
  }

  private pairs(lower: BoundNode, upper: BoundNode, path: readonly string[]): BoundNode {
    if (lower.kind !== "map" || upper.kind !== "map") return upper;
    const later = new Map(upper.pairs.map((pair) => [pair.key, pair]));
    const pairs: YamlPair[] = lower.pairs.map((pair) => {
      const other = later.get(pair.key);
      if (!other) return this.inheritedPair(pair);
      later.delete(pair.key);
      const value = this.merge(boundOf(pair), boundOf(other), [...path, pair.key]);
      // The key stands where the value that counts does; below a mapping that is for each key to say.
      const shown = isNothing(boundOf(other)) ? pair : other;
      const { key, keyPlace, place } = shown;
      return { key, keyPlace, place, value };
    });
    pairs.push(...later.values());
    const written = this.bodies(lower, upper);
    return { ...(this.site.body === "lower" ? lower : upper), pairs, written };
  }

  private bodies(lower: YamlMap, upper: YamlMap): YamlMap | undefined {
    const both = [this.inherited(lower), upper].map((map) => map.written ?? map);
    if (this.site.body === "upper") both.reverse();
    const free = both.find(
      (map) => !map.flow && map.pairs.length > 0 && map.bound?.through.length === 0,
    );
    return free ?? upper;
  }

  private appended(lower: BoundNode, upper: BoundNode, path: readonly string[]): BoundNode {
    if (lower.kind !== "seq" || upper.kind !== "seq") return upper;
    const all = [...lower.items.map((item) => this.inherited(item as BoundNode)), ...upper.items];
    const unique = isUnique(this.site.section, path);
    return { ...upper, items: unique ? uniqueItems(all as BoundNode[], path) : all };
  }

  private logging(lower: BoundNode, upper: BoundNode, path: readonly string[]): BoundNode {
    if (lower.kind !== "map" || upper.kind !== "map") return upper;
    const [old, own] = [lower, upper].map((map) => pairOf(map, "driver"));
    const same = !old || !own || boundText(boundOf(old)) === boundText(boundOf(own));
    return same ? this.pairs(lower, upper, path) : upper;
  }

  private ipam(
    lower: BoundNode | undefined,
    upper: BoundNode | undefined,
    path: readonly string[],
  ): BoundNode | undefined {
    if (lower?.kind === "seq" && upper?.kind === "seq") {
      const merge = (a: YamlMap, b: YamlMap) => this.pairs(a, b, path) as YamlMap;
      return mergeIpamConfig(lower, upper, merge);
    }
    const { section, name } = this.site;
    const where = [section, name, ...path].join(".");
    const place = upper?.place ?? lower?.place;
    const type = lower?.kind === "seq" ? "[]interface {}" : "<nil>";
    if (place) {
      this.problems.push({
        code: "type",
        message:
          "Compose cannot merge this ipam.config with that of another file: both must be lists.",
        composeMessage: `${where}: unexpected type ${type}`,
        place,
      });
    }
    return lower;
  }

  private inheritedPair(pair: YamlPair): YamlPair {
    const value = boundOf(pair);
    return this.site.through.length === 0 || !value
      ? pair
      : { ...pair, value: withWay(value, this.site.through) };
  }

  private inherited<T extends BoundNode>(node: T): T {
    return this.site.through.length === 0 ? node : withWay(node, this.site.through);
  }
}

function boundOf(pair: YamlPair): BoundNode | undefined {
  return pair.value as BoundNode | undefined;
}

function wordOf(node: BoundNode): string {
  return node.kind === "map" ? "mapping" : node.kind === "seq" ? "list" : "value";
}

/** Each name of a list as a key with what the list form means by it. */
function asNames(node: BoundNode, path: readonly string[]): BoundNode {
  if (node.kind !== "seq") return node;
  const pairs = node.items.flatMap((item): YamlPair[] => {
    if (item.kind !== "scalar") return [];
    const { place } = item;
    const value = path[0] === "depends_on" ? started(item) : undefined;
    return [{ key: boundText(item) ?? "", keyPlace: place, place, value }];
  });
  const { place, tag, bound } = node;
  return { kind: "map", place, tag, flow: true, indent: 0, pairs, ...(bound ? { bound } : {}) };
}

/** What the list form of `depends_on` asks of each service. */
function started({ place, bound }: BoundNode): BoundNode {
  const own = { place, tag: undefined, ...(bound ? { bound } : {}) };
  const value: BoundNode = { ...own, kind: "scalar", style: "plain", text: "service_started" };
  const pairs = [{ key: "condition", keyPlace: place, place, value }];
  return { ...own, kind: "map", flow: true, indent: 0, pairs };
}

function nothing(node: YamlScalar): YamlMap {
  const { place, tag, bound } = node;
  return { kind: "map", place, tag, flow: true, indent: 0, pairs: [], ...(bound ? { bound } : {}) };
}

function asBuild(node: BoundNode): BoundNode {
  if (node.kind !== "scalar") return node;
  const { place, bound } = node;
  const pairs = [{ key: "context", keyPlace: place, place, value: node }];
  return {
    kind: "map",
    place,
    tag: undefined,
    flow: true,
    indent: 0,
    pairs,
    ...(bound ? { bound } : {}),
  };
}

function asList(node: BoundNode): YamlSeq {
  if (node.kind === "seq") return node;
  const { place, tag, bound } = node;
  const items = node.kind === "scalar" ? [node] : node.pairs.map(keyValue);
  return { kind: "seq", place, tag, flow: true, items, ...(bound ? { bound } : {}) };
}

function keyValue({ key, place, value }: YamlPair): BoundNode {
  const node = value as BoundNode | undefined;
  const text = node ? `${key}=${boundText(node) ?? ""}` : key;
  const bound = node?.bound;
  return {
    kind: "scalar",
    style: "double",
    // It was interpolated already; a dollar that is left is one.
    text: text.replaceAll("$", "$$$$"),
    tag: undefined,
    place,
    ...(bound ? { bound } : {}),
  };
}
