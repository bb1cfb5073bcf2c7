import type * as vscode from "vscode";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import type { Log } from "../workbench/log";
import type { ErrorPresenter } from "../workbench/presentError";
import type { ReadOnlyDocuments } from "../workbench/readOnlyDocuments";
import { Analyses, type FactsSource, type SettingsSource } from "./analyses";
import { registerCheckBeforeUp } from "./checkBeforeUp";
import { registerCodeActions } from "./codeActions";
import { registerCodeLens } from "./codeLens";
import { registerCompletion } from "./completion";
import { registerDiagnostics } from "./diagnostics";
import { registerHover } from "./hover";
import { RuleDocs } from "./ruleDocs";
import { type Reveal, registerShowInTree } from "./showInTree";
import { registerTurnRuleOff } from "./turnRuleOff";
import { registerCheckWorkspace } from "./workspace/checkWorkspaceCommand";
import { WorkspaceCheck } from "./workspace/workspaceCheck";

export interface EditorDeps {
  /** Folder of the extension, where the pages about rules are. */
  readonly extensionUri: vscode.Uri;
  /** The inventory. */
  readonly facts: FactsSource;
  /** The configuration. */
  readonly settings: SettingsSource;
  readonly documents: ReadOnlyDocuments;
  readonly errors: ErrorPresenter;
  readonly log: Log;
  /** To the tree. */
  readonly reveal: Reveal;
}

/** Everything in compose files: findings, fixes, hover, suggestions. Waits for nothing. */
export function registerEditor(deps: EditorDeps): Disposable {
  const store = new DisposableStore();
  const docs = new RuleDocs(deps.extensionUri);
  const check = store.add(new WorkspaceCheck(deps.facts, deps.settings, deps.log));
  const analyses = store.add(new Analyses(deps.facts, deps.settings, check, deps.log));
  store.add(docs.register());
  store.add(registerTurnRuleOff());
  store.add(registerCheckWorkspace(check));
  store.add(registerDiagnostics(analyses, check, docs));
  store.add(registerCodeActions(analyses, check));
  store.add(registerHover(analyses));
  store.add(registerCompletion(analyses));
  store.add(registerCodeLens(analyses, deps.settings));
  store.add(registerCheckBeforeUp(analyses, deps.documents, deps.errors));
  store.add(registerShowInTree(analyses, deps.reveal));
  analyses.start();
  return store;
}
