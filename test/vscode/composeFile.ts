/** Compose files of their own for tests in the extension host, and waiting for what is said of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

/** Two services with one address; the finding is on the second, line 10. */
export const duplicate = `services:
  web:
    image: nginx
    networks:
      lan:
        ipv4_address: 192.168.7.10
  dns:
    image: pihole
    networks:
      lan:
        ipv4_address: 192.168.7.10
networks:
  lan:
    driver: bridge
    ipam:
      config:
        - subnet: 192.168.7.0/24
          gateway: 192.168.7.1
`;
export const secondAddress = new vscode.Range(10, 22, 10, 34);
export const firstAddress = new vscode.Range(5, 22, 5, 34);

export interface ComposeFiles {
  /** Writes a file into a new folder and opens it in an editor. */
  open(text: string, name?: string, others?: Record<string, string>): Promise<vscode.TextDocument>;
  /** Only writes it. */
  write(text: string, name?: string, others?: Record<string, string>): vscode.Uri;
}

/** Call inside `describe`: folders are removed and editors closed behind each test. */
export function useComposeFiles(): ComposeFiles {
  const folders: string[] = [];
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const write: ComposeFiles["write"] = (text, name = "compose.yaml", others = {}) => {
    const folder = mkdtempSync(join(tmpdir(), "macvlan-file-"));
    folders.push(folder);
    mkdirSync(join(folder, "app"));
    for (const [file, content] of Object.entries({ ...others, [name]: text })) {
      writeFileSync(join(folder, "app", file), content);
    }
    return vscode.Uri.file(join(folder, "app", name));
  };
  return {
    write,
    async open(...args) {
      const document = await vscode.workspace.openTextDocument(write(...args));
      await vscode.window.showTextDocument(document);
      return document;
    },
  };
}

/** Writes, and again every few seconds until the end comes: VS Code's own watcher misses some changes. */
export async function keepWriting(
  write: () => unknown,
  until: () => Promise<unknown>,
): Promise<void> {
  write();
  const timer = setInterval(write, 3_000);
  try {
    await until();
  } finally {
    clearInterval(timer);
  }
}

/** Our diagnostics of the document, by rule. */
export function findings(document: Pick<vscode.TextDocument, "uri">): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => diagnostic.source === "macvlan");
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return typeof code === "object" ? String(code.value) : "";
}

/** Waits until the rules found are these, in the order of the text; fails with those that were found. */
export async function expectRules(
  document: vscode.TextDocument,
  expected: readonly string[],
): Promise<vscode.Diagnostic[]> {
  const found = () =>
    findings(document)
      .sort((a, b) => a.range.start.compareTo(b.range.start))
      .map(ruleOf)
      .join(", ");
  const wanted = expected.join(", ");
  await until(
    () => found() === wanted,
    () => `found "${found()}" instead of "${wanted}"`,
  );
  return findings(document);
}

/** Polls for up to fifteen seconds. */
export async function until(holds: () => boolean, words: () => string): Promise<void> {
  const end = Date.now() + 15_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(words());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind?: string,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    kind,
    100,
  );
}
