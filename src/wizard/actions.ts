/** What the wizard and Quick Create do with a finished plan. */
import * as vscode from "vscode";
import { whoIsInTheWay } from "../changes/holders";
import { ComposeDocument } from "../compose/document";
import { insertNetwork } from "../compose/insertNetwork";
import { networkCreateCommand, quoteShell } from "../model/dockerCommand";
import type { NetworkSpec } from "../model/network";
import { addHint } from "../workbench/hints";
import { UserError } from "../workbench/presentError";
import { composeFileName, pickComposeFile } from "./composeTarget";
import type { WizardDeps } from "./deps";

/** A sentence for the user, or undefined when the user changed their mind. Failures are thrown. */
export type ActionResult = Promise<string | undefined>;

/** Creates the network, with progress that can be cancelled, and offers to show it in the tree. */
export async function createOnEngine(deps: WizardDeps, spec: NetworkSpec): ActionResult {
  const { client, state } = deps.inventory;
  if (!client || state.kind !== "connected") {
    throw new UserError(`There is no engine to create the network on. ${state.detail}`);
  }
  const id = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Creating the network ${spec.name}`,
      cancellable: true,
    },
    (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      return client.createNetwork(spec, { signal: abort.signal }).catch((error: unknown) => {
        noteWhoIsInTheWay(deps, spec, error);
        throw error;
      });
    },
  );
  deps.log.info(`Created network ${spec.name} (${id}): ${quoteShell(networkCreateCommand(spec))}`);
  await deps.inventory.refresh();
  const message = `Network ${spec.name} created.`;
  void offerReveal(deps, id, message);
  return message;
}

function noteWhoIsInTheWay({ inventory }: WizardDeps, spec: NetworkSpec, error: unknown): void {
  if (!(error instanceof Error)) return;
  const tried = {
    subnets: spec.pools.map(({ subnet }) => subnet),
    addresses: spec.pools.map(({ gateway }) => gateway),
  };
  addHint(error, whoIsInTheWay(error.message, tried, inventory.facts));
}

async function offerReveal(deps: WizardDeps, id: string, message: string): Promise<void> {
  const reveal = "Show in Tree";
  if ((await vscode.window.showInformationMessage(message, reveal)) !== reveal) return;
  try {
    await deps.revealNetwork(id);
  } catch (error) {
    deps.presenter.present("show the network in the tree", error);
  }
}

/** Adds the network to the active compose file, else to one that the user picks, and shows it there. */
export async function insertIntoComposeFile(spec: NetworkSpec, uri?: vscode.Uri): ActionResult {
  const target = uri ?? (await pickComposeFile());
  if (!target) return undefined;
  const document = await vscode.workspace.openTextDocument(target);
  const text = document.getText();
  const project = new ComposeDocument(document.uri.path, text).project();
  if (project.problems.some(({ code }) => code === "syntax" || code === "limit")) {
    throw new UserError(
      `${composeFileName(target)} cannot be read as YAML yet. Correct it first, or copy the YAML.`,
    );
  }
  const insertion = insertNetwork(text, project, spec);
  if (insertion.kind === "refused") throw new UserError(insertion.reason);
  const { from, to, newText } = insertion.edit;
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
  edit.replace(document.uri, range, newText);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new UserError(`${composeFileName(target)} could not be changed: is it read-only?`);
  }
  const shown = new vscode.Range(
    document.positionAt(insertion.offset),
    document.positionAt(from + newText.trimEnd().length),
  );
  const editor = await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(shown.start, shown.start),
    viewColumn: columnOf(document),
  });
  editor.revealRange(shown, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return `Network ${insertion.key} added to ${composeFileName(target)}; not saved yet.`;
}

/** The column that the document is visible in, else one beside the wizard's. */
function columnOf(document: vscode.TextDocument): vscode.ViewColumn {
  const editor = vscode.window.visibleTextEditors.find(
    (visible) => visible.document.uri.toString() === document.uri.toString(),
  );
  return editor?.viewColumn ?? vscode.ViewColumn.Active;
}

export async function copyCommand(spec: NetworkSpec): ActionResult {
  await vscode.env.clipboard.writeText(quoteShell(networkCreateCommand(spec)));
  return "Command copied.";
}

export async function copyText(text: string, what: string): ActionResult {
  await vscode.env.clipboard.writeText(text);
  return `${what} copied.`;
}
