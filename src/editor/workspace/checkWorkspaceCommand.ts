import * as vscode from "vscode";
import { commandIds } from "../../ids";
import type { WorkspaceCheck, WorkspaceSummary } from "./workspaceCheck";

/** Checks every compose project of the workspace, open or not, and shows the Problems view. */
export function registerCheckWorkspace(check: WorkspaceCheck): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.checkWorkspace, async () => {
    if (!vscode.workspace.workspaceFolders?.length) {
      const message = "No folder is open: there are no compose projects to check.";
      void vscode.window.showInformationMessage(message);
      return undefined;
    }
    const summary = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: "Checking compose projects",
        cancellable: true,
      },
      (progress, token) =>
        check.checkAll((message) => {
          progress.report({ message });
        }, token),
    );
    if (!summary) return undefined;
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    vscode.window.setStatusBarMessage(words(summary), 10_000);
    return summary;
  });
}

function words({ projects, findings }: WorkspaceSummary): string {
  const { error, warning, information, hint } = findings;
  return (
    `Macvlan: ${count(projects, "compose project")}: ${count(error, "error")}, ` +
    `${count(warning, "warning")}, ${count(information + hint, "note")}`
  );
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? "" : "s"}`;
}
