import type * as vscode from "vscode";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import type { Log } from "../workbench/log";
import { Analyses, type FactsSource, type SettingsSource } from "./analyses";
import { registerCodeActions } from "./codeActions";
import { registerCompletion } from "./completion";
import { registerDiagnostics } from "./diagnostics";
import { registerHover } from "./hover";
import { RuleDocs } from "./ruleDocs";
import { registerTurnRuleOff } from "./turnRuleOff";

export interface EditorDeps {
  /** Folder of the extension, where the pages about rules are. */
  readonly extensionUri: vscode.Uri;
  /** The inventory. */
  readonly facts: FactsSource;
  /** The configuration. */
  readonly settings: SettingsSource;
  readonly log: Log;
}

/** Everything in compose files: findings, fixes, hover, suggestions. Waits for nothing. */
export function registerEditor(deps: EditorDeps): Disposable {
  const store = new DisposableStore();
  const docs = new RuleDocs(deps.extensionUri);
  const analyses = store.add(new Analyses(deps.facts, deps.settings, deps.log));
  store.add(docs.register());
  store.add(registerTurnRuleOff());
  store.add(registerDiagnostics(analyses, docs));
  store.add(registerCodeActions(analyses));
  store.add(registerHover(analyses));
  store.add(registerCompletion(analyses));
  analyses.start();
  return store;
}
