/**
 * The tree as data: parent interfaces, the networks on them, the containers on those. A node stays the same
 * object for as long as the thing that it shows is there; treeModel.ts writes what it says. PURE.
 */
import type { Attachment, EngineContainer } from "../model/attachment";
import type { HostInterface } from "../model/hostInterface";
import type { EngineNetwork } from "../model/network";
import type { Problem } from "./problem";

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
  /** Counted by the badge; those that the user does not want to see are not among them. */
  readonly problems: readonly Problem[];
}

export interface Tooltip {
  readonly title: string;
  /** What is wrong comes first, each with its ways out. */
  readonly problems: readonly Problem[];
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

/** Networks that have something in common: no parent, or the compose project that made them. */
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

/** Every node of the trees, parents before their children. */
export function* allNodes(nodes: readonly TreeNode[]): Generator<TreeNode> {
  for (const node of nodes) {
    yield node;
    yield* allNodes(node.children);
  }
}
