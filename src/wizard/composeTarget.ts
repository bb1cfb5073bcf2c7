/** Which compose file a network is inserted into. */
import * as vscode from "vscode";

/** The names that Compose itself looks for, and the customary ones. */
const pattern = "**/{compose,docker-compose}*.{yaml,yml}";
const fileName = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i;

export function isComposeFile(uri: vscode.Uri, languageId?: string): boolean {
  return languageId === "dockercompose" || fileName.test(uri.path);
}

/**
 * The compose file in the active editor, else the only visible one. The wizard's own tab is the
 * active editor mostly, so what stands beside it counts.
 */
export function obviousComposeFile(): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document;
  if (active && isComposeFile(active.uri, active.languageId)) return active.uri;
  const visible = vscode.window.visibleTextEditors
    .map(({ document }) => document)
    .filter((document) => isComposeFile(document.uri, document.languageId));
  if (visible.length === 1) return visible[0]?.uri;
  const open = openComposeFiles();
  return open.length === 1 ? open[0] : undefined;
}

/** Compose files in tabs, visible or not. */
function openComposeFiles(): vscode.Uri[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
    .filter((uri) => isComposeFile(uri));
}

/** The obvious file, else the user's choice among the open ones and those of the workspace. */
export async function pickComposeFile(): Promise<vscode.Uri | undefined> {
  const obvious = obviousComposeFile();
  if (obvious) return obvious;
  const found = await vscode.workspace.findFiles(pattern, "**/node_modules/**", 200);
  const uris = new Map([...openComposeFiles(), ...found].map((uri) => [uri.toString(), uri]));
  const items = [...uris.values()].map((uri) => ({
    label: composeFileName(uri),
    description: vscode.workspace.asRelativePath(uri),
    uri,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      "There is no compose file in this workspace. Open one, or copy the YAML.",
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: "Insert the network into",
    placeHolder: "A compose file",
    matchOnDescription: true,
  });
  return picked?.uri;
}

export function composeFileName(uri: vscode.Uri): string {
  return uri.path.split("/").at(-1) ?? uri.path;
}
