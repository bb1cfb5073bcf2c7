import * as vscode from "vscode";
import { commandIds, settingIds } from "../ids";
import { rules } from "../rules/index";
import { pickRule } from "./ruleDocs";

/** Writes `off` for a rule into the setting: of the workspace where there is one, else of the user. */
export function registerTurnRuleOff(): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.turnRuleOff, async (rule?: unknown) => {
    const id = typeof rule === "string" ? rule : await pickRule("Rule to turn off");
    if (id === undefined || !rules.some((known) => known.id === id)) return;
    const configuration = vscode.workspace.getConfiguration();
    const { workspaceValue, globalValue } = configuration.inspect<object>(settingIds.rules) ?? {};
    const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
    const target = inWorkspace
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    const before = inWorkspace ? workspaceValue : globalValue;
    await configuration.update(settingIds.rules, { ...before, [id]: "off" }, target);
  });
}
