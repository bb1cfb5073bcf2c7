/** Compose projects in the workspace folder, for tests of what is between them. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { findings, keepWriting, ruleOf, until } from "./composeFile";

/** A service with an address on a network that all of these projects share by its name. */
export function member(service: string, address: string): string {
  return [
    "services:",
    `  ${service}:`,
    "    image: nginx",
    "    networks:",
    "      lan:",
    `        ipv4_address: ${address}`,
    "networks:",
    "  lan:",
    "    name: shared-lan",
    "    ipam:",
    "      config:",
    "        - subnet: 10.77.0.0/24",
    "          gateway: 10.77.0.1",
    "",
  ].join("\n");
}

/** Where `member` has its address. */
export const addressRange = new vscode.Range(5, 22, 5, 32);

export interface WorkspaceProjects {
  /** Writes a file below a folder of the test's own in the workspace. */
  write(path: string, text: string): vscode.Uri;
  /** Writes the file, and the same again until the end: VS Code's watcher misses some changes. */
  keepWriting(path: string, text: string, until: () => Promise<unknown>): Promise<void>;
  open(path: string): Promise<vscode.TextDocument>;
  /** Path of that folder, below the workspace folder. */
  readonly name: string;
  /** Removes it, and again until the end, as `keepWriting` writes. */
  keepRemoving(path: string, until: () => Promise<unknown>): Promise<void>;
}

/** Call inside `describe`: the folder is removed and the editors are closed behind each test. */
export function useWorkspaceProjects(): WorkspaceProjects {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  assert.ok(root, "the tests run in a workspace");
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(root, "fleet-"));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true, force: true });
  });
  const write: WorkspaceProjects["write"] = (path, text) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return vscode.Uri.file(file);
  };
  return {
    write,
    keepWriting: (path, text, until) => keepWriting(() => write(path, text), until),
    get name() {
      return folder.slice(root.length + 1);
    },
    async open(path) {
      const document = await vscode.workspace.openTextDocument(join(folder, path));
      await vscode.window.showTextDocument(document, { preview: false });
      return document;
    },
    keepRemoving: (path, until) => {
      const place = join(folder, path);
      // What is gone already has to come back to go once more.
      return keepWriting(() => {
        if (existsSync(place)) rmSync(place, { recursive: true });
        else mkdirSync(place);
      }, until);
    },
  };
}

/** Waits until the file has that many findings of the rule, and gives them. */
export async function expectCount(
  uri: vscode.Uri,
  rule: string,
  count: number,
): Promise<vscode.Diagnostic[]> {
  const found = () => findings({ uri }).filter((diagnostic) => ruleOf(diagnostic) === rule);
  await until(
    () => found().length === count,
    () => `${found().length} ${rule} instead of ${count} in ${uri.fsPath}`,
  );
  return found();
}
