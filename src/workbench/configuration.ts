import * as vscode from "vscode";
import { settingIds } from "../ids";
import type { LanPlan } from "../model/facts";
import type { Severity } from "../rules/rule";
import { DisposableStore } from "./disposables";
import type { HostPatterns } from "../rules/workspace/hostOf";
import { type WorkspaceScope, readHosts, readLan, readRules, readScope } from "./settingValues";

/** The settings as they are in force; texts that are empty count as not set. */
export interface Settings {
  readonly dockerHost: string | undefined;
  readonly dockerContext: string | undefined;
  /** Engine version to check against while no engine answers. */
  readonly engineVersion: string | undefined;
  readonly lan: readonly LanPlan[];
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Whether compose files show above each network what the engine has of it. */
  readonly codeLens: boolean;
  readonly checkWorkspace: WorkspaceScope;
  /** Which Docker host a file is for. */
  readonly hosts: HostPatterns;
}

/** Settings that decide which socket is opened or which process is started. */
const restricted: ReadonlySet<string> = new Set([settingIds.dockerHost, settingIds.dockerContext]);

/** Typed reading of the settings, and an event when one of them changed. */
export class Configuration {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<Settings>());
  /** Fires with the new settings, also when the workspace becomes trusted. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("macvlan")) this.changed.fire(this.read());
      }),
    );
    this.store.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.changed.fire(this.read());
      }),
    );
  }

  read(): Settings {
    return {
      dockerHost: readText(settingIds.dockerHost),
      dockerContext: readText(settingIds.dockerContext),
      engineVersion: readText(settingIds.engineVersion),
      lan: readLan(readRaw(settingIds.lan)),
      rules: readRules(readRaw(settingIds.rules)),
      codeLens: readRaw(settingIds.codeLens) !== false,
      checkWorkspace: readScope(readRaw(settingIds.checkWorkspace)),
      hosts: readHosts(readRaw(settingIds.hosts)),
    };
  }

  dispose(): void {
    this.store.dispose();
  }
}

function readText(id: string): string | undefined {
  const value = readRaw(id);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/**
 * VS Code itself hides workspace values of restricted settings in an untrusted workspace; this says
 * it a second time, because such a value would choose the socket that we connect to.
 */
function readRaw(id: string): unknown {
  const configuration = vscode.workspace.getConfiguration();
  if (restricted.has(id) && !vscode.workspace.isTrusted) {
    return configuration.inspect<unknown>(id)?.globalValue;
  }
  return configuration.get<unknown>(id);
}
