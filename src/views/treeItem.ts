import * as vscode from "vscode";
import type { Tooltip, TreeNode } from "./nodes";
import type { Way } from "./problem";
import { problemUri } from "./problemColours";
import { shown } from "./text";

/** Longer lists start closed: the parents above and below should stay in sight. */
const openUpTo = 25;

/** A row of the tree; the tooltip is left to `tooltipOf`, which is asked for when it is needed. */
export function toTreeItem(node: TreeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(shown(node.label), collapsibleState(node));
  item.id = node.id;
  item.description = shown(node.description);
  item.contextValue = node.tags.join(" ");
  item.iconPath = new vscode.ThemeIcon(
    node.icon.id,
    node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color),
  );
  item.accessibilityInformation = { label: shown(node.spoken) };
  // No file: what colours the row when it has a problem (problemColours.ts).
  if (node.problems.length > 0) item.resourceUri = problemUri(node);
  return item;
}

function collapsibleState({ children, kind }: TreeNode): vscode.TreeItemCollapsibleState {
  if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return kind === "network" && children.length > openUpTo
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.Expanded;
}

/**
 * Names are somebody else's choice: everything that is not ours goes in as text. The only links are the
 * ways out of a problem, and only their commands are let through.
 */
export function tooltipOf({ title, problems, rows, notes }: Tooltip): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = {
    enabledCommands: problems.flatMap(({ ways }) => ways.map(({ command }) => command)),
  };
  markdown.appendMarkdown("**").appendText(shown(title)).appendMarkdown("**");
  for (const { level, text, ways } of problems) {
    markdown.appendMarkdown(`\n\n**${level === "warning" ? "Problem:" : "Note:"}** `);
    addWords(markdown, text).appendMarkdown("  \n");
    for (const [index, way] of ways.entries()) {
      markdown.appendMarkdown(index === 0 ? "[" : " · [").appendText(shown(way.title));
      markdown.appendMarkdown(`](${linkOf(way)})`);
    }
  }
  if (rows.length > 0) markdown.appendMarkdown("\n");
  for (const [name, value] of rows) {
    markdown.appendMarkdown("  \n").appendText(shown(`${name}: ${value}`));
  }
  for (const note of notes) addWords(markdown.appendMarkdown("\n\n"), note);
  return markdown;
}

/** As text, but lines break between words: `appendText` alone makes every space one that does not break. */
function addWords(markdown: vscode.MarkdownString, text: string): vscode.MarkdownString {
  for (const [index, word] of shown(text).split(" ").entries()) {
    if (index > 0) markdown.appendMarkdown(" ");
    markdown.appendText(word);
  }
  return markdown;
}

/** Parentheses and quotes of the arguments are encoded, so that they cannot end the link. */
function linkOf({ command, args }: Way): string {
  const query = encodeURIComponent(JSON.stringify(args)).replace(
    /[()'*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `command:${command}?${query}`;
}
