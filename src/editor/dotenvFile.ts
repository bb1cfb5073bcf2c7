import * as vscode from "vscode";
import { DisposableStore } from "../workbench/disposables";

/** The `.env` beside a compose file, wherever the file lives; calls back when it changed on disk. */
export class DotenvFile {
  private readonly store = new DisposableStore();
  private readonly uri: vscode.Uri | undefined;

  constructor(composeFile: vscode.Uri, onDidChange: () => void) {
    if (composeFile.scheme === "untitled") return;
    const folder = vscode.Uri.joinPath(composeFile, "..");
    this.uri = vscode.Uri.joinPath(folder, ".env");
    const pattern = new vscode.RelativePattern(folder, ".env");
    const watcher = this.store.add(vscode.workspace.createFileSystemWatcher(pattern));
    this.store.add(watcher.onDidCreate(onDidChange));
    this.store.add(watcher.onDidChange(onDidChange));
    this.store.add(watcher.onDidDelete(onDidChange));
  }

  /** Undefined where there is none. */
  async read(): Promise<string | undefined> {
    if (!this.uri) return undefined;
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.uri));
    } catch {
      return undefined;
    }
  }

  dispose(): void {
    this.store.dispose();
  }
}
