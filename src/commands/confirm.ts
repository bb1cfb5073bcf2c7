import * as vscode from "vscode";

/** A modal question with one way on; false when the user did not take it. */
export async function confirm(message: string, detail: string, action: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, action);
  return answer === action;
}
