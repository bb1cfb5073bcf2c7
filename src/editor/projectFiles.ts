import * as vscode from "vscode";
import type { FileAccess } from "../compose/fileStore";
import { folderOf } from "../compose/paths";
import { DisposableStore } from "../workbench/disposables";
import { pathOf, uriOf } from "./paths";

/**
 * Texts of files, wherever they live: of the open document if there is one, else as on disk. A file has
 * to be loaded before it can be read; from then on its folder is watched.
 */
export class ProjectFiles implements FileAccess {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<string>());
  private readonly texts = new Map<string, string | null | undefined>();
  private readonly watched = new Set<string>();

  /** A file that is in no editor came, changed or went. */
  readonly onDidChange = this.changed.event;

  read(path: string): string | null | undefined {
    return this.openDocument(path)?.getText() ?? this.texts.get(path);
  }

  /** Whether somebody tried to load the file; one that cannot be read stays unknown. */
  isLoaded(path: string): boolean {
    return this.texts.has(path) || this.openDocument(path) !== undefined;
  }

  async load(paths: Iterable<string>): Promise<void> {
    const loading = [...paths].map(async (path) => {
      const text = await readText(path);
      this.texts.set(path, text);
      if (typeof text === "string") this.watch(folderOf(path));
    });
    await Promise.all(loading);
  }

  /** What is on disk may be another text than the editor had. */
  forget(path: string): void {
    this.texts.delete(path);
  }

  /** Watches a folder, not those below it. */
  watch(folder: string): void {
    if (folder === "" || folder.startsWith("untitled:") || this.watched.has(folder)) return;
    this.watched.add(folder);
    const pattern = new vscode.RelativePattern(uriOf(folder), "*");
    const watcher = this.store.add(vscode.workspace.createFileSystemWatcher(pattern));
    const tell = (uri: vscode.Uri) => {
      const path = pathOf(uri);
      this.forget(path);
      if (!this.openDocument(path)) this.changed.fire(path);
    };
    this.store.add(watcher.onDidCreate(tell));
    this.store.add(watcher.onDidChange(tell));
    this.store.add(watcher.onDidDelete(tell));
  }

  dispose(): void {
    this.store.dispose();
  }

  private openDocument(path: string): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri }) => pathOf(uri) === path);
  }
}

/** Null where there is no such file; undefined where it cannot be read. */
export async function readText(path: string): Promise<string | null | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)));
  } catch (error) {
    const missing = ["FileNotFound", "FileIsADirectory", "FileNotADirectory"];
    return error instanceof vscode.FileSystemError && missing.includes(error.code)
      ? null
      : undefined;
  }
}
