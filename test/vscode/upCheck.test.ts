import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { until, useComposeFiles } from "./composeFile";
import { expectLens, lensesOf } from "./lenses";
import { connectedExtension } from "./macvlan";

const file = `services:
  web:
    image: busybox
    networks:
      lan:
        ipv4_address: 192.168.77.20
networks:
  lan:
    external: true
    name: up-check
`;

describe("a compose file against the engine", () => {
  const files = useComposeFiles();
  let api: Api;

  before(async () => {
    api = await connectedExtension();
  });
  afterEach(async () => {
    const made = api.inventory.facts.networks?.filter(({ name }) => name === "up-check") ?? [];
    for (const { id } of made) await api.inventory.client?.removeNetwork(id);
  });

  it("shows what the engine has of a network, and what docker compose up would do", async () => {
    const document = await files.open(file);
    const missing = await expectLens(document, "$(error) not in the engine: create it...");
    assert.deepEqual(missing.arguments, [{ name: "up-check" }]);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(9, 12, 9, 12),
    );
    const create = actions.find(({ title }) => title === "Create the network up-check...");
    assert.deepEqual(create?.command?.arguments, [{ name: "up-check" }]);

    await api.inventory.client?.createNetwork({
      name: "up-check",
      driver: "macvlan",
      parent: "lan0",
      internal: false,
      enableIpv6: false,
      pools: [{ subnet: "192.168.77.0/24", gateway: "192.168.77.1" }],
    });
    const there = await expectLens(
      document,
      "$(check) in the engine · 0 containers · 252 free addresses",
    );
    assert.equal(there.command, "macvlan.checkBeforeUp");
    const text = await vscode.commands.executeCommand<string>(there.command, document.uri);
    assert.match(text, /^\| `lan` \| `up-check` \| It is used\. \|$/m);
    assert.match(text, /Nothing stands in its way/);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await until(
      () => tabs().some(({ label }) => label.includes("docker compose up app")),
      () =>
        `tabs: ${tabs()
          .map(({ label }) => label)
          .join(", ")}`,
    );
  });

  it("shows no lenses when the setting says so", async () => {
    const document = await files.open(file);
    await expectLens(document, "$(error) not in the engine: create it...");
    const configuration = vscode.workspace.getConfiguration("macvlan");
    await configuration.update("codeLens", false, true);
    try {
      assert.deepEqual(await lensesOf(document), []);
    } finally {
      await configuration.update("codeLens", undefined, true);
    }
  });
});
