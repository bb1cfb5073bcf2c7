/**
 * What a command is about: a row of the tree, a name or id (keybindings, tests, other commands), or
 * what the user picks.
 */
import * as vscode from "vscode";
import type { Attachment, EngineContainer } from "../model/attachment";
import type { Facts } from "../model/facts";
import { type EngineNetwork, isLanDriver } from "../model/network";
import { type ContainerNode, type TreeNode, allNodes } from "../views/nodes";
import { UserError } from "../workbench/presentError";

/** A container on a network; a container on two networks is two of them. */
export interface Tie {
  readonly container: EngineContainer;
  readonly attachment: Attachment;
  readonly network: EngineNetwork;
}

export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && "kind" in value && "spoken" in value;
}

/** The macvlan or ipvlan network meant by `target`; undefined when the user gave up. */
export async function networkOf(
  target: unknown,
  facts: Facts,
  placeholder: string,
): Promise<EngineNetwork | undefined> {
  if (isTreeNode(target) && (target.kind === "network" || target.kind === "container")) {
    return target.network;
  }
  const networks = (facts.networks ?? []).filter((network) => isLanDriver(network.driver));
  const wanted = readName(target, "network");
  if (wanted !== undefined) {
    const named = networks.find(({ name, id }) => name === wanted || id === wanted);
    if (named) return named;
    throw new UserError(`There is no macvlan or ipvlan network ${wanted}.`);
  }
  if (networks.length === 0) {
    throw new UserError("There is no macvlan or ipvlan network yet. Plan one first.");
  }
  const items = networks.map((network) => ({
    label: network.name,
    description: [network.driver, network.parent, network.ipam?.[0]?.subnet]
      .filter((text) => text)
      .join(" · "),
    network,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: placeholder,
    matchOnDescription: true,
  });
  return picked?.network;
}

/** The container on a network meant by `target`, which the user picks among `roots` where it is none. */
export async function tieOf(
  target: unknown,
  roots: readonly TreeNode[],
  placeholder: string,
  accepts: (node: ContainerNode) => boolean = () => true,
): Promise<Tie | undefined> {
  if (isTreeNode(target) && target.kind === "container") return target;
  const containers = [...allNodes(roots)].filter((node) => node.kind === "container");
  const wanted = readName(target, "container");
  const onNetwork = readName(target, "network", false);
  if (wanted !== undefined) {
    const named = containers.find(
      ({ container, network }) =>
        (container.name === wanted || container.id === wanted) &&
        (onNetwork === undefined || network.name === onNetwork || network.id === onNetwork),
    );
    if (named) return named;
    throw new UserError(`There is no container ${wanted} on a macvlan or ipvlan network.`);
  }
  const choices = containers.filter(accepts);
  if (choices.length === 0) {
    throw new UserError("There is no such container on a macvlan or ipvlan network.");
  }
  const items = choices.map((node) => ({
    label: node.label,
    description: `${node.network.name} · ${node.description}`,
    node,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: placeholder,
    matchOnDescription: true,
  });
  return picked?.node;
}

/** `"lan"`, or the `network` of `{ network: "lan" }`. */
export function readName(target: unknown, key: string, bare = true): string | undefined {
  if (typeof target === "string") return bare ? target : undefined;
  if (typeof target !== "object" || target === null || isTreeNode(target)) return undefined;
  const value = (target as Readonly<Record<string, unknown>>)[key];
  return typeof value === "string" ? value : undefined;
}
