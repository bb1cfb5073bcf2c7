import * as vscode from "vscode";
import { commandIds, fixAllKind } from "../ids";
import { applyFixes, preferredFix, safeFix } from "../rules/applyFixes";
import type { Finding, Fix } from "../rules/rule";
import { fixesBetween } from "../rules/workspace/fixes";
import type { Analysed, Analyses } from "./analyses";
import { ruleOf } from "./diagnostics";
import { createMissing } from "./createMissing";
import { toRange, workspaceEdit } from "./positions";
import { composeSelector } from "./selector";
import type { WorkspaceCheck } from "./workspace/workspaceCheck";

const { QuickFix, SourceFixAll } = vscode.CodeActionKind;
const fixAll = SourceFixAll.append(fixAllKind);

/** An action over the whole file, whose edit is worked out when it is chosen. */
class WholeFileAction extends vscode.CodeAction {
  readonly document: vscode.TextDocument;
  readonly choose: (finding: Finding) => Fix | undefined;

  constructor(
    title: string,
    kind: vscode.CodeActionKind,
    document: vscode.TextDocument,
    choose: (finding: Finding) => Fix | undefined,
  ) {
    super(title, kind);
    this.document = document;
    this.choose = choose;
  }
}

/** Quick fixes for findings, and `source.fixAll.macvlan`. */
export function registerCodeActions(analyses: Analyses, check: WorkspaceCheck): vscode.Disposable {
  const provider = new Provider(analyses, check);
  return vscode.languages.registerCodeActionsProvider(composeSelector, provider, {
    providedCodeActionKinds: [QuickFix, fixAll],
  });
}

class Provider implements vscode.CodeActionProvider {
  private readonly analyses: Analyses;
  private readonly check: WorkspaceCheck;

  constructor(analyses: Analyses, check: WorkspaceCheck) {
    this.analyses = analyses;
    this.check = check;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const wanted = (kind: vscode.CodeActionKind) =>
      context.only?.contains(kind) ?? kind === QuickFix;
    if (!wanted(QuickFix) && !wanted(fixAll)) return [];
    const analysed = await this.analyses.of(document);
    if (!analysed || token.isCancellationRequested) return [];
    const actions: vscode.CodeAction[] = [];
    if (wanted(QuickFix)) {
      const between = findingsBetween(analysed, this.check);
      actions.push(...quickFixes(analysed, between, range, context.diagnostics));
    }
    if (wanted(fixAll) && analysed.analysis.findings.some((finding) => safeFix(finding))) {
      const title = "Fix all that is safe to fix (Macvlan)";
      actions.push(new WholeFileAction(title, fixAll, document, safeFix));
    }
    return actions;
  }

  async resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    if (!(action instanceof WholeFileAction)) return action;
    const { document, choose } = action;
    const analysed = await this.analyses.of(document);
    if (!analysed) return action;
    const { state, analysis } = analysed;
    const target = state.copy();
    const paths = new Set([state.path]);
    const { files } = applyFixes({ target, paths, choose, ...analysis.surroundings });
    const edits = files.get(state.path)?.edits ?? [];
    action.edit = workspaceEdit(
      state,
      edits.map((edit) => ({ ...edit, path: state.path })),
    );
    return action;
  }
}

/** Those between the document's project and others, with fixes of the project as it is here. */
function findingsBetween({ state, analysis }: Analysed, check: WorkspaceCheck): Finding[] {
  return check.between(state.path).map((finding) => ({
    ...finding,
    fixes: () => fixesBetween(state.context(analysis.surroundings), finding),
  }));
}

function quickFixes(
  analysed: Analysed,
  between: readonly Finding[],
  range: vscode.Range,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { document, analysis, state } = analysed;
  /** Rules found here, and whether one of their findings here has a preferred fix. */
  const rules = new Map<string, boolean>();
  const fixes: vscode.CodeAction[] = [];
  for (const finding of [...analysis.findings, ...between]) {
    if (finding.place.path !== state.path) continue;
    const place = toRange(document, finding.place);
    if (!place.intersection(range)) continue;
    const shown = diagnostics.filter((d) => ruleOf(d) === finding.rule && d.range.isEqual(place));
    const offered = finding.fixes?.() ?? [];
    const preferred = offered.some((fix) => fix.preferred);
    rules.set(finding.rule, preferred || rules.get(finding.rule) === true);
    const create = createMissing(analysed, finding);
    if (create) fixes.push(create);
    for (const fix of offered) {
      const action = new vscode.CodeAction(fix.title, QuickFix);
      action.edit = workspaceEdit(state, fix.edits);
      action.isPreferred = fix.preferred;
      action.diagnostics = shown;
      fixes.push(action);
    }
  }
  return [
    ...fixes,
    ...[...rules].flatMap(([rule, fixable]) => ruleActions(analysed, rule, fixable)),
  ];
}

/** What can be done about a rule: fix all of it, read about it, turn it off. */
function ruleActions(
  { document, analysis }: Analysed,
  rule: string,
  fixable: boolean,
): vscode.CodeAction[] {
  const actions: vscode.CodeAction[] = [];
  const choose = (finding: Finding) => (finding.rule === rule ? preferredFix(finding) : undefined);
  // Not by trying every fix: there may be hundreds, and this is asked at each move of the cursor.
  if (fixable && analysis.findings.filter((finding) => finding.rule === rule).length > 1) {
    const title = `Fix all ${rule} in this file`;
    actions.push(new WholeFileAction(title, QuickFix, document, choose));
  }
  actions.push(
    command(`Learn more about ${rule}`, commandIds.showRule, rule),
    command(`Turn off ${rule} (setting macvlan.rules)`, commandIds.turnRuleOff, rule),
  );
  return actions;
}

function command(title: string, id: string, rule: string): vscode.CodeAction {
  const action = new vscode.CodeAction(title, QuickFix);
  action.command = { title, command: id, arguments: [rule] };
  return action;
}
