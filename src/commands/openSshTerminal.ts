import * as vscode from "vscode";
import { findProgram } from "../inventory/program";
import { UserError } from "../workbench/presentError";
import type { CommandDeps } from "./deps";

/**
 * Opens a terminal that logs in to the engine's host, where ssh can ask what it does not ask us: whether
 * a host key is the right one, a password, a passphrase.
 */
export function openSshTerminal({ inventory }: Pick<CommandDeps, "inventory">): void {
  const { state } = inventory;
  const login = "login" in state ? state.login : undefined;
  if (!login) throw new UserError("The engine in use is not reached over ssh.");
  const ssh = findProgram("ssh");
  if (!ssh) throw new UserError("There is no ssh command in the PATH. Install an OpenSSH client.");
  const terminal = vscode.window.createTerminal({
    name: `ssh ${login.at(-1) ?? ""}`,
    shellPath: ssh,
    shellArgs: [...login],
    iconPath: new vscode.ThemeIcon("key"),
    isTransient: true,
  });
  terminal.show();
}
