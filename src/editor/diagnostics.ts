import * as vscode from "vscode";
import type { PlainFinding, PlainPlace } from "../background/protocol";
import { diagnosticSource } from "../ids";
import { fullMessage } from "../rules/message";
import type { Finding, Severity } from "../rules/rule";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import type { Analysed, Analyses } from "./analyses";
import { pathOf, uriOf } from "./paths";
import { rangeIn, toRange } from "./positions";
import type { RuleDocs } from "./ruleDocs";
import { openDocument } from "./workspace/openDocuments";
import type { WorkspaceCheck } from "./workspace/workspaceCheck";

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/**
 * Shows the findings of open compose files, each in the file that it is about, and those that the check of
 * the workspace has.
 */
export function registerDiagnostics(
  analyses: Analyses,
  check: WorkspaceCheck,
  docs: RuleDocs,
): Disposable {
  const store = new DisposableStore();
  const shown = store.add(new ShownFindings(check, docs));
  store.add(
    analyses.onDidAnalyse((analysed) => {
      const byPath = new Map<string, vscode.Diagnostic[]>();
      for (const finding of analysed.analysis.findings) {
        const { path } = finding.place;
        const diagnostics = byPath.get(path) ?? [];
        byPath.set(path, diagnostics);
        diagnostics.push(toDiagnostic(analysed, finding, docs));
      }
      shown.set(analysed.state.path, byPath);
    }),
  );
  store.add(
    analyses.onDidClose((uri) => {
      shown.set(pathOf(uri), undefined);
    }),
  );
  store.add(
    check.onDidChange((paths) => {
      shown.show(paths);
    }),
  );
  return store;
}

/** Findings by the document whose analysis has them: two may have the same file in their projects. */
class ShownFindings {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  private readonly analysed = new Map<string, ReadonlyMap<string, readonly vscode.Diagnostic[]>>();
  private readonly check: WorkspaceCheck;
  private readonly docs: RuleDocs;

  constructor(check: WorkspaceCheck, docs: RuleDocs) {
    this.check = check;
    this.docs = docs;
  }

  /** Undefined for a document that is no longer followed. */
  set(path: string, byPath: ReadonlyMap<string, readonly vscode.Diagnostic[]> | undefined): void {
    const before = this.analysed.get(path);
    if (byPath) this.analysed.set(path, byPath);
    else this.analysed.delete(path);
    this.show(new Set([path, ...(before?.keys() ?? []), ...(byPath?.keys() ?? [])]));
  }

  /** All at once: each call costs a message to the workbench. */
  show(paths: ReadonlySet<string>): void {
    if (paths.size === 0) return;
    this.collection.set(
      [...paths].map((path) => {
        const diagnostics = this.diagnosticsIn(path);
        return [uriOf(path), diagnostics.length > 0 ? diagnostics : undefined];
      }),
    );
  }

  dispose(): void {
    this.collection.dispose();
  }

  private diagnosticsIn(path: string): vscode.Diagnostic[] {
    const once = new Map<string, vscode.Diagnostic>();
    const add = (diagnostic: vscode.Diagnostic) => {
      once.set(`${spotOf(diagnostic)} ${diagnostic.message}`, diagnostic);
    };
    for (const byPath of this.analysed.values()) byPath.get(path)?.forEach(add);
    const plain = (finding: PlainFinding) => fromPlain(finding, this.docs);
    if (!this.analysed.has(path)) this.check.own(path).map(plain).forEach(add);
    // One rule says the same of a container of the engine and of the project that it belongs to.
    const said = new Set([...once.values()].map(spotOf));
    for (const diagnostic of this.check.between(path).map(plain)) {
      if (!said.has(spotOf(diagnostic))) add(diagnostic);
    }
    return [...once.values()];
  }
}

/** Rule and range. */
function spotOf(diagnostic: vscode.Diagnostic): string {
  const { start, end } = diagnostic.range;
  return `${ruleOf(diagnostic) ?? ""} ${start.line}:${start.character}-${end.line}:${end.character}`;
}

function fromPlain(finding: PlainFinding, docs: RuleDocs): vscode.Diagnostic {
  const { rule, severity, message, place, related, unnecessary } = finding;
  const diagnostic = new vscode.Diagnostic(plainRange(place), message, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: rule, target: docs.uri(rule) };
  if (unnecessary) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.relatedInformation = related.map((one) => {
    const location = new vscode.Location(uriOf(one.place.path), plainRange(one.place));
    return new vscode.DiagnosticRelatedInformation(location, one.message);
  });
  return diagnostic;
}

/** Of an open document as it is now, of another file as it was read. */
function plainRange({ path, from, to, range }: PlainPlace): vscode.Range {
  const document = openDocument(path);
  if (document) return toRange(document, { from, to });
  return new vscode.Range(range.startLine, range.startColumn, range.endLine, range.endColumn);
}

function toDiagnostic(
  { analysis, state }: Analysed,
  finding: Finding,
  docs: RuleDocs,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeIn(state, finding.place),
    fullMessage(finding, analysis.engineVersion),
    severities[finding.severity],
  );
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: finding.rule, target: docs.uri(finding.rule) };
  if (finding.unnecessary) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.relatedInformation = (finding.related ?? []).map(({ place, message }) => {
    const location = new vscode.Location(uriOf(place.path), rangeIn(state, place));
    return new vscode.DiagnosticRelatedInformation(location, message);
  });
  return diagnostic;
}

/** The rule of a diagnostic, if it is one of ours. */
export function ruleOf({ source, code }: vscode.Diagnostic): string | undefined {
  if (source !== diagnosticSource || typeof code !== "object") return undefined;
  return String(code.value);
}
