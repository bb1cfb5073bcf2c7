/** The one place where offsets become editor positions, and back. */
import * as vscode from "vscode";
import type { Place, TextEdit } from "../compose/place";
import type { DocumentEdit } from "../compose/sourceFile";
import { uriOf } from "./paths";

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

/** Texts of files by path, as offsets count in them. */
export interface Texts {
  textOf(path: string): string | undefined;
}

/** A place of any file of a project. */
export function rangeIn(texts: Texts, place: Place | TextEdit): vscode.Range {
  const lines = linesOf(texts.textOf(place.path) ?? "");
  return new vscode.Range(positionIn(lines, place.from), positionIn(lines, place.to));
}

/** Of the text that was asked about last: places come file by file. */
let latest: { readonly text: string; readonly starts: readonly number[] } | undefined;

/** Offsets where the lines begin. */
function linesOf(text: string): readonly number[] {
  if (latest?.text === text) return latest.starts;
  const starts = [0];
  const breaks = /\r\n|\n|\r/g;
  while (breaks.test(text)) starts.push(breaks.lastIndex);
  latest = { text, starts };
  return starts;
}

function positionIn(starts: readonly number[], offset: number): vscode.Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return new vscode.Position(low, offset - (starts[low] ?? 0));
}

/** Edits of a project's files; the editor gives new lines the line ends that a document has. */
export function workspaceEdit(texts: Texts, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const edit of edits) result.replace(uriOf(edit.path), rangeIn(texts, edit), edit.newText);
  return result;
}
