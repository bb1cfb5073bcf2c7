import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import { ComposeDocument } from "../compose/document";
import type { EngineContainer } from "../model/attachment";
import { shown } from "../views/text";
import { UserError } from "../workbench/presentError";
import type { CommandDeps } from "./deps";
import { isTreeNode, networkOf } from "./target";

/** What is looked for in compose files, and who knows where they are. */
interface Wanted {
  readonly section: "services" | "networks";
  readonly key: string | undefined;
  readonly project: string | undefined;
  readonly container: EngineContainer | undefined;
}

/** A file larger than this is no compose file that somebody wrote, in bytes. */
const largest = 5_000_000;

/**
 * Opens the compose file that a network or container comes from, at its declaration. Compose notes its
 * files on containers; for a network any container of its project tells.
 */
export async function openCompose(
  { inventory }: Pick<CommandDeps, "inventory">,
  target?: unknown,
): Promise<void> {
  const wanted = await wantedOf(inventory.facts, target);
  if (!wanted) return;
  const { key, project, section } = wanted;
  if (project === undefined) throw new UserError("No Compose project made this.");
  const source =
    wanted.container ??
    inventory.facts.containers?.find((one) => one.project === project && one.composeFiles);
  if (!source?.composeFiles) {
    throw new UserError(
      `Project ${shown(project)} has no container, and only containers tell where its compose file is.`,
    );
  }
  const folder = source.composeFolder ?? "/";
  const paths = source.composeFiles.map((file) => (isAbsolute(file) ? file : join(folder, file)));
  const found = await open(paths, section, key);
  if (!found) {
    throw new UserError(
      `${shown(paths.join(", "))} is not on this machine. Project ${shown(project)} was started from another one, or its files were moved.`,
    );
  }
}

async function wantedOf(
  facts: CommandDeps["inventory"]["facts"],
  target: unknown,
): Promise<Wanted | undefined> {
  if (isTreeNode(target) && target.kind === "container") {
    const { container } = target;
    return { section: "services", key: container.service, project: container.project, container };
  }
  const network = await networkOf(target, facts, "Whose compose file to open");
  return (
    network && {
      section: "networks",
      key: network.composeKey,
      project: network.project,
      container: undefined,
    }
  );
}

/** Shows the last file that declares it, as that is the one that counts; else the first. False: none is there. */
async function open(
  paths: readonly string[],
  section: Wanted["section"],
  key: string | undefined,
): Promise<boolean> {
  let first: vscode.TextDocument | undefined;
  let found: { document: vscode.TextDocument; range: vscode.Range } | undefined;
  for (const path of paths) {
    const document = await documentAt(path);
    first ??= document;
    const range = document && key !== undefined ? declarationIn(document, section, key) : undefined;
    if (document && range) found = { document, range };
  }
  const document = found?.document ?? first;
  if (!document) return false;
  await vscode.window.showTextDocument(document, found ? { selection: found.range } : {});
  return true;
}

/** Labels are what somebody wrote: only a plain file of usual size is opened. */
async function documentAt(path: string): Promise<vscode.TextDocument | undefined> {
  const uri = vscode.Uri.file(path);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > largest) return undefined;
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function declarationIn(
  document: vscode.TextDocument,
  section: Wanted["section"],
  key: string,
): vscode.Range | undefined {
  const project = new ComposeDocument(document.uri.path, document.getText()).project();
  const place = project[section].find((declared) => declared.key === key)?.keyPlace;
  return place && new vscode.Range(document.positionAt(place.from), document.positionAt(place.to));
}
