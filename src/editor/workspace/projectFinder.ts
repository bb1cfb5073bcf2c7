import * as vscode from "vscode";
import type { CheckedProject } from "../../background/protocol";
import { setsComposeFile } from "../../compose/composeFileVariable";
import { isProjectFile, projectFileNames } from "../../compose/discovery";
import { folderOf } from "../../compose/paths";
import { DisposableStore } from "../../workbench/disposables";
import type { Log } from "../../workbench/log";
import { pathOf } from "../paths";

/** So many compose files are looked at; a workspace with more is hardly one for compose files. */
const limit = 2_000;

/** So many are dealt with in one turn of the event loop. */
const stretch = 10;

/** Milliseconds until what came is looked for: a checkout brings many files. */
const pauses = { file: 300, folder: 5_000 };

/** What compose files are made of; a file that is included under another name is noticed when it is saved in an editor. */
const parts = "**/{*.yml,*.yaml,.env,*.env,.env.*}";

export interface FoundProjects {
  readonly added: readonly CheckedProject[];
  readonly removed: readonly string[];
}

/**
 * The compose projects of the workspace folders: folders with a file that Compose finds by its name, or with a `.env`
 * that says which files there are.
 */
export class ProjectFinder {
  private readonly store = new DisposableStore();
  private readonly log: Log;
  private readonly found = this.store.add(new vscode.EventEmitter<FoundProjects>());
  private readonly changed = this.store.add(new vscode.EventEmitter<string>());
  /** By folder. */
  private projects = new Map<string, CheckedProject>();
  private search: vscode.CancellationTokenSource | undefined;
  private latest: Promise<void> | undefined;
  private disposed = false;
  private timer: { readonly handle: NodeJS.Timeout; readonly due: number } | undefined;

  readonly onDidFind = this.found.event;
  /** A file that may be part of a project came, changed or went; or a folder went. */
  readonly onDidChange = this.changed.event;

  constructor(log: Log) {
    this.log = log;
    const { workspace } = vscode;
    this.watch(workspace.createFileSystemWatcher(parts), (path) => {
      this.changed.fire(path);
      if (isProjectFile(path) || path.endsWith("/.env")) this.findAfter(pauses.file);
    });
    // Of a folder that is moved or removed as a whole, nothing is told of what is in it.
    this.watch(workspace.createFileSystemWatcher("**", false, true, false), (path) => {
      const folder = `${path}/`;
      const gone = [...this.projects.keys()].some((id) => id === path || id.startsWith(folder));
      if (gone) this.findAfter(pauses.file);
      else if (!/\.[^/]*$/.test(path)) this.findAfter(pauses.folder);
    });
    this.store.add(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.findAfter(0);
      }),
    );
    this.store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("files.exclude")) this.findAfter(pauses.file);
      }),
    );
  }

  /** Looks for all projects, and tells which came and which went; a later search takes the place of this one. */
  async find(): Promise<void> {
    const search = this.look();
    this.latest = search;
    await search;
    if (this.latest !== search) await this.latest;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer?.handle);
    this.search?.cancel();
    this.store.dispose();
  }

  private async look(): Promise<void> {
    this.search?.cancel();
    const search = new vscode.CancellationTokenSource();
    this.search = search;
    const byName = await filesNamed(projectFileNames, search.token);
    const byVariable = await filesNamed([".env"], search.token);
    const named = new Set(byName.map((uri) => folderOf(pathOf(uri))));
    const uris = [...byName];
    for (const uri of byVariable.slice(0, limit)) {
      if (search.token.isCancellationRequested) return;
      if (!named.has(folderOf(pathOf(uri))) && (await namesFiles(uri))) uris.push(uri);
    }
    if (search.token.isCancellationRequested) return;
    if (uris.length > limit) {
      this.log.warn(
        `The workspace has more than ${limit} compose files; the projects of ${limit} of them are compared with each other. ` +
          "Setting files.exclude says which folders are left out.",
      );
    }
    const projects = new Map<string, CheckedProject>();
    for (const [index, uri] of uris.slice(0, limit).entries()) {
      if (index % stretch === stretch - 1) await nextTurn();
      if (this.search !== search) return;
      const id = folderOf(pathOf(uri));
      const where = whereaboutsOf(uri);
      if (where) projects.set(id, { id, folder: id, where });
    }
    const before = this.projects;
    this.projects = projects;
    const removed = [...before.keys()].filter((id) => !projects.has(id));
    const added = [...projects.values()].filter(({ id }) => !before.has(id));
    this.found.fire({ added: added.splice(0, stretch), removed });
    while (added.length > 0) {
      await nextTurn();
      // A later search may have found that some are gone.
      const still = added.splice(0, stretch).filter(({ id }) => this.projects.has(id));
      if (!this.disposed) this.found.fire({ added: still, removed: [] });
    }
  }

  private watch(watcher: vscode.FileSystemWatcher, tell: (path: string) => void): void {
    this.store.add(watcher);
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.store.add(
        event((uri) => {
          tell(pathOf(uri));
        }),
      );
    }
  }

  /** At the latest then; an earlier search that is planned stays planned. */
  private findAfter(milliseconds: number): void {
    const due = Date.now() + milliseconds;
    if (this.timer && this.timer.due <= due) return;
    clearTimeout(this.timer?.handle);
    const handle = setTimeout(() => {
      this.timer = undefined;
      this.find().catch((error: unknown) => {
        this.log.error("Looking for compose files failed", error);
      });
    }, milliseconds);
    this.timer = { handle, due };
  }
}

function filesNamed(
  names: readonly string[],
  token: vscode.CancellationToken,
): Thenable<vscode.Uri[]> {
  const pattern = names.length === 1 ? `**/${names[0] ?? ""}` : `**/{${names.join(",")}}`;
  return vscode.workspace.findFiles(pattern, "**/node_modules/**", limit + 1, token);
}

/** Whether a `.env` makes its folder a project. */
async function namesFiles(uri: vscode.Uri): Promise<boolean> {
  try {
    return setsComposeFile(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    // Gone since, or not to be read by us: then Compose will say so.
    return false;
  }
}

/** Undefined outside the workspace: what is there is compared with nothing. */
export function whereaboutsOf(uri: vscode.Uri): CheckedProject["where"] | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return undefined;
  const root = pathOf(folder.uri).replace(/\/$/, "");
  const path = pathOf(uri).slice(root.length + 1);
  // A project that an env file makes is called by its folder.
  const named = /(?:^|\/)\.env$/.test(path) ? vscode.Uri.joinPath(uri, "..") : uri;
  return { root, path, shown: vscode.workspace.asRelativePath(named) };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
