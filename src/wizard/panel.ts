/** The wizard's tab: the page, its messages, and what they mean to VS Code. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { settingIds, wizardViewType } from "../ids";
import { Attention } from "../workbench/attention";
import { DisposableStore } from "../workbench/disposables";
import { describeError } from "../workbench/explainError";
import { UserError } from "../workbench/presentError";
import { runOptions } from "../workbench/runOptions";
import { copyText, createOnEngine, insertIntoComposeFile } from "./actions";
import { composeFileName, obviousComposeFile } from "./composeTarget";
import type { WizardDeps } from "./deps";
import { pageHtml } from "./pageHtml";
import { readFromPage } from "./protocol";
import { FormError, WizardSession } from "./session";
import type { PlanStart } from "./start";

export class WizardPanel {
  private readonly deps: WizardDeps;
  private readonly panel: vscode.WebviewPanel;
  private readonly session: WizardSession;
  private readonly store = new DisposableStore();
  private readonly closed = this.store.add(new vscode.EventEmitter<void>());
  /** The tab was closed. */
  readonly onDidClose = this.closed.event;

  /** Takes over the panel: a new one, or one that VS Code restored. */
  constructor(deps: WizardDeps, panel: vscode.WebviewPanel, start: PlanStart) {
    this.deps = deps;
    this.panel = panel;
    this.session = this.createSession(start);
    const update = () => {
      this.session.worldChanged();
    };
    this.store.add(
      panel.onDidDispose(() => {
        this.closed.fire();
        this.dispose();
      }),
    );
    this.store.add(
      panel.webview.onDidReceiveMessage((raw: unknown) => {
        this.receive(raw);
      }),
    );
    this.store.add(deps.inventory.onDidChange(update));
    this.store.add(deps.configuration.onDidChange(update));
    this.store.add(vscode.window.onDidChangeVisibleTextEditors(update));
    const attention = this.store.add(new Attention(deps.inventory));
    attention.set(panel.visible);
    this.store.add(
      panel.onDidChangeViewState(() => {
        attention.set(panel.visible);
      }),
    );
    this.load();
  }

  /** Comes to the front and begins anew; without a start what is typed stays. */
  show(start?: PlanStart): void {
    this.panel.reveal();
    if (start) this.session.begin(start);
  }

  dispose(): void {
    this.store.dispose();
    this.panel.dispose();
  }

  private createSession(start: PlanStart): WizardSession {
    const { deps, panel } = this;
    return new WizardSession(
      {
        post: (message) => {
          void panel.webview.postMessage(message);
        },
        state: () => deps.inventory.state,
        facts: () => deps.inventory.facts,
        options: () => runOptions(deps.configuration.read(), deps.inventory.facts),
        composeFile: () => {
          const uri = obviousComposeFile();
          return uri ? composeFileName(uri) : "";
        },
        create: (spec) => createOnEngine(deps, spec),
        insert: (spec) => insertIntoComposeFile(spec),
        copy: copyText,
        fail: (what, error) => this.fail(what, error),
        openLanSetting: () => {
          void vscode.commands.executeCommand("workbench.action.openSettings", settingIds.lan);
        },
      },
      start,
    );
  }

  /** What the form lacks is said on the page alone; all else is a notification too. */
  private fail(what: string, error: unknown): string {
    if (error instanceof FormError) return error.message;
    this.deps.presenter.present(what, error);
    return error instanceof UserError ? error.message : describeError(what, error);
  }

  private load(): void {
    const { webview } = this.panel;
    const dist = vscode.Uri.joinPath(this.deps.extensionUri, "dist");
    const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      script: uri("wizard.js"),
      style: uri("wizard.css"),
      nonce: randomBytes(16).toString("base64"),
    });
  }

  private receive(raw: unknown): void {
    const reading = readFromPage(raw);
    if (reading.ok) this.session.handle(reading.message);
    else this.deps.log.warn(`A message of the wizard's page was dropped: it ${reading.reason}.`);
  }
}

/** A new tab for the wizard. */
export function createWizardTab(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    wizardViewType,
    "Plan a Network",
    vscode.ViewColumn.Active,
    { enableScripts: true },
  );
}
