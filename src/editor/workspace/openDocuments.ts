import * as vscode from "vscode";
import { composeLanguage, composeSchemes } from "../composeFiles";
import { pathOf } from "../paths";

/** The document of a path, where an editor has it. */
export function openDocument(path: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => pathOf(uri) === path);
}

/** Whether the document may be part of a compose project: anything that is YAML, or holds variables. */
export function isPart({ uri, languageId }: vscode.TextDocument): boolean {
  return (
    uri.scheme !== "untitled" &&
    composeSchemes.includes(uri.scheme) &&
    (languageId === composeLanguage || /\.ya?ml$|(^|\/)[^/]*\.env(\.[^/]*)?$/i.test(uri.path))
  );
}
