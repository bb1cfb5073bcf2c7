import type * as vscode from "vscode";
import { folderOf } from "../compose/paths";
import { DocumentAnalysis } from "./documentAnalysis";
import { pathOf } from "./paths";
import { lengthOf, toEdits } from "./positions";
import type { ProjectFiles } from "./projectFiles";

/** An open compose file, followed from its first text on, with all files of its project. */
export class OpenFile {
  readonly document: vscode.TextDocument;
  readonly path: string;
  /** Settled when all files are read: findings before that would be those of another project. */
  readonly ready: Promise<void>;
  private readonly files: ProjectFiles;
  private readonly state: DocumentAnalysis;
  private complete = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(document: vscode.TextDocument, files: ProjectFiles) {
    this.document = document;
    this.files = files;
    this.path = pathOf(document.uri);
    const environment = new Map(
      Object.entries(process.env).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      ),
    );
    this.state = new DocumentAnalysis(this.path, files, environment);
    this.ready = this.load().then(() => {
      this.complete = true;
    });
    files.watch(folderOf(this.path));
  }

  /** Follows changes of this document or of another file of the project; whether it is one. */
  change(path: string, changes: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
    if (!this.state.dependsOn(path)) return false;
    this.state.edit(path, toEdits(changes));
    return true;
  }

  /** A file changed otherwise than by typing; whether the project depends on it. */
  async reload(path: string): Promise<boolean> {
    if (!this.state.dependsOn(path)) return false;
    if (!this.files.isLoaded(path)) await this.files.load([path]);
    this.state.invalidate(path);
    await this.load();
    return true;
  }

  /** The analysis of the current text; undefined while files are being read for the first time. */
  current(): DocumentAnalysis | undefined {
    const { state, document, complete } = this;
    if (!complete) return undefined;
    // A safety net: with a change that was told wrongly, everything after it would be misplaced.
    if (state.text?.length !== lengthOf(document)) state.replace(this.path, document.getText());
    return state;
  }

  /** Files that the project turned out to need, such as one whose name was just typed. */
  get missing(): readonly string[] {
    return [...this.state.wanted].filter((path) => !this.files.isLoaded(path));
  }

  /** Reads files until none is missing. */
  async load(): Promise<void> {
    for (let { missing } = this; missing.length > 0; { missing } = this) {
      await this.files.load(missing);
      for (const path of missing) this.state.invalidate(path);
    }
  }

  /** Calls back after a pause, unless called again or disposed before. */
  after(milliseconds: number, callback: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(callback, milliseconds);
  }

  /** What was to come after a pause is done. */
  cancel(): void {
    clearTimeout(this.timer);
  }

  dispose(): void {
    this.cancel();
  }
}
