/** What the wizard and Quick Create do with a finished plan. */
import * as vscode from "vscode";
import type { Change } from "../changes/change";
import { planCreation } from "../changes/create";
import type { ChangeEngine } from "../changes/engine";
import { whoIsInTheWay } from "../changes/holders";
import { runChange } from "../changes/runChange";
import { ComposeDocument } from "../compose/document";
import { insertNetwork } from "../compose/insertNetwork";
import { networkCreateCommand, quoteShell } from "../model/dockerCommand";
import type { NetworkSpec } from "../model/network";
import { settingsOfSpec } from "../model/networkSettings";
import { addHint } from "../workbench/hints";
import { UserError } from "../workbench/presentError";
import { composeFileName, pickComposeFile } from "./composeTarget";
import type { WizardDeps } from "./deps";

/** A sentence for the user, or undefined when the user changed their mind. Failures are thrown. */
export type ActionResult = Promise<string | undefined>;

/**
 * Creates the network, with progress that can be cancelled, and offers to show it in the tree. Does nothing
 * when there is such a network already; one that was made though no answer came is taken back.
 */
export async function createOnEngine(deps: WizardDeps, spec: NetworkSpec): ActionResult {
  const { client, state } = deps.inventory;
  if (!client || state.kind !== "connected") {
    throw new UserError(`There is no engine to create the network on. ${state.detail}`);
  }
  const plan = planCreation(settingsOfSpec(spec), await client.readNetworks());
  if (plan.kind === "impossible") throw new UserError(plan.reason);
  let message = `Network ${spec.name} created.`;
  if (plan.kind === "nothing") message = plan.reason;
  else if (!(await create(deps, client, spec, plan.change))) return undefined;
  const made = (await client.readNetworks()).find(({ settings }) => settings.name === spec.name);
  await deps.inventory.refresh();
  if (made) void offerReveal(deps, made.id, message);
  return message;
}

/** False when the user cancelled. */
async function create(
  deps: WizardDeps,
  client: ChangeEngine,
  spec: NetworkSpec,
  change: Change,
): Promise<boolean> {
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: `Creating the network ${spec.name}`,
    cancellable: true,
  };
  const outcome = await vscode.window.withProgress(progress, (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    const log = (line: string) => {
      deps.log.info(line);
    };
    return runChange(change, client, { signal: abort.signal, log });
  });
  if (outcome.kind === "done" || outcome.kind === "nothing") return true;
  const { failure } = outcome;
  const left =
    outcome.kind === "left"
      ? ` It may be there all the same; to remove it: docker network rm ${spec.name}`
      : "";
  if (failure.kind === "cancelled" && left === "") return false;
  if (failure.kind !== "error") {
    const reason = failure.kind === "changed" ? failure.reason : `Cancelled.`;
    throw new UserError(`${reason}${left}`);
  }
  noteWhoIsInTheWay(deps, spec, failure.error);
  if (failure.error instanceof Error && left !== "") addHint(failure.error, left.trim());
  throw failure.error;
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
