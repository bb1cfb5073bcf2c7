import * as vscode from "vscode";
import type { FromChecker, PlainFinding } from "../../background/protocol";
import type { OtherClaims } from "../../rules/workspace/otherClaims";
import { DisposableStore } from "../../workbench/disposables";
import type { Log } from "../../workbench/log";
import type { FactsSource, SettingsSource } from "../analyses";
import { isComposeFile } from "../composeFiles";
import { FoundBetween } from "./foundBetween";
import { openDocument } from "./openDocuments";
import { RunningCheck } from "./runningCheck";

/** Milliseconds from the first open compose file to the beginning, and from the last one to the end. */
const pauses = { start: 300, stop: 60_000 };
/** The thread is started again so often. */
const attempts = 3;

/** Outcome of a check of everything. */
export type WorkspaceSummary = ReturnType<FoundBetween["summary"]>;

/**
 * Compares the compose projects of the workspace, in a thread of its own: as long as a compose file is open
 * or all are wanted, and `macvlan.checkWorkspace` is not off.
 */
export class WorkspaceCheck {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<ReadonlySet<string>>());
  private readonly found = new FoundBetween();
  private readonly facts: FactsSource;
  private readonly settings: SettingsSource;
  private readonly log: Log;
  private running: RunningCheck | undefined;
  private timer: NodeJS.Timeout | undefined;
  private broken = 0;
  /** Somebody asked for all of the workspace: it is kept current until the setting changes. */
  private asked = false;

  /** Paths whose findings may be others now. */
  readonly onDidChange = this.changed.event;

  constructor(facts: FactsSource, settings: SettingsSource, log: Log) {
    this.facts = facts;
    this.settings = settings;
    this.log = log;
    const { workspace } = vscode;
    const adjust = () => {
      this.adjust();
    };
    this.store.add(workspace.onDidOpenTextDocument(adjust));
    this.store.add(workspace.onDidCloseTextDocument(adjust));
    this.store.add(workspace.onDidChangeWorkspaceFolders(adjust));
    let scope = settings.read().checkWorkspace;
    this.store.add(
      settings.onDidChange(() => {
        const now = settings.read().checkWorkspace;
        if (now !== scope) this.asked = false;
        scope = now;
        this.broken = 0;
        this.adjust();
        this.running?.surround();
      }),
    );
    this.store.add(
      facts.onDidChange(() => {
        this.running?.surround();
      }),
    );
    this.adjust();
  }

  /** What the rules find in the file, for one that is in no editor. */
  own(path: string): readonly PlainFinding[] {
    return this.found.own(path);
  }

  /** What is wrong between the file's project and others. */
  between(path: string): readonly PlainFinding[] {
    return this.found.between(path);
  }

  /** What other projects claim; the same object until they claim something else. */
  othersOf(path: string): OtherClaims {
    return this.found.othersOf(path);
  }

  /**
   * Checks all projects, and shows from now on what is found. Undefined when it was cancelled: then all is as
   * it was before.
   */
  async checkAll(
    report: (words: string) => void,
    token: vscode.CancellationToken,
  ): Promise<WorkspaceSummary | undefined> {
    const before = this.asked;
    this.asked = true;
    this.broken = 0;
    this.adjust(0);
    this.running?.surround();
    const finished = await this.running?.finish(report, token);
    if (finished) return this.found.summary();
    this.asked = before;
    this.adjust();
    this.running?.surround();
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.running?.dispose();
    this.store.dispose();
  }

  /** Begins or ends, as is wanted now. */
  private adjust(start = pauses.start): void {
    const { checkWorkspace } = this.settings.read();
    const all = this.asked || checkWorkspace === "all";
    const folders = vscode.workspace.workspaceFolders ?? [];
    const wanted = folders.length > 0 && (all || (checkWorkspace !== "off" && hasComposeFile()));
    clearTimeout(this.timer);
    if (wanted === (this.running !== undefined)) return;
    if (wanted && start === 0) this.start();
    else if (wanted)
      this.after(start, () => {
        this.start();
      });
    else if (checkWorkspace === "off" || folders.length === 0) this.stop();
    else
      this.after(pauses.stop, () => {
        this.stop();
      });
  }

  private after(milliseconds: number, what: () => void): void {
    this.timer = setTimeout(what, milliseconds);
  }

  private start(): void {
    if (this.running || this.broken >= attempts) return;
    this.running = new RunningCheck({
      log: this.log,
      surroundings: () => ({
        settings: this.settings.read(),
        facts: this.facts.facts,
        all: this.asked,
      }),
      receive: (message) => {
        this.receive(message);
      },
      forget: (id) => {
        this.changed.fire(this.found.forget(id));
      },
      edited: (path, edits) => {
        this.found.edit(path, edits);
      },
      broke: (error) => {
        this.broken++;
        this.log.error("Comparing the projects of the workspace broke off", error);
        this.stop();
        this.adjust(1_000 * this.broken);
      },
    });
  }

  private stop(): void {
    this.running?.dispose();
    this.running = undefined;
    this.changed.fire(this.found.clear());
  }

  private receive(message: FromChecker): void {
    if (message.kind === "failed") {
      this.log.error(`Checking ${message.id} failed: ${message.error}`);
    } else if (message.kind === "results") {
      const versionOf = (path: string) => openDocument(path)?.version;
      this.changed.fire(this.found.take(message.results, versionOf));
    }
  }
}

function hasComposeFile(): boolean {
  return vscode.workspace.textDocuments.some(
    ({ uri, languageId }) =>
      isComposeFile({ scheme: uri.scheme, path: uri.path, languageId }) &&
      vscode.workspace.getWorkspaceFolder(uri) !== undefined,
  );
}
