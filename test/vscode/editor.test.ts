import assert from "node:assert/strict";
import * as vscode from "vscode";
import { duplicate, expectRules, secondAddress, useComposeFiles } from "./composeFile";

describe("hover and suggestions in a compose file", () => {
  const files = useComposeFiles();

  it("hovering over a subnet tells its addresses and holders", async () => {
    const document = await files.open(duplicate);
    const at = document.positionAt(duplicate.indexOf("192.168.7.0/24") + 3);
    const text = await hoverText(document, at);
    for (const words of ["192.168.7.1-192.168.7.254", "192.168.7.255", "claimed: web, dns"]) {
      assert.ok(text.includes(words), `${words} is not in ${text}`);
    }
  });

  it("hovering over an address tells who holds it", async () => {
    const document = await files.open(duplicate);
    const text = await hoverText(document, secondAddress.start);
    assert.match(text, /claimed\s+web\n\s*claimed\s+dns/);
  });

  it("suggests the next free address, best first, and takes it", async () => {
    const document = await files.open(duplicate);
    await expectRules(document, ["duplicate-address"]);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      secondAddress.end,
    );
    const ours = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.Value);
    assert.deepEqual(
      ours.map(({ insertText }) => insertText),
      ["192.168.7.2", "192.168.7.3", "192.168.7.4"],
    );
    assert.deepEqual(ours[0]?.range, secondAddress);
  });

  it("suggests nothing where the value is not ours", async () => {
    const document = await files.open(duplicate);
    const at = document.positionAt(duplicate.indexOf("nginx") + 2);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      at,
    );
    assert.ok(list.items.every(({ kind }) => kind === vscode.CompletionItemKind.Text));
  });
});

async function hoverText(document: vscode.TextDocument, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    at,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .flatMap((content) => (content instanceof vscode.MarkdownString ? [content.value] : []))
    .join("\n");
}
