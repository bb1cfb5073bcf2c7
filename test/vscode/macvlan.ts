import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { settingIds, viewIds } from "../../src/ids";
import type { TreeNode } from "../../src/views/nodes";

/** The extension, activated, with its view open and an engine connected. */
export async function connectedExtension(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>("macvlan.macvlan");
  assert.ok(extension, "macvlan.macvlan is not installed");
  const api = await extension.activate();
  await vscode.commands.executeCommand(`${viewIds.networks}.focus`);
  await eventually(
    () =>
      `an engine is connected, not ${JSON.stringify(api.inventory.state)} with ${String(dockerHost())}`,
    () => api.inventory.state.kind === "connected",
  );
  return api;
}

/** The setting as VS Code has it now. */
function dockerHost(): unknown {
  return vscode.workspace.getConfiguration().get(settingIds.dockerHost);
}

/** Waits until `read` gives something true, and returns it with the milliseconds that it took. */
export async function eventually<T>(
  what: string | (() => string),
  read: () => T | undefined | false,
  limit = 15_000,
): Promise<{ value: T; took: number }> {
  const start = performance.now();
  for (;;) {
    const value = read();
    const took = performance.now() - start;
    if (value !== undefined && value !== false) return { value, took };
    if (took > limit)
      throw new Error(`not within ${limit} ms: ${typeof what === "string" ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Labels, with those of a node's children in an array behind it. */
export type Labels = (string | Labels)[];

export function labels(nodes: readonly TreeNode[]): Labels {
  return nodes.flatMap((node) =>
    node.children.length > 0 ? [node.label, labels(node.children)] : [node.label],
  );
}

/** Replaces one function of the VS Code API while `work` runs. */
export async function replacing(
  name: "showErrorMessage" | "showWarningMessage" | "showInformationMessage",
  replacement: (...parameters: readonly unknown[]) => unknown,
  work: () => Promise<void>,
): Promise<void> {
  const before = vscode.window[name];
  Object.assign(vscode.window, { [name]: (...p: unknown[]) => Promise.resolve(replacement(...p)) });
  try {
    await work();
  } finally {
    Object.assign(vscode.window, { [name]: before });
  }
}
