import * as vscode from "vscode";
import type { Tooltip, TreeNode } from "./nodes";

/** Longer lists start closed: the parents above and below should stay in sight. */
const openUpTo = 25;

/** A row of the tree; the tooltip is left to `tooltipOf`, which is asked for when it is needed. */
export function toTreeItem(node: TreeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsibleState(node));
  item.id = node.id;
  item.description = node.description;
  item.contextValue = node.tags.join(" ");
  item.iconPath = new vscode.ThemeIcon(
    node.icon.id,
    node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color),
  );
  item.accessibilityInformation = { label: node.spoken };
  return item;
}

function collapsibleState({ children, kind }: TreeNode): vscode.TreeItemCollapsibleState {
  if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return kind === "network" && children.length > openUpTo
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.Expanded;
}

/** Names are somebody else's choice: everything that is not ours goes in as text, and nothing is a link. */
export function tooltipOf({ title, rows, notes }: Tooltip): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown("**").appendText(title).appendMarkdown("**");
  for (const [name, value] of rows) {
    markdown.appendMarkdown("  \n").appendText(`${name}: ${value}`);
  }
  for (const note of notes) markdown.appendMarkdown("\n\n").appendText(note);
  return markdown;
}
