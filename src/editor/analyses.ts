import * as vscode from "vscode";
import type { Facts } from "../model/facts";
import { rules } from "../rules/index";
import type { OtherClaims } from "../rules/workspace/otherClaims";
import type { Settings } from "../workbench/configuration";
import { Attention } from "../workbench/attention";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import type { Log } from "../workbench/log";
import { runOptions } from "../workbench/runOptions";
import { isComposeFile } from "./composeFiles";
import type { Analysis, DocumentAnalysis, Surroundings } from "./documentAnalysis";
import { OpenFile } from "./openFile";
import { pathOf } from "./paths";
import { ProjectFiles } from "./projectFiles";

/** What the editor needs of the inventory. */
export interface FactsSource {
  /** The same object until it changes. */
  readonly facts: Facts;
  onDidChange(listener: () => void): Disposable;
  /** Keeps the facts current until it is disposed: open compose files need them. */
  watch(): Disposable;
}

/** What the editor needs of the settings. */
export interface SettingsSource {
  read(): Settings;
  readonly onDidChange: (listener: () => void) => Disposable;
}

/** What other projects of the workspace claim, as far as that is known. */
export interface OthersSource {
  /** The same object until they claim something else. */
  othersOf(path: string): OtherClaims;
}

/** A document with its findings, as of `version`. */
export interface Analysed {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly state: DocumentAnalysis;
  readonly analysis: Analysis;
}

/** Milliseconds without typing after which findings are shown. */
const pause = 150;

/** Follows the open compose files, and works out their findings when they or what is known changed. */
export class Analyses {
  private readonly store = new DisposableStore();
  private readonly analysed = this.store.add(new vscode.EventEmitter<Analysed>());
  private readonly closed = this.store.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly open = new Map<vscode.TextDocument, OpenFile>();
  private readonly files = this.store.add(new ProjectFiles());
  private readonly log: Log;
  private readonly facts: FactsSource;
  /** Looks at the facts as long as a compose file is open. */
  private readonly attention: Attention;
  private readonly settings: SettingsSource;
  private readonly others: OthersSource;
  /** What each file was analysed with. */
  private readonly own = new WeakMap<OpenFile, Surroundings>();
  /** Undefined until a compose file is open: the rules are loaded with the first one. */
  private known: Surroundings | undefined;
  private started: Promise<void> = Promise.resolve();
  private starting: NodeJS.Immediate | undefined;

  /** New findings; never those of an older text than the document has. */
  readonly onDidAnalyse = this.analysed.event;
  /** A document is no longer followed. */
  readonly onDidClose = this.closed.event;

  constructor(facts: FactsSource, settings: SettingsSource, others: OthersSource, log: Log) {
    this.facts = facts;
    this.others = others;
    this.attention = this.store.add(new Attention(facts));
    this.settings = settings;
    this.log = log;
    const { workspace } = vscode;
    this.store.add(workspace.onDidOpenTextDocument((document) => void this.follow(document)));
    this.store.add(
      workspace.onDidCloseTextDocument((document) => {
        this.leave(document);
      }),
    );
    this.store.add(
      workspace.onDidChangeTextDocument((event) => {
        this.change(event);
      }),
    );
    this.store.add(
      this.files.onDidChange((path) => {
        this.changed(path);
      }),
    );
    this.store.add(
      facts.onDidChange(() => {
        if (facts.facts !== this.known?.facts) this.renew();
      }),
    );
    this.store.add(
      settings.onDidChange(() => {
        this.renew();
      }),
    );
  }

  /**
   * Begins with the documents that are open already; listeners are to be there before. Not at once:
   * the analysis is loaded when a compose file is among them, and activation is not to wait for that.
   */
  start(): void {
    this.started = new Promise((resolve) => {
      this.starting = setImmediate(() => {
        for (const document of vscode.workspace.textDocuments) void this.follow(document);
        resolve();
      });
    });
  }

  /** The findings of the document's current text, at once; undefined for what is no compose file. */
  async of(document: vscode.TextDocument): Promise<Analysed | undefined> {
    await this.started;
    const file = this.open.get(document);
    await file?.ready;
    return file && this.analyse(file);
  }

  dispose(): void {
    clearImmediate(this.starting);
    for (const file of this.open.values()) file.dispose();
    this.open.clear();
    this.store.dispose();
  }

  private async follow(document: vscode.TextDocument): Promise<void> {
    const { uri, languageId } = document;
    if (this.open.has(document)) return;
    // From now on its text counts, and no longer that on disk.
    this.changed(pathOf(uri));
    if (!isComposeFile({ scheme: uri.scheme, path: uri.path, languageId })) return;
    const file = new OpenFile(document, this.files);
    this.open.set(document, file);
    this.attention.set(true);
    await file.ready;
    this.analyse(file);
  }

  private leave(document: vscode.TextDocument): void {
    this.open.get(document)?.dispose();
    if (this.open.delete(document)) this.closed.fire(document.uri);
    const path = pathOf(document.uri);
    this.files.forget(path);
    this.changed(path);
    this.attention.set(this.open.size > 0);
  }

  private change({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const path = pathOf(document.uri);
    for (const file of this.open.values()) {
      if (file.change(path, contentChanges)) file.after(pause, () => this.analyse(file));
    }
  }

  /** A file changed otherwise than by typing. */
  private changed(path: string): void {
    for (const file of this.open.values()) {
      void file.reload(path).then((part) => {
        if (part) file.after(0, () => this.analyse(file));
      });
    }
  }

  private renew(): void {
    this.known = undefined;
    for (const file of this.open.values()) file.after(0, () => this.analyse(file));
  }

  private get surroundings(): Surroundings {
    const { facts } = this.facts;
    return (this.known ??= { rules, facts, run: runOptions(this.settings.read(), facts) });
  }

  /** The same object until something in it is another. */
  private surroundingsOf(file: OpenFile): Surroundings {
    const { surroundings } = this;
    const others = this.others.othersOf(file.path);
    const before = this.own.get(file);
    if (
      before?.rules === surroundings.rules &&
      before.facts === surroundings.facts &&
      before.run.engineVersion === surroundings.run.engineVersion &&
      before.run.overrides === surroundings.run.overrides &&
      before.run.others === others
    ) {
      return before;
    }
    const own = { ...surroundings, run: { ...surroundings.run, others } };
    this.own.set(file, own);
    return own;
  }

  /** Tells the listeners when the findings are new. */
  private analyse(file: OpenFile): Analysed | undefined {
    const { document } = file;
    if (this.open.get(document) !== file) return undefined;
    file.cancel();
    try {
      const state = file.current();
      if (!state) return undefined;
      const before = state.known;
      const analysis = state.analysis(this.surroundingsOf(file));
      const result: Analysed = { document, version: document.version, state, analysis };
      if (analysis !== before) this.analysed.fire(result);
      if (file.missing.length > 0) void file.load().then(() => this.analyse(file));
      return result;
    } catch (error) {
      this.log.error(`Checking ${document.uri.toString(true)} failed`, error);
      return undefined;
    }
  }
}
