import type * as vscode from "vscode";
import { DisposableStore } from "../workbench/disposables";
import type { ComposeOptions } from "../compose/document";
import { DocumentAnalysis, composeOptions } from "./documentAnalysis";
import { DotenvFile } from "./dotenvFile";
import { lengthOf, toEdits } from "./positions";

/** An open compose file, followed from its first text on, with the variables beside it. */
export class OpenFile {
  readonly document: vscode.TextDocument;
  /** Settled when the variables are read: findings before that would be those of another project. */
  readonly ready: Promise<void>;
  private readonly store = new DisposableStore();
  private readonly dotenv: DotenvFile;
  private state: DocumentAnalysis | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reading = 0;

  constructor(document: vscode.TextDocument, onDidChangeVariables: () => void) {
    this.document = document;
    const reload = async () => {
      const options = await this.readOptions();
      // Until the first reading has come back, that one sees to it.
      if (!options || !this.state) return;
      this.state.setOptions(options);
      onDidChangeVariables();
    };
    this.dotenv = this.store.add(new DotenvFile(document.uri, () => void reload()));
    this.ready = this.load();
  }

  change(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    this.state?.edit(toEdits(changes));
  }

  /** The analysis of the current text; undefined while the variables are being read. */
  current(): DocumentAnalysis | undefined {
    const { state, document } = this;
    // A safety net: with a change that was told wrongly, everything after it would be misplaced.
    if (state && state.text.length !== lengthOf(document)) state.replace(document.getText());
    return state;
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
    this.store.dispose();
  }

  private async load(): Promise<void> {
    let options = await this.readOptions();
    while (!options) options = await this.readOptions();
    const { uri } = this.document;
    this.state = new DocumentAnalysis(uri.toString(true), this.document.getText(), options);
  }

  /** Undefined when another reading was begun meanwhile: an older one that comes back late knows less. */
  private async readOptions(): Promise<ComposeOptions | undefined> {
    const own = ++this.reading;
    const text = await this.dotenv.read();
    return own === this.reading ? composeOptions(process.env, text) : undefined;
  }
}
