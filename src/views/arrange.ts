/** Puts the rows of networks under what they are shown under. PURE. */
import type { HostInterface } from "../model/hostInterface";
import type { GroupNode, InterfaceNode, NetworkNode, TreeNode } from "./nodes";
import { interfaceNode, isShown } from "./interfaceNode";
import { type Filter, type TreeShape, comparing, sortedByName, textOf } from "./shape";
import { parentOf } from "./tie";
import type { World } from "./world";

/** Networks by the name of their parent; undefined where they have none. */
type ByParent = ReadonlyMap<string | undefined, readonly NetworkNode[]>;

/** `isVisible`: whether the filter leaves a network in, below rows of this text. */
export function arrange(
  networks: readonly NetworkNode[],
  world: World,
  shape: TreeShape,
  isVisible: (network: NetworkNode, above: string) => boolean,
  filter: Filter | undefined,
): TreeNode[] {
  const sorted = [...networks].sort(comparing(shape.order));
  const visible = (some: readonly NetworkNode[], above: string) =>
    some.filter((network) => isVisible(network, above));
  switch (shape.grouping) {
    case "none":
      return visible(sorted, "");
    case "project":
      return projectGroups(sorted).flatMap((group) => withChildren(group, visible));
    case "parent": {
      const byParent = new Map<string | undefined, NetworkNode[]>();
      for (const node of sorted) {
        const parent = parentOf(node.network);
        const found = byParent.get(parent);
        if (found) found.push(node);
        else byParent.set(parent, [node]);
      }
      return [
        ...interfaceTree(world, byParent, (node, above) => {
          const kept = visible(node.networks, above);
          const isKept = !filter || kept.length > 0 || filter(node.node, above);
          return isKept ? kept : undefined;
        }),
        ...parentless(byParent.get(undefined) ?? []).flatMap((group) =>
          withChildren(group, visible),
        ),
      ];
    }
  }
}

function withChildren(
  group: GroupNode,
  visible: (networks: readonly NetworkNode[], above: string) => NetworkNode[],
): GroupNode[] {
  const children = visible(group.children, textOf(group));
  return children.length === 0 ? [] : [{ ...group, children }];
}

type Keep = (
  row: { readonly node: InterfaceNode; readonly networks: readonly NetworkNode[] },
  above: string,
) => NetworkNode[] | undefined;

function interfaceTree(world: World, byParent: ByParent, keep: Keep): InterfaceNode[] {
  const hosts: ReadonlyMap<string, HostInterface> = world.hosts ?? new Map<string, HostInterface>();
  const shown = new Set([
    ...[...hosts.values()].filter(isShown).map((host) => host.name),
    ...[...byParent.keys()].filter((name) => name !== undefined),
  ]);
  /** A VLAN interface stands below the one that it belongs to, also when that is missing itself. */
  const above = (name: string): string | undefined => {
    const host = hosts.get(name);
    const parent = host?.vlan?.parent ?? host?.link ?? /^(.+)\.\d+$/.exec(name)?.[1];
    return parent !== undefined && parent !== name && shown.has(parent) ? parent : undefined;
  };
  const below = new Map<string | undefined, string[]>();
  for (const name of shown) {
    const parent = above(name);
    below.set(parent, [...(below.get(parent) ?? []), name]);
  }
  const build = (name: string, seen: ReadonlySet<string>, text: string): InterfaceNode[] => {
    const visited = new Set([...seen, name]);
    const node = interfaceNode(name, world);
    const path = `${text}\n${textOf(node)}`;
    const kept = keep({ node, networks: byParent.get(name) ?? [] }, path);
    const vlans = (below.get(name) ?? []).filter((other) => !visited.has(other));
    const inner = sortedByName(vlans.flatMap((vlan) => build(vlan, visited, path)));
    if (!kept && inner.length === 0) return [];
    return [{ ...node, children: [...(kept ?? []), ...inner] }];
  };
  return sortedByName((below.get(undefined) ?? []).flatMap((name) => build(name, new Set(), "")));
}

/** Networks of the swarm name no parent: each machine has its own for them. */
function parentless(networks: readonly NetworkNode[]): GroupNode[] {
  const isSwarm = ({ network }: NetworkNode) => network.scope === "swarm";
  return [
    groupNode({
      id: "group:no-parent",
      label: "No parent",
      description: "reach no LAN",
      icon: "debug-disconnect",
      title: "Networks without a parent interface",
      note: "The engine made a dummy interface as their parent: containers reach each other, but no LAN.",
      children: networks.filter((node) => !isSwarm(node)),
    }),
    groupNode({
      id: "group:swarm",
      label: "Swarm",
      description: "parent from a template on each machine",
      icon: "server-environment",
      title: "Networks of the swarm",
      note: "Each machine takes their parent from a template (--config-only) of its own.",
      children: networks.filter(isSwarm),
    }),
  ].filter(({ children }) => children.length > 0);
}

function projectGroups(networks: readonly NetworkNode[]): GroupNode[] {
  const byProject = new Map<string, NetworkNode[]>();
  for (const node of networks) {
    const project = node.network.project ?? "";
    byProject.set(project, [...(byProject.get(project) ?? []), node]);
  }
  const { "": others = [], ...projects } = Object.fromEntries(byProject);
  const groups = Object.entries(projects).map(([project, children]) =>
    groupNode({
      id: `group:project:${project}`,
      label: project,
      description: "Compose project",
      icon: "layers",
      title: `Compose project ${project}`,
      note: "Networks that docker compose made for this project.",
      children,
    }),
  );
  const rest = groupNode({
    id: "group:no-project",
    label: "Made by hand",
    description: "no Compose project",
    icon: "terminal",
    title: "Networks that no Compose project made",
    note: "Made by docker network create, by this extension or by another program.",
    children: others,
  });
  return [...sortedByName(groups), ...(others.length > 0 ? [rest] : [])];
}

function groupNode(group: {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly title: string;
  readonly note: string;
  readonly children: readonly NetworkNode[];
}): GroupNode {
  const { id, label, description, icon, title, note, children } = group;
  return {
    kind: "group",
    id,
    label,
    description,
    icon: { id: icon },
    tags: ["group"],
    tooltip: { title, problems: [], rows: [], notes: [note] },
    spoken: `${title}, ${children.length}. ${note}`,
    problems: [],
    children,
  };
}
