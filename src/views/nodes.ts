/** The tree as data: parent interfaces, the networks on them, the containers on those. PURE. */
import type { Attachment, EngineContainer } from "../model/attachment";
import type { Facts } from "../model/facts";
import type { HostInterface } from "../model/hostInterface";
import { type EngineNetwork, isLanDriver } from "../model/network";
import { containerNode } from "./containerNode";
import { interfaceNode, isShown } from "./interfaceNode";
import { networkNode } from "./networkNode";
import { findProblems, parentOf, tieKey } from "./problems";

/** How a node looks and reads. All texts may hold names that somebody else chose: show them as text. */
export interface NodeLook {
  /** Stays the same as long as the thing does. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: { readonly id: string; readonly color?: string };
  /** The words of the context value, for `viewItem =~ /\bword\b/`. */
  readonly tags: readonly string[];
  readonly tooltip: Tooltip;
  /** The whole row in words, for screen readers. */
  readonly spoken: string;
  /** Sentences; counted by the badge. */
  readonly problems: readonly string[];
}

export interface Tooltip {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
  readonly notes: readonly string[];
}

export interface InterfaceNode extends NodeLook {
  readonly kind: "interface";
  readonly name: string;
  /** Absent when the host has no such interface, or its interfaces are not known. */
  readonly host: HostInterface | undefined;
  readonly children: readonly (NetworkNode | InterfaceNode)[];
}

/** Networks whose parent the engine made itself. */
export interface GroupNode extends NodeLook {
  readonly kind: "group";
  readonly children: readonly NetworkNode[];
}

export interface NetworkNode extends NodeLook {
  readonly kind: "network";
  readonly network: EngineNetwork;
  readonly children: readonly ContainerNode[];
}

export interface ContainerNode extends NodeLook {
  readonly kind: "container";
  readonly container: EngineContainer;
  readonly attachment: Attachment;
  readonly network: EngineNetwork;
  readonly children: readonly [];
}

export type TreeNode = InterfaceNode | GroupNode | NetworkNode | ContainerNode;

const order = new Intl.Collator("en", { numeric: true });

/** The roots of the tree, sorted by name at each level; empty when nothing is known. */
export function buildTree(facts: Facts): TreeNode[] {
  const problems = findProblems(facts);
  const byParent = new Map<string | undefined, NetworkNode[]>();
  const ties = tiesByNetwork(facts);
  for (const network of (facts.networks ?? []).filter((net) => isLanDriver(net.driver))) {
    const containers = (ties.get(network.name) ?? []).map(({ container, attachment }) =>
      containerNode(container, attachment, network, problems.get(tieKey(network, container)) ?? []),
    );
    const node = networkNode(facts, network, sorted(containers), problems.get(network.id) ?? []);
    const parent = parentOf(network);
    byParent.set(parent, [...(byParent.get(parent) ?? []), node]);
  }
  const roots: TreeNode[] = interfaceTree(facts, byParent);
  const orphans = byParent.get(undefined);
  if (orphans) roots.push(groupNode(sorted(orphans)));
  return roots;
}

function tiesByNetwork(
  facts: Facts,
): Map<string, Pick<ContainerNode, "container" | "attachment">[]> {
  const ties = new Map<string, Pick<ContainerNode, "container" | "attachment">[]>();
  for (const container of facts.containers ?? []) {
    for (const attachment of container.attachments) {
      const list = ties.get(attachment.network);
      if (list) list.push({ container, attachment });
      else ties.set(attachment.network, [{ container, attachment }]);
    }
  }
  return ties;
}

function interfaceTree(
  facts: Facts,
  networks: ReadonlyMap<string | undefined, readonly NetworkNode[]>,
): InterfaceNode[] {
  const hosts = new Map((facts.interfaces ?? []).map((host) => [host.name, host]));
  const named = [...networks.keys()].filter((name) => name !== undefined);
  const shown = new Set([
    ...[...hosts.values()].filter(isShown).map((host) => host.name),
    ...named.filter((name) => !hosts.has(name) || (networks.get(name)?.length ?? 0) > 0),
  ]);
  /** A VLAN interface stands below the one that it belongs to, also when that is missing itself. */
  const above = (name: string): string | undefined => {
    const parent = hosts.get(name)?.vlan?.parent ?? /^(.+)\.\d+$/.exec(name)?.[1];
    return parent !== undefined && parent !== name && shown.has(parent) ? parent : undefined;
  };
  const build = (name: string, visited: ReadonlySet<string>): InterfaceNode => {
    const seen = new Set([...visited, name]);
    const vlans = [...shown].filter((other) => above(other) === name && !seen.has(other));
    return interfaceNode(name, hosts.get(name), facts.interfaces !== undefined, [
      ...sorted(networks.get(name) ?? []),
      ...sorted(vlans.map((vlan) => build(vlan, seen))),
    ]);
  };
  const tops = [...shown].filter((name) => above(name) === undefined);
  return sorted(tops.map((name) => build(name, new Set())));
}

function groupNode(children: readonly NetworkNode[]): GroupNode {
  const note =
    "The engine made a dummy interface as their parent: containers reach each other, but no LAN.";
  return {
    kind: "group",
    id: "group:no-parent",
    label: "No parent",
    description: "reach no LAN",
    icon: { id: "debug-disconnect" },
    tags: ["group"],
    tooltip: { title: "Networks without a parent interface", rows: [], notes: [note] },
    spoken: `Networks without a parent interface, ${children.length}. ${note}`,
    problems: [],
    children,
  };
}

function sorted<T extends NodeLook>(nodes: readonly T[]): T[] {
  return [...nodes].sort((a, b) => order.compare(a.label, b.label) || order.compare(a.id, b.id));
}

/** Every node of the trees, parents before their children. */
export function* allNodes(nodes: readonly TreeNode[]): Generator<TreeNode> {
  for (const node of nodes) {
    yield node;
    yield* allNodes(node.children);
  }
}
