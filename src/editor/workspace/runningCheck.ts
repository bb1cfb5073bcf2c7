import * as vscode from "vscode";
import type { CheckedProject, FromChecker } from "../../background/protocol";
import { isProjectFile } from "../../compose/discovery";
import { folderOf } from "../../compose/paths";
import type { DocumentEdit } from "../../compose/sourceFile";
import type { Facts } from "../../model/facts";
import { hostOf } from "../../rules/workspace/hostOf";
import { DisposableStore } from "../../workbench/disposables";
import type { Settings } from "../../workbench/configuration";
import type { Log } from "../../workbench/log";
import { runOptions } from "../../workbench/runOptions";
import { isComposeFile } from "../composeFiles";
import { pathOf } from "../paths";
import { lengthOf, toEdits } from "../positions";
import { readText } from "../projectFiles";
import { CheckerThread } from "./checkerThread";
import { isPart, openDocument } from "./openDocuments";
import { ProjectFinder, whereaboutsOf } from "./projectFinder";
import { factsFor, isSame, pieces } from "./sentFacts";

export interface RunningCheckDeps {
  readonly log: Log;
  readonly surroundings: () => {
    readonly settings: Settings;
    readonly facts: Facts;
    /** All projects are wanted, whatever the setting says. */
    readonly all: boolean;
  };
  readonly receive: (message: FromChecker) => void;
  /** A project is gone. */
  readonly forget: (id: string) => void;
  /** A document was edited; ascending, of the text before. */
  readonly edited: (path: string, edits: readonly DocumentEdit[]) => void;
  readonly broke: (error: Error) => void;
}

interface Waiting {
  readonly report: (words: string) => void;
  readonly done: () => void;
}

/** Milliseconds that the facts are to be quiet before they are sent. */
const quiet = 500;
/** Projects that the thread is told of in one turn of the event loop. */
const stretch = 10;

/** From the start of the thread to its end: tells it of projects, documents and facts. */
export class RunningCheck {
  private readonly store = new DisposableStore();
  private readonly deps: RunningCheckDeps;
  private readonly thread: CheckerThread;
  private readonly finder: ProjectFinder;
  private readonly searched: Promise<void>;
  private readonly projects = new Map<string, CheckedProject>();
  private readonly waiting = new Map<number, Waiting>();
  private requests = 0;
  private sent: { readonly key: string; readonly facts: Facts; readonly hosts: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(deps: RunningCheckDeps) {
    this.deps = deps;
    this.thread = new CheckerThread({
      receive: (message) => {
        this.receive(message);
      },
      broke: deps.broke,
    });
    this.send();
    this.finder = this.store.add(new ProjectFinder(deps.log));
    this.store.add(
      this.finder.onDidFind(({ added, removed }) => {
        for (const id of removed) this.forget(id);
        for (const project of added) this.add(project);
      }),
    );
    this.store.add(
      this.finder.onDidChange((path) => {
        // The text of an open document counts, not that on disk.
        if (!openDocument(path)) this.thread.post({ kind: "changed", path });
      }),
    );
    const { workspace } = vscode;
    this.store.add(
      workspace.onDidOpenTextDocument((document) => {
        this.open(document);
      }),
    );
    this.store.add(
      workspace.onDidCloseTextDocument((document) => {
        this.close(document);
      }),
    );
    this.store.add(
      workspace.onDidChangeTextDocument((event) => {
        this.change(event);
      }),
    );
    for (const document of workspace.textDocuments) this.open(document);
    this.searched = this.finder.find().catch((error: unknown) => {
      deps.log.error("Looking for compose files failed", error);
    });
  }

  /** Sends settings and facts, where they are others than before. */
  surround(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.send();
    }, quiet);
  }

  /** When everything is checked: true; false when it was cancelled or has broken off. */
  async finish(report: (words: string) => void, token: vscode.CancellationToken): Promise<boolean> {
    clearTimeout(this.timer);
    this.send();
    await this.searched;
    await this.finder.find();
    const request = ++this.requests;
    return new Promise((resolve) => {
      const end = (finished: boolean) => {
        this.waiting.delete(request);
        cancelled.dispose();
        resolve(finished && !this.disposed);
      };
      const cancelled = token.onCancellationRequested(() => {
        end(false);
      });
      if (token.isCancellationRequested || this.disposed) {
        end(false);
        return;
      }
      this.waiting.set(request, {
        report,
        done: () => {
          end(true);
        },
      });
      this.thread.post({ kind: "finish", request });
    });
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.thread.dispose();
    for (const { done } of [...this.waiting.values()]) done();
    this.store.dispose();
  }

  private receive(message: FromChecker): void {
    switch (message.kind) {
      case "wanted":
        for (const path of message.paths) void this.answer(path);
        break;
      case "progress": {
        const { size } = this.projects;
        const words = `${size - message.left} of ${size} projects`;
        for (const { report } of this.waiting.values()) report(words);
        break;
      }
      case "finished":
        this.waiting.get(message.request)?.done();
        break;
      case "results":
        this.deps.receive(message);
        setImmediate(() => {
          this.thread.post({ kind: "taken" });
        });
        break;
      case "failed":
        this.deps.receive(message);
        break;
    }
  }

  private async answer(path: string): Promise<void> {
    const document = openDocument(path);
    if (document) {
      this.tell(document);
      return;
    }
    const content = await readText(path);
    // It may have been opened meanwhile: then its text was sent.
    if (openDocument(path)) return;
    this.thread.post({ kind: "file", path, content });
  }

  private open(document: vscode.TextDocument): void {
    if (!isPart(document)) return;
    this.tell(document);
    const path = pathOf(document.uri);
    const { uri, languageId } = document;
    if (isProjectFile(path)) return;
    if (!isComposeFile({ scheme: uri.scheme, path: uri.path, languageId })) return;
    const where = whereaboutsOf(uri);
    if (where) this.add({ id: path, folder: folderOf(path), file: path, where });
  }

  private tell(document: vscode.TextDocument): void {
    const path = pathOf(document.uri);
    const content = document.getText();
    this.thread.post({ kind: "file", path, content, version: document.version });
  }

  private close(document: vscode.TextDocument): void {
    if (!isPart(document)) return;
    const path = pathOf(document.uri);
    this.thread.post({ kind: "changed", path });
    if (this.projects.get(path)?.file === path) this.forget(path);
  }

  private change({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isPart(document)) return;
    const path = pathOf(document.uri);
    const edits = toEdits(contentChanges);
    this.deps.edited(path, edits);
    const { version } = document;
    this.thread.post({ kind: "edit", path, version, length: lengthOf(document), edits });
  }

  private add(project: CheckedProject): void {
    this.projects.set(project.id, project);
    const { hosts } = this.deps.surroundings().settings;
    const { path, shown } = project.where;
    const where = { ...project.where, host: hostOf(hosts, [path, shown]) };
    this.thread.post({ kind: "project", project: { ...project, where } });
  }

  private forget(id: string): void {
    this.projects.delete(id);
    this.thread.post({ kind: "forget", id });
    this.deps.forget(id);
  }

  private send(): void {
    const { settings, facts, all } = this.deps.surroundings();
    const show = all || settings.checkWorkspace === "all" ? "all" : "openFiles";
    const run = runOptions(settings, facts);
    const part = factsFor(show, facts);
    const containers = show === "all" ? (facts.containers ?? []) : [];
    const known = { ...part, containers };
    const key = JSON.stringify([run, show]);
    const hosts = JSON.stringify(settings.hosts);
    const before = this.sent;
    this.sent = { key, facts: known, hosts };
    if (before?.key !== key || !isSame(before.facts, known)) {
      this.thread.post({ kind: "surroundings", surroundings: { run, facts: part, show } });
      this.sendContainers(pieces(containers));
    }
    if (before && before.hosts !== hosts) this.addAgain([...this.projects.values()]);
  }

  /** Some at a time. */
  private addAgain(projects: CheckedProject[]): void {
    for (const project of projects.splice(0, stretch)) {
      if (this.projects.get(project.id) === project) this.add(project);
    }
    if (projects.length === 0 || this.disposed) return;
    setImmediate(() => {
      this.addAgain(projects);
    });
  }

  /** Piece by piece, so that nothing waits for all of them; newer facts end it. */
  private sendContainers(rest: ReturnType<typeof pieces>): void {
    const [containers, ...others] = rest;
    const { sent } = this;
    if (!containers) return;
    this.thread.post({ kind: "containers", containers, last: others.length === 0 });
    setImmediate(() => {
      if (!this.disposed && this.sent === sent) this.sendContainers(others);
    });
  }
}
