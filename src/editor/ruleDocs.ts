import * as vscode from "vscode";
import { commandIds } from "../ids";
import { ruleDocPath, rules } from "../rules/index";

/** The pages about rules, which come with the extension: they open without a network. */
export class RuleDocs {
  private readonly extension: vscode.Uri;

  constructor(extension: vscode.Uri) {
    this.extension = extension;
  }

  /**
   * Target of a finding's code. A file, because newer workbenches open no `command:` link from there
   * (1.139 does not, 1.100 did).
   */
  uri(rule: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extension, ruleDocPath(rule));
  }

  /** Shows a page as Markdown preview; without a rule, asks for one. */
  async show(rule?: unknown): Promise<void> {
    const id = typeof rule === "string" ? rule : await pickRule("Rule to explain");
    if (id === undefined || !rules.some((known) => known.id === id)) return;
    await vscode.commands.executeCommand("markdown.showPreview", this.uri(id));
  }

  register(): vscode.Disposable {
    return vscode.commands.registerCommand(commandIds.showRule, (rule?: unknown) =>
      this.show(rule),
    );
  }
}

/** Undefined when the choice was dismissed. */
export async function pickRule(title: string): Promise<string | undefined> {
  const items = rules.map(({ id, severity, summary }) => ({
    label: id,
    description: severity,
    detail: summary,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  return picked?.label;
}
