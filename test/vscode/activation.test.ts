import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds } from "../../src/ids";

describe("activation", () => {
  it("finds the extension and activates it", async () => {
    const extension = vscode.extensions.getExtension("macvlan.macvlan");
    assert.ok(extension, "macvlan.macvlan is not installed");
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it("registers every command", async () => {
    await vscode.extensions.getExtension("macvlan.macvlan")?.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = Object.values(commandIds).filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
