/**
 * Copies of nodes that can leave their document: aliases followed, merge keys applied, each node with
 * the variables of its document and the way that led to it. What `!reset` marks is left out.
 */
import type { Environment } from "./interpolate";
import type { Place } from "./place";
import type { Field, Resolver } from "./resolve";
import type {
  Binding,
  YamlAlias,
  YamlMap,
  YamlNode,
  YamlPair,
  YamlScalar,
  YamlSeq,
} from "./yamlNode";

/** A node without aliases below it. */
export type BoundNode = Exclude<YamlNode, YamlAlias>;

/** One service or network that was put together, or is ready to be. */
export interface Entry extends Field {
  readonly node: BoundNode | undefined;
}

/** The field with everything below it bound. */
export function bindField(field: Field, resolver: Resolver, environment: Environment): Entry {
  const binder = new Binder(resolver, environment);
  const { key, keyPlace, place, through } = field;
  return { key, keyPlace, place, through, node: field.node && binder.bind(field.node, []) };
}

/** Levels that are copied, aliases followed. Real files have about ten. */
const deepest = 300;

class Binder {
  private readonly resolver: Resolver;
  private readonly direct: Binding;
  /** A node that several aliases lead to is copied once; an alias to a node around it leads nowhere. */
  private readonly done = new Map<YamlNode, BoundNode | undefined>();
  private depth = 0;

  constructor(resolver: Resolver, environment: Environment) {
    this.resolver = resolver;
    this.direct = { environment, through: [] };
  }

  bind(node: BoundNode, through: readonly Place[]): BoundNode | undefined {
    if (node.tag === "!reset" || this.depth > deepest) return undefined;
    if (!this.done.has(node)) {
      this.done.set(node, undefined);
      this.depth++;
      this.done.set(node, this.copy(node));
      this.depth--;
    }
    const copy = this.done.get(node);
    return copy && through.length > 0 ? withWay(copy, through) : copy;
  }

  private copy(node: BoundNode): BoundNode {
    switch (node.kind) {
      case "scalar":
        return { ...node, bound: this.direct };
      case "seq":
        return {
          ...node,
          bound: this.direct,
          items: node.items.flatMap((item) => this.item(item)),
        };
      case "map":
        return { ...node, bound: this.direct, pairs: this.pairs(node) };
    }
  }

  private item(item: YamlNode): YamlNode[] {
    const { node, through } = this.resolver.follow(item);
    const bound = node && this.bind(node, through);
    return bound ? [bound] : [];
  }

  private pairs(map: YamlMap): YamlPair[] {
    const pairs: YamlPair[] = [];
    for (const { key, keyPlace, place, node, through } of this.resolver.fields(map).values()) {
      if (node?.tag === "!reset") continue;
      pairs.push({ key, keyPlace, place, value: node && this.bind(node, through) });
    }
    return pairs;
  }
}

/** Steps of a way that are kept: more tell nobody anything, and a chain of thousands would cost as much. */
const longestWay = 16;

/** The node as reached by some steps more, which come before those that it has. */
export function withWay<T extends YamlMap | YamlSeq | YamlScalar>(
  node: T,
  before: readonly Place[],
): T {
  if (!node.bound) return node;
  const { environment, through } = node.bound;
  const way = [...before, ...through];
  const kept = way.length > longestWay ? [...way.slice(0, 1), ...way.slice(1 - longestWay)] : way;
  return { ...node, bound: { environment, through: kept } };
}
