import * as vscode from "vscode";
import { commandIds } from "../ids";
import type { Inventory } from "../inventory/inventory";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import { statusOf } from "./statusText";

/** The engine in the status bar, as it is shown now. */
export interface EngineStatus extends Disposable {
  /** Undefined until an engine was looked for: whoever has nothing to do with Docker sees nothing. */
  readonly text: string | undefined;
}

/** An item that names engine, version and host; selecting it chooses another. */
export function registerEngineStatus(inventory: Inventory): EngineStatus {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem("macvlan.engine", vscode.StatusBarAlignment.Left, 0),
  );
  let text: string | undefined;
  item.name = "Docker Engine";
  item.command = commandIds.chooseEngine;
  store.add(
    inventory.onDidChange(() => {
      const status = statusOf(inventory.state);
      text = item.text = status.text;
      item.tooltip = status.tooltip;
      item.accessibilityInformation = { label: status.spoken };
      item.show();
    }),
  );
  return {
    get text() {
      return text;
    },
    dispose: () => {
      store.dispose();
    },
  };
}
