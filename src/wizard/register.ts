/** The commands of the wizard, and its tab across restarts of VS Code. */
import * as vscode from "vscode";
import { commandIds, wizardViewType } from "../ids";
import { DisposableStore } from "../workbench/disposables";
import type { WizardDeps } from "./deps";
import { WizardPanel, createWizardTab } from "./panel";
import { quickCreate } from "./quickCreate";
import { type PlanStart, readStart } from "./start";

/** Long enough to be read. */
const statusMs = 5_000;

/** Registers `macvlan.planNetwork` and `macvlan.quickCreate`; one wizard is open at a time. */
export function registerWizard(deps: WizardDeps): vscode.Disposable {
  const store = new DisposableStore();
  let current: WizardPanel | undefined;

  const adopt = (tab: vscode.WebviewPanel, start: PlanStart) => {
    current?.dispose();
    const panel = new WizardPanel(deps, tab, start);
    current = panel;
    panel.onDidClose(() => {
      if (current === panel) current = undefined;
    });
  };

  store.add({ dispose: () => current?.dispose() });
  store.add(
    vscode.commands.registerCommand(commandIds.planNetwork, (argument?: unknown) => {
      const start = readStart(argument);
      if (current) current.show(Object.keys(start).length > 0 ? start : undefined);
      else adopt(createWizardTab(), start);
    }),
  );
  store.add(
    vscode.commands.registerCommand(commandIds.quickCreate, async (argument?: unknown) => {
      try {
        const message = await quickCreate(deps, argument);
        if (message !== undefined) vscode.window.setStatusBarMessage(message, statusMs);
        return message;
      } catch (error) {
        deps.presenter.present("create the network", error);
        return undefined;
      }
    }),
  );
  store.add(
    vscode.window.registerWebviewPanelSerializer(wizardViewType, {
      // The page itself kept what was typed, and says so when it is ready.
      deserializeWebviewPanel: (tab) => {
        adopt(tab, {});
        return Promise.resolve();
      },
    }),
  );
  return new vscode.Disposable(() => {
    store.dispose();
  });
}
