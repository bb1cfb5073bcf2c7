import * as vscode from "vscode";
import { commandIds } from "../ids";
import type { ErrorPresenter } from "../workbench/presentError";
import type { ReadOnlyDocuments } from "../workbench/readOnlyDocuments";
import type { Analysed, Analyses } from "./analyses";
import { isComposeFile } from "./composeFiles";
import { uriOf } from "./paths";
import { rangeIn } from "./positions";
import { type Located, upReport } from "./upReport";

/**
 * `macvlan.checkBeforeUp`: what `docker compose up` would do to the networks of a project, as a document.
 * Its argument is the compose file's URI (menus, lenses); without one the active editor's file. Gives the
 * text, for keybindings and tests; undefined where there is nothing to check.
 */
export function registerCheckBeforeUp(
  analyses: Analyses,
  documents: ReadOnlyDocuments,
  errors: ErrorPresenter,
): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.checkBeforeUp, async (target?: unknown) => {
    try {
      const document = await documentOf(target);
      const analysed = document && (await analyses.of(document));
      if (!analysed) {
        void vscode.window.showInformationMessage(
          "Open a compose file first: this checks what docker compose up would do to its networks.",
        );
        return undefined;
      }
      return await show(analysed, documents);
    } catch (error) {
      errors.present("check the project before docker compose up", error);
      return undefined;
    }
  });
}

async function documentOf(target: unknown): Promise<vscode.TextDocument | undefined> {
  if (target instanceof vscode.Uri) return vscode.workspace.openTextDocument(target);
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return undefined;
  const { scheme, path } = document.uri;
  return isComposeFile({ scheme, path, languageId: document.languageId }) ? document : undefined;
}

async function show({ state, analysis }: Analysed, documents: ReadOnlyDocuments): Promise<string> {
  const context = state.context(analysis.surroundings);
  const located = analysis.findings.map((finding): Located => {
    const { start } = rangeIn(state, finding.place);
    const path = vscode.workspace.asRelativePath(uriOf(finding.place.path));
    return { finding, path, line: start.line + 1, column: start.character + 1 };
  });
  const text = upReport(context, located);
  const name = context.projectName ?? "project";
  await documents.openPreview(["up", `docker compose up ${name}.md`], text);
  return text;
}
