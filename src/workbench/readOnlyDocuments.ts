import * as vscode from "vscode";
import { documentScheme } from "../ids";
import { DisposableStore } from "./disposables";

/** Opens texts that belong to no file, such as what the engine says of a network. */
export class ReadOnlyDocuments {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly contents = new Map<string, string>();

  constructor() {
    const provider: vscode.TextDocumentContentProvider = {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) => this.contents.get(uri.toString()) ?? "",
    };
    this.store.add(vscode.workspace.registerTextDocumentContentProvider(documentScheme, provider));
    this.store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.contents.delete(uri.toString())),
    );
  }

  /**
   * Shows the text in an editor. A document of the same path is refreshed, not opened twice.
   * `path`: its last part is the tab's title and its ending the language (`network/lan.json`);
   * slashes in names are replaced, as they would cut the title.
   */
  async open(path: readonly string[], text: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(this.keep(path, text));
    return vscode.window.showTextDocument(document, { preview: true });
  }

  /** Shows Markdown as it is meant to be read; as text where VS Code has no preview of it. */
  async openPreview(path: readonly string[], markdown: string): Promise<void> {
    const uri = this.keep(path, markdown);
    try {
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    } catch {
      await this.open(path, markdown);
    }
  }

  private keep(path: readonly string[], text: string): vscode.Uri {
    const parts = path.map((part) => part.replaceAll(/[\\/]/g, "_"));
    const uri = vscode.Uri.from({ scheme: documentScheme, path: `/${parts.join("/")}` });
    this.contents.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.store.dispose();
  }
}
