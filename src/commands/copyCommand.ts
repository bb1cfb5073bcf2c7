import * as vscode from "vscode";
import {
  existingContainerCommands,
  existingNetworkCommand,
  quoteShell,
} from "../model/dockerCommand";
import { type ContainerNode, type NetworkNode, type TreeNode, allNodes } from "../views/nodes";
import { copyText } from "./copyText";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { isTreeNode } from "./target";

/** Copies the docker commands that make the network or container again. */
export async function copyCommand(
  { inventory, view }: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
): Promise<void> {
  await connectedClient(inventory);
  const node = await nodeOf(target, view.roots);
  if (!node) return;
  if (node.kind === "network") {
    await copyText(quoteShell(existingNetworkCommand(node.network)), "docker network create ...");
  } else {
    const commands = existingContainerCommands(node.container);
    await copyText(commands.map(quoteShell).join("\n"), "docker run ...");
  }
}

async function nodeOf(
  target: unknown,
  roots: readonly TreeNode[],
): Promise<NetworkNode | ContainerNode | undefined> {
  const nodes = [...allNodes(roots)].filter(
    (node) => node.kind === "network" || node.kind === "container",
  );
  if (isTreeNode(target)) return nodes.find((node) => node.id === target.id);
  if (typeof target === "string") return nodes.find((node) => node.label === target);
  const items = nodes.map((node) => ({
    label: node.label,
    description: `${node.kind} · ${node.description}`,
    node,
  }));
  const placeHolder = "Which network or container to repeat as a docker command";
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.node;
}
