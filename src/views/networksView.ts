import * as vscode from "vscode";
import { viewIds } from "../ids";
import type { HostState, Inventory } from "../inventory/inventory";
import { Attention } from "../workbench/attention";
import { ContextKey } from "../workbench/contextKeys";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import { EngineCounts } from "./engineCounts";
import type { TreeNode } from "./nodes";
import { registerProblemColours } from "./problemColours";
import { screenOf } from "./screen";
import { type ScreenId, screenIdOf } from "./screenId";
import type { TreeShape } from "./shape";
import { toTreeItem, tooltipOf } from "./treeItem";
import { type DeclaredThing, type TreeChange, TreeModel } from "./treeModel";
import { ShapeMemory } from "./shapeMemory";

/** The tree of the side bar. It shows the inventory and holds nothing of its own. */
export interface NetworksView extends Disposable {
  /** The nodes that are shown now; empty unless an engine is connected. */
  readonly roots: readonly TreeNode[];
  readonly onDidChange: vscode.Event<void>;
  /** The nodes that the user, or `reveal`, selected. */
  readonly selection: readonly TreeNode[];
  /** How the user wants the tree; kept for the workspace. */
  readonly shape: TreeShape;
  setShape(change: Partial<TreeShape>): void;
  /** Problems and notes of the networks and containers; those that the filter hides included. */
  readonly badge: vscode.ViewBadge | undefined;
  /** Selects the node of this id and brings it into view, if it is there; ends a filter that hides it. */
  reveal(id: string): Promise<boolean>;
  /** The same with what a compose file declares: a service's container, or a network. */
  revealDeclared(declared: DeclaredThing): Promise<boolean>;
}

export function registerNetworksView(inventory: Inventory, memory: vscode.Memento): NetworksView {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  const rowsChanged = store.add(new vscode.EventEmitter<TreeNode[] | undefined>());
  const shapes = new ShapeMemory(memory);
  const engineState = new ContextKey<ScreenId>("engineState");
  const hostWay = new ContextKey<HostState["way"] | "">("hostWay");
  const hasNetworks = new ContextKey<boolean>("hasNetworks");
  const isFiltered = new ContextKey<boolean>("isFiltered");
  const hasIgnored = new ContextKey<boolean>("hasIgnored");
  let model = new TreeModel();
  /** Whether the model was given what an engine has. */
  let isFilled = false;
  let isBusy = false;
  const counts = new EngineCounts(
    () => inventory.client,
    () => model,
    (row) => {
      rowsChanged.fire([row]);
    },
  );

  const provider: vscode.TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: rowsChanged.event,
    getTreeItem: toTreeItem,
    getChildren(node) {
      return [...(node ? node.children : model.roots)];
    },
    getParent: (node) => model.parentOf(node),
    async resolveTreeItem(item, node, token) {
      if (node.kind === "network") {
        const abort = new AbortController();
        token.onCancellationRequested(() => {
          abort.abort();
        });
        await counts.ask(node.network.id, abort.signal);
      }
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
  store.add(registerProblemColours());
  store.add(
    view.onDidChangeVisibility(({ visible }) => {
      attention.set(visible);
    }),
  );

  /** Without an engine there is nothing to show; at activation that costs nothing. */
  function updateModel(): Pick<TreeChange, "whole" | "nodes"> {
    const { state, facts } = inventory;
    if (state.kind === "connected") {
      isFilled = true;
      return model.update(facts, shapes.shape);
    }
    if (isFilled) model = new TreeModel();
    isFilled = false;
    return { whole: true, nodes: [] };
  }

  function update(): void {
    const { state, facts } = inventory;
    const { shape } = shapes;
    const change = updateModel();
    const { roots, problems } = model;
    const screen = screenOf(state, facts, { roots, problems, shape });
    engineState.set(screenIdOf(state));
    hostWay.set(state.kind === "connected" ? state.host.way : "");
    hasNetworks.set(screen.hasNetworks);
    // An empty message counts as none; the typings of the field forbid undefined.
    view.message = screen.message ?? "";
    view.description = screen.description ?? "";
    view.badge = screen.badge;
    isFiltered.set(shape.filter !== "");
    hasIgnored.set(shape.ignored.size > 0);
    if (state.kind === "connecting") void showProgress();
    // Rows are told one by one where that says it all: the workbench asks again for what it is told of.
    if (change.whole) rowsChanged.fire(undefined);
    else if (change.nodes.length > 0) rowsChanged.fire([...change.nodes]);
    changed.fire();
    counts.askWhereNeeded();
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

  async function reveal(id: string): Promise<boolean> {
    if (!model.isShown(id)) {
      if (shapes.shape.filter === "") return false;
      shapes.set({ filter: "" });
      update();
    }
    const node = model.find(id);
    if (!node) return false;
    await view.reveal(node, { select: true, focus: false, expand: true });
    return true;
  }

  store.add(inventory.onDidChange(update));
  update();
  return {
    get roots() {
      return model.roots;
    },
    get selection() {
      return view.selection;
    },
    get shape() {
      return shapes.shape;
    },
    setShape(change) {
      shapes.set(change);
      update();
    },
    get badge() {
      return view.badge;
    },
    onDidChange: changed.event,
    reveal,
    async revealDeclared(declared) {
      await inventory.current();
      const id = model.idOf(declared);
      return id !== undefined && (await reveal(id));
    },
    dispose: () => {
      store.dispose();
    },
  };
}
