import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { commandIds, settingIds } from "../../src/ids";
import { connectedExtension, eventually } from "./macvlan";

describe("the choice of the engine", () => {
  let api: Api;
  let host: string;
  let folder: string;
  const dockerConfig = process.env["DOCKER_CONFIG"];
  const choose = (choice: object) =>
    vscode.commands.executeCommand(commandIds.chooseEngine, undefined, choice);
  const setting = (id: string) => vscode.workspace.getConfiguration().get<string>(id);

  function writeContext(name: string, at: string): void {
    const digest = createHash("sha256").update(name).digest("hex");
    const meta = join(folder, "contexts/meta", digest);
    mkdirSync(meta, { recursive: true });
    const text = { Name: name, Metadata: {}, Endpoints: { docker: { Host: at } } };
    writeFileSync(join(meta, "meta.json"), JSON.stringify(text));
  }

  before(async () => {
    api = await connectedExtension();
    host = setting(settingIds.dockerHost) ?? "";
    folder = mkdtempSync(join(tmpdir(), "contexts-"));
    process.env["DOCKER_CONFIG"] = folder;
  });

  after(async () => {
    if (dockerConfig === undefined) delete process.env["DOCKER_CONFIG"];
    else process.env["DOCKER_CONFIG"] = dockerConfig;
    await choose({ host });
    await connectedExtension();
    rmSync(folder, { recursive: true });
  });

  it("is shown in the status bar with its version", () => {
    const { state } = api.inventory;
    assert.ok(state.kind === "connected");
    assert.ok(api.status.text?.includes(`Docker ${state.info.version}`), api.status.text);
  });

  it("is written down, connects at once, and follows a change of the context", async () => {
    writeContext("lab", host);
    assert.deepEqual(
      (await api.inventory.contexts()).map(({ name }) => name),
      ["default", "lab"],
    );
    await choose({ context: "lab" });
    assert.equal(setting(settingIds.dockerContext), "lab");
    assert.equal(setting(settingIds.dockerHost), "");
    await eventually("the context's engine", () => {
      const { state } = api.inventory;
      return state.kind === "connected" && state.source.includes("context lab");
    });
    writeContext("lab", "unix:///nowhere/at/all.sock");
    await eventually("the changed context is noticed", () =>
      api.status.text?.includes("Docker: no engine"),
    );
    writeContext("lab", host);
    await eventually("and that it is back", () => api.inventory.state.kind === "connected");
  });
});
