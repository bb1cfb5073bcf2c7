import * as vscode from "vscode";
import type { FactsFile } from "../model/facts";
import { attempt } from "./attempt";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";

/** Writes what is known of engine, host and LAN to a file, for `macvlan-check --facts`. */
export async function exportFacts(
  { inventory }: Pick<CommandDeps, "inventory">,
  target?: unknown,
): Promise<void> {
  await connectedClient(inventory);
  const uri = target instanceof vscode.Uri ? target : await askWhere();
  if (!uri) return;
  const file: FactsFile = { version: 1, ...inventory.facts };
  const bytes = new TextEncoder().encode(`${JSON.stringify(file, undefined, 2)}\n`);
  await attempt(`write ${uri.path}`, async () => {
    await vscode.workspace.fs.writeFile(uri, bytes);
  });
  await vscode.window.showTextDocument(uri, { preview: true });
}

function askWhere(): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, "macvlan-facts.json") } : {}),
    filters: { JSON: ["json"] },
    title: "Export what is known of the engine and its LAN",
  });
}
