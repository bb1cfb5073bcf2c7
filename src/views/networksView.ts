import * as vscode from "vscode";
import { viewIds } from "../ids";
import type { Inventory } from "../inventory/inventory";
import { Attention } from "../workbench/attention";
import { ContextKey } from "../workbench/contextKeys";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import { type TreeNode, allNodes, buildTree } from "./nodes";
import { screenOf } from "./screen";
import { toTreeItem, tooltipOf } from "./treeItem";

/** The tree of the side bar. It shows the inventory and holds nothing of its own. */
export interface NetworksView extends Disposable {
  /** The nodes that are shown now; empty unless an engine is connected. */
  readonly roots: readonly TreeNode[];
  readonly onDidChange: vscode.Event<void>;
  /** Selects the node of this id and brings it into view, if it is there. */
  reveal(id: string): Promise<void>;
}

export function registerNetworksView(inventory: Inventory): NetworksView {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  const engineState = new ContextKey<string>("engineState");
  const hasNetworks = new ContextKey<boolean>("hasNetworks");
  let roots: readonly TreeNode[] = [];
  let parents = new Map<string, TreeNode>();
  let isBusy = false;

  const provider: vscode.TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: toTreeItem,
    getChildren(node) {
      return [...(node ? node.children : roots)];
    },
    getParent: (node) => parents.get(node.id),
    resolveTreeItem(item, node) {
      item.tooltip = tooltipOf(node.tooltip);
      return item;
    },
  };
  const view = store.add(
    vscode.window.createTreeView(viewIds.networks, {
      treeDataProvider: provider,
      showCollapseAll: true,
    }),
  );

  // The engine is not contacted before the view is first shown, nor read while it is hidden.
  const attention = store.add(new Attention(inventory));
  attention.set(view.visible);
  store.add(
    view.onDidChangeVisibility(({ visible }) => {
      attention.set(visible);
    }),
  );

  function update(): void {
    const { state, facts } = inventory;
    roots = state.kind === "connected" ? buildTree(facts) : [];
    parents = parentsOf(roots);
    const screen = screenOf(state, facts, roots);
    engineState.set(state.kind);
    hasNetworks.set(screen.hasNetworks);
    // An empty message counts as none; the typings of the field forbid undefined.
    view.message = screen.message ?? "";
    view.description = screen.description ?? "";
    view.badge = screen.badge;
    if (state.kind === "connecting") void showProgress();
    changed.fire();
  }

  /** The moving bar under the view's title, until the engine answered or did not. */
  async function showProgress(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    await vscode.window.withProgress({ location: { viewId: viewIds.networks } }, () => settled());
    isBusy = false;
  }

  function settled(): Promise<void> {
    return new Promise((resolve) => {
      const listener = store.add(
        inventory.onDidChange(() => {
          if (inventory.state.kind === "connecting") return;
          listener.dispose();
          resolve();
        }),
      );
    });
  }

  store.add(inventory.onDidChange(update));
  update();
  return {
    get roots() {
      return roots;
    },
    onDidChange: changed.event,
    async reveal(id) {
      const node = [...allNodes(roots)].find((candidate) => candidate.id === id);
      if (node) await view.reveal(node, { select: true, focus: false, expand: true });
    },
    dispose: () => {
      store.dispose();
    },
  };
}

function parentsOf(roots: readonly TreeNode[]): Map<string, TreeNode> {
  const parents = new Map<string, TreeNode>();
  for (const node of allNodes(roots)) {
    for (const child of node.children) parents.set(child.id, node);
  }
  return parents;
}
