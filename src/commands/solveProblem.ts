import * as vscode from "vscode";
import { type Way, problemKey } from "../views/problem";
import type { TreeNode } from "../views/nodes";
import { allNodes } from "../views/nodes";
import { shown } from "../views/text";
import { UserError } from "../workbench/presentError";
import type { CommandDeps } from "./deps";
import { isTreeNode } from "./target";

interface Choice extends vscode.QuickPickItem {
  /** Undefined: the problem is not to be shown any more. */
  readonly way?: Way;
  /** Key of the problem that this is about. */
  readonly key: string;
}

/** Lists what ends the problems of a row, and runs what is picked. `target`: a row, or its name. */
export async function solveProblem(
  { view }: Pick<CommandDeps, "view">,
  target?: unknown,
): Promise<void> {
  const node = await nodeOf(target, view.roots);
  if (!node) return;
  const picked = await vscode.window.showQuickPick(choicesOf(node), {
    title: plain(node.label),
    placeHolder: node.problems.length === 1 ? plain(node.problems[0]?.text ?? "") : "What to do",
  });
  if (!picked) return;
  if (picked.way) await vscode.commands.executeCommand(picked.way.command, ...picked.way.args);
  else view.setShape({ ignored: new Set([...view.shape.ignored, picked.key]) });
}

function choicesOf(node: TreeNode): Choice[] {
  return node.problems.flatMap((problem): Choice[] => {
    const key = problemKey(node.label, problem);
    return [
      { label: plain(problem.short), kind: vscode.QuickPickItemKind.Separator, key },
      ...problem.ways.map((way) => ({ label: plain(way.title), way, key })),
      {
        label: "Do not show this any more",
        description: "Show Ignored Problems in the view's menu brings it back",
        key,
      },
    ];
  });
}

async function nodeOf(target: unknown, roots: readonly TreeNode[]): Promise<TreeNode | undefined> {
  if (isTreeNode(target)) return target;
  const nodes = [...allNodes(roots)].filter(({ problems }) => problems.length > 0);
  if (typeof target === "string") {
    const named = nodes.find(({ label, id }) => label === target || id === target);
    if (named) return named;
    throw new UserError(`${target} has no problem.`);
  }
  if (nodes.length === 0) throw new UserError("No network and no container has a problem.");
  const items = nodes.map((node) => ({
    label: plain(node.label),
    description: plain(node.problems.map(({ short }) => short).join(", ")),
    node,
  }));
  const placeHolder = "Which problem";
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))
    ?.node;
}

/** Quick picks draw icons for `$(name)`. */
function plain(text: string): string {
  return shown(text).replaceAll("$(", String.raw`\$(`);
}
