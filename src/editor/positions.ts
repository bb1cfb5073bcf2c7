/** The one place where offsets become editor positions, and back. */
import * as vscode from "vscode";
import type { DocumentEdit } from "../compose/document";
import type { Edit } from "../compose/edits";

/** Offsets of the document's current text. */
export function toRange(
  document: vscode.TextDocument,
  place: { readonly from: number; readonly to: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(place.from), document.positionAt(place.to));
}

export function toOffset(document: vscode.TextDocument, position: vscode.Position): number {
  return document.offsetAt(position);
}

/** Number of characters of the document, without putting its lines together. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

/** What an editor reports, as ascending edits of the text before: VS Code lists changes from the end on. */
export function toEdits(changes: readonly vscode.TextDocumentContentChangeEvent[]): DocumentEdit[] {
  return changes
    .map(({ rangeOffset, rangeLength, text }) => ({
      from: rangeOffset,
      to: rangeOffset + rangeLength,
      newText: text,
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Edits of one document; the editor gives new lines the line ends that the document has. */
export function toWorkspaceEdit(
  document: vscode.TextDocument,
  edits: readonly Edit[],
): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const edit of edits) result.replace(document.uri, toRange(document, edit), edit.newText);
  return result;
}
