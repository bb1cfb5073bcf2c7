import * as vscode from "vscode";

/** The one output channel of the extension; made once in the composition root and passed on. */
export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel("Macvlan", { log: true });
}
