import * as vscode from "vscode";
import { settingIds } from "../ids";
import type { CommandDeps } from "./deps";
import { type EngineChoice, type EngineRow, engineRows, objectionToHost } from "./engineChoices";

/** Asks which engine to use and writes it down in the settings, which connects to it. */
export async function chooseEngine(
  { inventory, configuration }: Pick<CommandDeps, "inventory" | "configuration">,
  _target?: unknown,
  options?: EngineChoice,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const choice = options ?? (await ask(inventory, configuration));
  if (!choice) return;
  // The host wins over the context: in this order there is never a third engine in between.
  if (choice.host === undefined) {
    await write(settingIds.dockerContext, choice.context);
    await write(settingIds.dockerHost, undefined);
  } else {
    await write(settingIds.dockerHost, choice.host);
    await write(settingIds.dockerContext, undefined);
  }
}

async function ask(
  inventory: CommandDeps["inventory"],
  configuration: CommandDeps["configuration"],
): Promise<EngineChoice | undefined> {
  const rows = engineRows(await inventory.contexts(), configuration.read());
  const picked = await vscode.window.showQuickPick(rows.map(toItem), {
    title: "Docker Engine",
    placeHolder: "Which engine to use in this editor",
    matchOnDescription: true,
  });
  if (!picked) return undefined;
  return picked.row.choice ?? askHost(configuration.read().dockerHost);
}

function toItem(row: EngineRow): vscode.QuickPickItem & { readonly row: EngineRow } {
  const iconPath = new vscode.ThemeIcon(row.isChosen ? "check" : "blank");
  // Without icons in the label: names may look like one.
  const label = row.label.replaceAll("$(", "$\u200b(");
  return { label, description: row.description.replaceAll("$(", "$\u200b("), iconPath, row };
}

async function askHost(before = ""): Promise<EngineChoice | undefined> {
  const host = await vscode.window.showInputBox({
    title: "Docker Engine",
    prompt:
      "Where the engine listens, as in DOCKER_HOST. ssh asks no question: log in once before.",
    placeHolder: "ssh://me@nas",
    value: before,
    validateInput: objectionToHost,
  });
  return host === undefined ? undefined : { host: host.trim() };
}

/** Where the setting is set now, else for the user. */
async function write(id: string, value: string | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const set = configuration.inspect<string>(id);
  const targets = [
    [vscode.ConfigurationTarget.WorkspaceFolder, set?.workspaceFolderValue],
    [vscode.ConfigurationTarget.Workspace, set?.workspaceValue],
  ] as const;
  const target = targets.find(([, text]) => text !== undefined)?.[0];
  if (target === undefined && value === undefined && set?.globalValue === undefined) return;
  await configuration.update(id, value, target ?? vscode.ConfigurationTarget.Global);
}
