import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import {
  duplicate,
  expectRules,
  findings,
  firstAddress,
  keepWriting,
  secondAddress,
  until,
  useComposeFiles,
} from "./composeFile";

describe("findings in a compose file", () => {
  const files = useComposeFiles();

  it("stand on the exact value, name the other place, and lead to a page that exists", async () => {
    const document = await files.open(duplicate);
    const [found] = await expectRules(document, ["duplicate-address"]);
    assert.ok(found);
    assert.deepEqual(found.range, secondAddress);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.match(
      found.message,
      /192\.168\.7\.10[\s\S]*\nEngine \S+ says: .*Address already in use/,
    );
    const [related] = found.relatedInformation ?? [];
    assert.equal(related?.location.uri.toString(), document.uri.toString());
    assert.deepEqual(related.location.range, firstAddress);
    assert.ok(typeof found.code === "object");
    assert.ok(existsSync(found.code.target.fsPath), found.code.target.toString());
    const page = await vscode.workspace.openTextDocument(found.code.target);
    assert.match(page.getText(), /^# duplicate-address/);
  });

  it("follow the typing, character by character", async () => {
    const document = await files.open(duplicate);
    await expectRules(document, ["duplicate-address"]);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    editor.selection = new vscode.Selection(secondAddress.end, secondAddress.end);
    await vscode.commands.executeCommand("type", { text: "9" });
    await expectRules(document, []);
    await vscode.commands.executeCommand("deleteLeft");
    await expectRules(document, ["duplicate-address"]);
    await vscode.commands.executeCommand("deleteLeft");
    await expectRules(document, ["address-reserved"]);
    // Both deletions at once.
    await vscode.commands.executeCommand("undo");
    assert.equal(document.lineAt(10).text.trim(), "ipv4_address: 192.168.7.109");
    await expectRules(document, []);
    await vscode.commands.executeCommand("undo");
    await expectRules(document, ["duplicate-address"]);
    assert.deepEqual(findings(document)[0]?.range, secondAddress);
  });

  it("move with the text above them", async () => {
    const document = await files.open(duplicate);
    await expectRules(document, ["duplicate-address"]);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# one\n# two\n");
    edit.replace(document.uri, new vscode.Range(2, 11, 2, 16), "nginx:1.27");
    await vscode.workspace.applyEdit(edit);
    const lower = new vscode.Range(12, 22, 12, 34);
    await until(
      () => findings(document)[0]?.relatedInformation?.[0]?.location.range.start.line === 7,
      () => JSON.stringify(findings(document)),
    );
    assert.deepEqual(findings(document)[0]?.range, lower);
  });

  it("are right after many edits at once and after the line ends were changed", async () => {
    const document = await files.open(duplicate);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await editor.edit((builder) => {
      for (const line of [10, 5, 2, 7, 0]) builder.insert(new vscode.Position(line, 0), "\n");
      builder.delete(new vscode.Range(13, 0, 14, 0));
    });
    await editor.edit((builder) => {
      builder.setEndOfLine(vscode.EndOfLine.CRLF);
    });
    await vscode.commands.executeCommand("cursorBottom");
    await vscode.commands.executeCommand("type", { text: "\n# é" });
    const marked = () => findings(document).map(({ range }) => document.getText(range));
    await until(
      () => marked().join() === "192.168.7.10",
      () => `marked: ${marked().join()}`,
    );
    assert.equal(findings(document)[0]?.range.start.line, 15);
  });

  it("are faded where the text does nothing", async () => {
    const text = duplicate
      .replace("driver: bridge", "driver: macvlan")
      .replace("192.168.7.10\nnetworks", "192.168.7.11\nnetworks")
      .replace("nginx\n", 'nginx\n    ports: ["80:80"]\n');
    const document = await files.open(text);
    await until(
      () => findings(document).some(({ tags }) => tags?.includes(vscode.DiagnosticTag.Unnecessary)),
      () => JSON.stringify(findings(document)),
    );
  });

  it("use the .env beside the file, also when it changes", async () => {
    const text = duplicate.replace(
      "192.168.7.10\nnetworks",
      "${DNS_ADDRESS:-192.168.7.10}\nnetworks",
    );
    const document = await files.open(text, "compose.yaml", {
      ".env": "DNS_ADDRESS=192.168.7.20\n",
    });
    await expectRules(document, []);
    const dotenv = join(document.uri.fsPath, "..", ".env");
    for (const [address, rules] of [
      ["192.168.7.10", ["duplicate-address"]],
      ["192.168.7.21", []],
    ] as const) {
      await keepWriting(
        () => {
          writeFileSync(dotenv, `DNS_ADDRESS=${address}\n`);
        },
        () => expectRules(document, rules),
      );
    }
    rmSync(dotenv);
    await expectRules(document, ["duplicate-address"]);
  });

  it("come in files of other names when the language is Compose, and go with it", async () => {
    const document = await files.open(duplicate, "stack.yaml");
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual(findings(document), []);
    const compose = await vscode.languages.setTextDocumentLanguage(document, "dockercompose");
    await expectRules(compose, ["duplicate-address"]);
    await vscode.languages.setTextDocumentLanguage(compose, "yaml");
    await expectRules(compose, []);
  });

  it("come in a new document that is not saved", async () => {
    const document = await vscode.workspace.openTextDocument({
      language: "dockercompose",
      content: duplicate,
    });
    await expectRules(document, ["duplicate-address"]);
  });

  it("are gone when the file is closed", async () => {
    const uri = files.write(duplicate);
    // Not openTextDocument, which keeps the document for some minutes.
    await vscode.commands.executeCommand("vscode.open", uri);
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    await expectRules(document, ["duplicate-address"]);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await until(
      () => findings(document).length === 0,
      () => "findings of a closed file",
    );
  });

  it("have the severity that the setting gives, or are off", async () => {
    const document = await files.open(duplicate);
    await expectRules(document, ["duplicate-address"]);
    const configuration = () => vscode.workspace.getConfiguration("macvlan");
    try {
      await configuration().update("rules", { "duplicate-address": "hint" }, true);
      await until(
        () => findings(document)[0]?.severity === vscode.DiagnosticSeverity.Hint,
        () => "severity is not that of the setting",
      );
      await vscode.commands.executeCommand("macvlan.turnRuleOff", "duplicate-address");
      await expectRules(document, []);
    } finally {
      await configuration().update("rules", undefined, vscode.ConfigurationTarget.Workspace);
      await configuration().update("rules", undefined, true);
    }
    await expectRules(document, ["duplicate-address"]);
  });
});
