import * as vscode from "vscode";

const shownFor = 4000;

/** Puts the text on the clipboard and says so in the status bar. `what`: "address 192.168.1.5". */
export async function copyText(text: string, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Copied ${what}`, shownFor);
}
