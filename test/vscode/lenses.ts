/** What stands above the networks of a compose file. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "./composeFile";

/** Titles of the lenses above the networks. */
export async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.Command[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    100,
  );
  return lenses.flatMap(({ command }) => (command ? [command] : []));
}

/** Waits until the one lens has this title. */
export async function expectLens(
  document: vscode.TextDocument,
  title: string,
): Promise<vscode.Command> {
  let now: readonly vscode.Command[] = [];
  let asking = false;
  await until(
    () => {
      if (!asking) {
        asking = true;
        void lensesOf(document).then((found) => {
          now = found;
          asking = false;
        });
      }
      return now.length === 1 && now[0]?.title === title;
    },
    () => `lenses: ${now.map((command) => command.title).join("; ")}`,
  );
  const [found] = now;
  assert.ok(found);
  return found;
}
