import * as vscode from "vscode";
import { commandIds } from "../ids";
import type { Analyses } from "./analyses";
import { type Declared, declarationAt } from "./declarationAt";
import { toOffset } from "./positions";

/** Selects what is meant in the tree; false when it is not there. */
export type Reveal = (declared: Declared) => Promise<boolean>;

/** From the network or service at the cursor of a compose file to its row in the tree. */
export function registerShowInTree(analyses: Analyses, reveal: Reveal): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.showInTree, async () => {
    const editor = vscode.window.activeTextEditor;
    const analysed = editor && (await analyses.of(editor.document));
    if (!analysed) {
      void vscode.window.showInformationMessage("Put the cursor into a compose file first.");
      return;
    }
    const { state, analysis, document } = analysed;
    const { project } = state.context(analysis.surroundings);
    const offset = toOffset(document, editor.selection.active);
    const declared = declarationAt(project, state.path, offset);
    if (!declared) {
      void vscode.window.showInformationMessage("Put the cursor on a network or a service first.");
      return;
    }
    if (await reveal(declared)) return;
    void vscode.window.showInformationMessage(
      declared.service === undefined
        ? `The engine has no macvlan or ipvlan network ${declared.network ?? ""} yet.`
        : `The engine has no container of service ${declared.service} on a macvlan or ipvlan network yet.`,
    );
  });
}
