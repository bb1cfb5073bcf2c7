import * as vscode from "vscode";
import { type TreeNode, allNodes } from "../views/nodes";
import { attempt } from "./attempt";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { isTreeNode } from "./target";

type Inspectable = Exclude<TreeNode, { kind: "group" }>;

/** Shows what the engine says of a network or container, or what is known of an interface, as JSON. */
export async function inspect(
  deps: Pick<CommandDeps, "inventory" | "view" | "documents">,
  target?: unknown,
): Promise<void> {
  const client = await connectedClient(deps.inventory);
  const node = await nodeOf(target, deps.view.roots);
  if (!node) return;
  const value = await attempt(`inspect ${node.label}`, async () => {
    switch (node.kind) {
      case "network":
        return client.inspectNetwork(node.network.id);
      case "container":
        return client.inspectContainer(node.container.id);
      case "interface":
        return node.host ?? { name: node.name, missing: true };
    }
  });
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  await deps.documents.open([node.kind, `${node.label}.json`], text);
}

/** A row, the name of a network, container or interface, or what the user picks. */
async function nodeOf(
  target: unknown,
  roots: readonly TreeNode[],
): Promise<Inspectable | undefined> {
  if (isTreeNode(target)) return target.kind === "group" ? undefined : target;
  const nodes = [...allNodes(roots)].filter((node) => node.kind !== "group");
  if (typeof target === "string") {
    const rank = ["network", "container", "interface"];
    return nodes
      .filter((node) => node.label === target)
      .sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind))[0];
  }
  const items = nodes.map((node) => ({
    label: node.label,
    description: `${node.kind} · ${node.description}`,
    node,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: "What to inspect",
    matchOnDescription: true,
  });
  return picked?.node;
}
