/** Keeps the rows of the tree up to date: what did not change is not made again. PURE. */
import type { Facts } from "../model/facts";
import { sameJson } from "../model/json";
import type { PoolStatus } from "../model/network";
import { arrange } from "./arrange";
import { containerNode } from "./containerNode";
import { CountMemory } from "./countMemory";
import { networkNode } from "./networkNode";
import { networkProblems, reachOf } from "./networkProblems";
import type { ContainerNode, NetworkNode, TreeNode } from "./nodes";
import { type Problem, problemKey } from "./problem";
import { type TreeShape, comparing, filterOf, plainShape } from "./shape";
import type { Tie } from "./tie";
import { tieProblems } from "./tieProblems";
import { TieStore } from "./tieStore";
import { type World, makeWorld } from "./world";

export interface TreeChange {
  /** Rows came, went or moved beyond a network's own containers: everything is to be shown anew. */
  readonly whole: boolean;
  /** Else the rows that read differently, or that have other rows below them. */
  readonly nodes: readonly TreeNode[];
  /** How many rows of networks and containers were worked out. */
  readonly made: number;
}

/** A network by its name in the engine; a container by project and service, on that network if it is named. */
export interface DeclaredThing {
  readonly project: string | undefined;
  readonly network?: string;
  readonly service?: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The parts of facts that concern all rows. */
const worldParts = ["engine", "machine", "interfaces", "neighbours", "lan"] as const;

export class TreeModel {
  readonly #store = new TieStore();
  readonly #networks = new Map<string, NetworkNode>();
  readonly #containers = new Map<string, ContainerNode>();
  /** The containers of a network, in order, those that the filter hides included. */
  readonly #children = new Map<string, readonly ContainerNode[]>();
  readonly #others = new Map<string, TreeNode>();
  readonly #parents = new Map<string, TreeNode>();
  /** How full the networks are. */
  readonly counts = new CountMemory();
  #facts: Facts | undefined;
  #shape = plainShape;
  #world: World = makeWorld({});
  #roots: readonly TreeNode[] = [];
  #made = 0;

  get roots(): readonly TreeNode[] {
    return this.#roots;
  }

  /** Every problem with the row that has it, those of rows that the filter hides included. */
  get problems(): { readonly node: TreeNode; readonly problem: Problem }[] {
    return [...this.#networks.values(), ...this.#containers.values()].flatMap((node) =>
      node.problems.map((problem) => ({ node, problem })),
    );
  }

  find(id: string): TreeNode | undefined {
    return this.#networks.get(id) ?? this.#containers.get(id) ?? this.#others.get(id);
  }

  /** The row above; undefined for a root. */
  parentOf(node: TreeNode): TreeNode | undefined {
    return node.kind === "container"
      ? this.#networks.get(`network:${node.network.id}`)
      : this.#parents.get(node.id);
  }

  /** Whether the row is there and not hidden by the filter. */
  isShown(id: string): boolean {
    const node = this.find(id);
    if (!node) return false;
    const above = this.parentOf(node);
    return above
      ? above.children.some((child) => child === node) && this.isShown(above.id)
      : this.#roots.includes(node);
  }

  /** The row of what a compose file declares. */
  idOf({ project, network, service }: DeclaredThing): string | undefined {
    if (service === undefined) {
      return [...this.#networks.values()].find((node) => node.network.name === network)?.id;
    }
    const own = [...this.#containers.values()].filter(
      ({ container }) => container.project === project && container.service === service,
    );
    return (own.find((node) => node.network.name === network) ?? own[0])?.id;
  }

  /** Takes over what is known now, and how the user wants to see it. */
  update(facts: Facts, shape: TreeShape = plainShape): TreeChange {
    const before = this.#facts;
    const isOtherShape = shape !== this.#shape;
    const isOtherWorld = !before || worldParts.some((part) => facts[part] !== before[part]);
    this.#facts = facts;
    this.#shape = shape;
    this.#made = 0;
    if (isOtherWorld) this.#world = makeWorld(facts);
    const differences = this.#store.update(facts, this.#world.lanOf);
    for (const key of differences.gone) this.#containers.delete(`container:${key}`);
    const isAll = isOtherWorld || isOtherShape;
    const changed = new Set<TreeNode>();
    for (const tie of isAll ? this.#store.all : differences.ties) {
      const node = this.#updateContainer(tie, differences.ties.has(tie));
      if (node) changed.add(node);
    }
    for (const id of isAll ? this.#store.networks.map((one) => one.id) : differences.networks) {
      const node = this.#updateNetwork(id, changed);
      if (node) changed.add(node);
    }
    // Neighbours come and go: as long as no interface does, the rows stay where they are.
    const isMoved =
      !before ||
      isOtherShape ||
      differences.isOtherSet ||
      facts.interfaces !== before.interfaces ||
      facts.machine !== before.machine ||
      facts.engine !== before.engine ||
      (changed.size > 0 && (shape.filter !== "" || shape.order !== "name"));
    if (isMoved) this.#arrange();
    return { whole: isMoved, nodes: isMoved ? [] : topmost(changed), made: this.#made };
  }

  /** Takes what the engine counts; the row, if it reads differently. `known`: when it was asked. */
  setStatus(
    network: string,
    known: string,
    status: readonly PoolStatus[],
  ): NetworkNode | undefined {
    this.counts.setStatus(network, known, status);
    return this.#updateNetwork(network, new Set());
  }

  /** The row, if it is new or reads differently. */
  #updateContainer(tie: Tie, isOther: boolean): ContainerNode | undefined {
    const id = `container:${tie.key}`;
    const before = this.#containers.get(id);
    const problems = this.#wanted(
      tie.container.name,
      tieProblems(tie, this.#store.sharingOf(tie), this.#world),
    );
    if (before && !isOther && sameJson(before.problems, problems)) return undefined;
    this.#made++;
    return this.#put(this.#containers, containerNode(tie, problems));
  }

  #updateNetwork(id: string, changed: ReadonlySet<TreeNode>): NetworkNode | undefined {
    const network = this.#store.networkOf(id);
    if (!network) return undefined;
    const ties = this.#store.tiesOf(id);
    const counts = this.counts.of(network, ties, this.#store.nearby(id), this.#world);
    const problems = this.#wanted(
      network.name,
      networkProblems(network, ties, counts, this.#world),
    );
    this.#made++;
    const nodeId = `network:${id}`;
    const before = this.#networks.get(nodeId);
    const children = this.#sorted(nodeId, ties, changed);
    const namesParent = this.#shape.grouping !== "parent";
    const reach = reachOf(network, ties, this.#world);
    const containers = ties.length;
    const look = networkNode(
      network,
      { counts, problems, reach, containers, namesParent },
      this.#world,
    );
    // Filtered when it is arranged.
    const next = {
      ...look,
      children: this.#shape.filter === "" ? children : (before?.children ?? []),
    };
    if (before && isSameRow(before, next)) return undefined;
    return this.#put(this.#networks, next);
  }

  /** The rows of a network's containers; the same list as before when these are the same in the same order. */
  #sorted(
    nodeId: string,
    ties: readonly Tie[],
    changed: ReadonlySet<TreeNode>,
  ): readonly ContainerNode[] {
    const before = this.#children.get(nodeId);
    const nodes = ties.flatMap(({ key }) => this.#containers.get(`container:${key}`) ?? []);
    const isSame =
      before?.length === nodes.length &&
      nodes.every((node) => !changed.has(node)) &&
      this.#shape.order === "name";
    if (isSame) return before;
    const sorted = nodes.sort(comparing(this.#shape.order));
    const kept =
      before?.length === sorted.length && sorted.every((node, index) => node === before[index])
        ? before
        : sorted;
    this.#children.set(nodeId, kept);
    return kept;
  }

  /** Without what the user does not want to see. */
  #wanted(label: string, problems: readonly Problem[]): readonly Problem[] {
    const { ignored } = this.#shape;
    if (ignored.size === 0) return problems;
    return problems.filter((problem) => !ignored.has(problemKey(label, problem)));
  }

  #arrange(): void {
    const filter = filterOf(this.#shape);
    this.#prune();
    const isVisible = (network: NetworkNode, above: string): boolean => {
      const all = this.#children.get(network.id) ?? [];
      if (!filter) {
        Object.assign(network, { children: all });
        return true;
      }
      const path = `${above}\n${network.label}\n${network.description}`.toLowerCase();
      const children = all.filter((child) => filter(child, path));
      Object.assign(network, { children });
      return children.length > 0 || filter(network, above);
    };
    const roots = arrange(
      [...this.#networks.values()],
      this.#world,
      this.#shape,
      isVisible,
      filter,
    );
    this.#parents.clear();
    const seen = new Set<string>();
    this.#roots = roots.map((node) => this.#keep(node, seen));
    for (const id of this.#others.keys()) if (!seen.has(id)) this.#others.delete(id);
  }

  /** Rows of networks that are no more. */
  #prune(): void {
    const ids = new Set(this.#store.networks.map(({ id }) => `network:${id}`));
    for (const id of [...this.#networks.keys()]) {
      if (ids.has(id)) continue;
      this.#networks.delete(id);
      this.#children.delete(id);
      this.counts.delete(id.slice("network:".length));
    }
  }

  /** Interfaces and groups as the objects that they were, and what is below them. */
  #keep(node: TreeNode, seen: Set<string>): TreeNode {
    if (node.kind === "container" || node.kind === "network") return node;
    seen.add(node.id);
    const children = node.children.map((child) => this.#keep(child, seen));
    const kept = this.#put<TreeNode>(this.#others, { ...node, children } as TreeNode);
    for (const child of children) this.#parents.set(child.id, kept);
    return kept;
  }

  /** Writes what the row says now into the object that stands for it. */
  #put<T extends TreeNode>(nodes: Map<string, T>, next: T): T {
    const before = nodes.get(next.id);
    if (before) return Object.assign(before as Mutable<T>, next);
    nodes.set(next.id, next);
    return next;
  }
}

/** Rows below another changed one are shown anew with it. */
function topmost(changed: ReadonlySet<TreeNode>): TreeNode[] {
  const networks = new Set(
    [...changed].flatMap((node) => (node.kind === "network" ? [node.network.id] : [])),
  );
  return [...changed].filter((node) => node.kind !== "container" || !networks.has(node.network.id));
}

function isSameRow(before: NetworkNode, next: NetworkNode): boolean {
  return (
    before.children === next.children &&
    before.network === next.network &&
    before.description === next.description &&
    sameJson(before.tags, next.tags) &&
    sameJson(before.tooltip, next.tooltip)
  );
}

/** The roots of the tree, made from nothing. */
export function buildTree(facts: Facts, shape?: TreeShape): readonly TreeNode[] {
  const model = new TreeModel();
  model.update(facts, shape);
  return model.roots;
}
