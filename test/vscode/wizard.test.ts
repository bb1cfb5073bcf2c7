import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { commandIds, wizardViewType } from "../../src/ids";
import { useLab } from "../lab/suite.mjs";
import { connectedExtension, eventually, labels, replacing } from "./macvlan";

interface InspectedNetwork {
  readonly Driver: string;
  readonly Options: Record<string, string>;
  readonly Internal: boolean;
  readonly IPAM: { readonly Config: readonly Record<string, unknown>[] };
}

/** Tabs of the wizard. */
function wizardTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith(wizardViewType),
    );
}

describe("the wizard in VS Code", () => {
  const lab = useLab();
  let api: Api;

  const quickCreate = (argument: object) =>
    vscode.commands.executeCommand<string | undefined>(commandIds.quickCreate, argument);

  before("open the view", async () => {
    api = await connectedExtension();
  });
  beforeEach("see the empty engine", () => api.inventory.refresh());
  afterEach("close what was opened", async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("creates by Quick Create what the engine then shows", async () => {
    const form = {
      name: "iot",
      ipRange: "192.168.50.192/27",
      excluded: [{ name: "printer", address: "192.168.50.200" }],
    };
    const message = await quickCreate({ parent: "lan0", form, finish: "create" });
    assert.equal(message, "Network iot created.");
    assert.deepEqual(labels(api.view.roots), ["lan0", ["iot"], "lan1"]);
    const text = await lab().docker(["network", "inspect", "iot"]);
    const [network] = JSON.parse(text) as InspectedNetwork[];
    assert.equal(network?.Driver, "macvlan");
    assert.deepEqual(network.Options, { parent: "lan0" });
    assert.deepEqual(network.IPAM.Config, [
      {
        Subnet: "192.168.50.0/24",
        IPRange: "192.168.50.192/27",
        Gateway: "192.168.50.1",
        AuxiliaryAddresses: { printer: "192.168.50.200" },
      },
    ]);
  });

  it("says what is wrong with a plan, and creates nothing", async () => {
    const said: unknown[] = [];
    await replacing(
      "showErrorMessage",
      (text) => {
        said.push(text);
      },
      async () => {
        const form = { subnet: "192.168.50.110/24" };
        assert.equal(await quickCreate({ parent: "lan0", form, finish: "create" }), undefined);
      },
    );
    assert.match(String(said[0]), /192\.168\.50\.110\/24/);
    assert.deepEqual(labels(api.view.roots), ["lan0", "lan1"]);
  });

  it("passes on what only the engine knows", async () => {
    const said: unknown[] = [];
    await replacing(
      "showErrorMessage",
      (text) => {
        said.push(text);
      },
      async () => {
        // Both are judged before either exists, so the second is the engine's to refuse.
        const plan = { parent: "lan0", form: { name: "iot" }, finish: "create" };
        const messages = await Promise.all([quickCreate(plan), quickCreate(plan)]);
        assert.deepEqual(
          messages.filter((message) => message !== undefined),
          ["Network iot created."],
        );
      },
    );
    assert.match(String(said[0]), /Could not create the network: .*Docker says: /);
  });

  it("inserts the plan into a compose file, as one edit that can be undone", async () => {
    const before = "services:\n  web:\n    image: nginx\n";
    const document = await vscode.workspace.openTextDocument({
      language: "dockercompose",
      content: before,
    });
    await vscode.window.showTextDocument(document);
    await quickCreate({ parent: "lan0", form: { name: "iot" }, finish: "insert" });
    const text = document.getText();
    assert.ok(text.startsWith(before), text);
    assert.match(text, /\nnetworks:\n {2}iot:\n {4}name: iot\n {4}driver: macvlan\n/);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("copies the command", async () => {
    await quickCreate({
      parent: "lan0",
      form: { name: "iot", ipRange: "" },
      finish: "copyCommand",
    });
    assert.equal(
      await vscode.env.clipboard.readText(),
      "docker network create -d macvlan --subnet=192.168.50.0/24 --gateway=192.168.50.1 -o parent=lan0 iot",
    );
  });

  it("opens one tab, however often it is asked", async () => {
    await vscode.commands.executeCommand(commandIds.planNetwork);
    await eventually("the tab is there", () => wizardTabs().length === 1);
    await vscode.commands.executeCommand(commandIds.planNetwork, {
      kind: "interface",
      name: "lan1",
    });
    assert.equal(wizardTabs().length, 1);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await eventually("the tab is closed", () => wizardTabs().length === 0);
    await vscode.commands.executeCommand(commandIds.planNetwork);
    await eventually("the tab is there again", () => wizardTabs().length === 1);
  });
});
