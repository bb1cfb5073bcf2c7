import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionsAt,
  duplicate,
  expectRules,
  secondAddress,
  until,
  useComposeFiles,
} from "./composeFile";

const hostBits = duplicate.replace("192.168.7.0/24", "192.168.7.110/24");

describe("code actions in a compose file", () => {
  const files = useComposeFiles();
  before(async () => {
    await vscode.workspace.getConfiguration("macvlan").update("engineVersion", "28.5", true);
  });
  after(async () => {
    await vscode.workspace.getConfiguration("macvlan").update("engineVersion", undefined, true);
  });

  it("have one preferred fix, which ends its finding and touches nothing else", async () => {
    const document = await files.open(duplicate);
    await expectRules(document, ["duplicate-address"]);
    const actions = await actionsAt(document, secondAddress, "quickfix");
    const preferred = actions.filter((action) => action.isPreferred);
    assert.equal(preferred.length, 1);
    const [fix] = preferred;
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    await expectRules(document, []);
    const expected = duplicate.replace("192.168.7.10\nnetworks", "192.168.7.11\nnetworks");
    assert.equal(document.getText(), expected);
  });

  it("explain the rule and offer to turn it off", async () => {
    const document = await files.open(duplicate);
    await expectRules(document, ["duplicate-address"]);
    const actions = await actionsAt(document, secondAddress);
    const commands = actions.flatMap(({ command }) => (command ? [command] : []));
    assert.deepEqual(
      commands.map(({ command, arguments: args }) => [command, args]),
      [
        ["macvlan.showRule", ["duplicate-address"]],
        ["macvlan.turnRuleOff", ["duplicate-address"]],
      ],
    );
    await vscode.commands.executeCommand("macvlan.showRule", "duplicate-address");
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await until(
      () => tabs().some(({ label }) => /Preview.*duplicate-address\.md/.test(label)),
      () =>
        `no preview among ${tabs()
          .map(({ label }) => label)
          .join(", ")}`,
    );
  });

  it("fix all of one rule in the file", async () => {
    const third =
      "  three:\n    image: nginx\n    networks:\n      lan:\n        ipv4_address: 192.168.7.10\n";
    const document = await files.open(duplicate.replace("networks:\n  lan:\n    d", `${third}$&`));
    await expectRules(document, ["duplicate-address", "duplicate-address"]);
    const actions = await actionsAt(document, secondAddress);
    const all = actions.find(({ title }) => title === "Fix all duplicate-address in this file");
    assert.ok(all?.edit);
    await vscode.workspace.applyEdit(all.edit);
    await expectRules(document, []);
    const addresses = document.getText().match(/(?<=ipv4_address: ).*/g);
    assert.deepEqual(addresses, ["192.168.7.10", "192.168.7.11", "192.168.7.12"]);
  });

  it("source.fixAll.macvlan does what is safe, on the text that is not saved", async () => {
    const document = await files.open(hostBits);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# unsaved\n");
    await vscode.workspace.applyEdit(edit);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await actionsAt(document, whole, "source.fixAll.macvlan");
    assert.deepEqual(
      actions.map(({ kind }) => kind?.value),
      ["source.fixAll.macvlan"],
    );
    assert.ok(actions[0]?.edit);
    await vscode.workspace.applyEdit(actions[0].edit);
    assert.match(document.getText(), /^# unsaved\n/);
    assert.match(document.getText(), /subnet: 192\.168\.7\.0\/24\n/);
  });

  it("source.fixAll.macvlan runs on save where the setting says so", async () => {
    const editor = vscode.workspace.getConfiguration("editor");
    await editor.update("codeActionsOnSave", { "source.fixAll.macvlan": "explicit" }, true);
    try {
      const document = await files.open(hostBits);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "# changed\n");
      await vscode.workspace.applyEdit(edit);
      await document.save();
      assert.match(document.getText(), /subnet: 192\.168\.7\.0\/24\n/);
    } finally {
      await editor.update("codeActionsOnSave", undefined, true);
    }
  });

  it("are of the kind that is asked for", async () => {
    const document = await files.open(hostBits);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const kinds = async (kind?: string) =>
      new Set((await actionsAt(document, whole, kind)).map((action) => action.kind?.value));
    assert.deepEqual(await kinds("quickfix"), new Set(["quickfix"]));
    assert.deepEqual(await kinds("source.fixAll"), new Set(["source.fixAll.macvlan"]));
    assert.deepEqual(await kinds("refactor"), new Set());
  });
});
