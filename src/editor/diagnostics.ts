import * as vscode from "vscode";
import { diagnosticSource } from "../ids";
import { fullMessage } from "../rules/message";
import type { Finding, Severity } from "../rules/rule";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import type { Analysed, Analyses } from "./analyses";
import { pathOf, uriOf } from "./paths";
import { rangeIn } from "./positions";
import type { RuleDocs } from "./ruleDocs";

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Shows the findings of open compose files, each in the file that it is about. */
export function registerDiagnostics(analyses: Analyses, docs: RuleDocs): Disposable {
  const store = new DisposableStore();
  const shown = store.add(new ShownFindings());
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
      shown.set(pathOf(uri), new Map());
    }),
  );
  return store;
}

/** Findings by the document whose analysis has them: two may have the same file in their projects. */
class ShownFindings {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  private readonly sources = new Map<string, ReadonlyMap<string, readonly vscode.Diagnostic[]>>();

  set(source: string, byPath: ReadonlyMap<string, readonly vscode.Diagnostic[]>): void {
    const before = this.sources.get(source);
    if (byPath.size === 0) this.sources.delete(source);
    else this.sources.set(source, byPath);
    const paths = new Set([...(before?.keys() ?? []), ...byPath.keys()]);
    for (const path of paths) this.show(path);
  }

  dispose(): void {
    this.collection.dispose();
  }

  private show(path: string): void {
    const once = new Map<string, vscode.Diagnostic>();
    for (const diagnostic of [...this.sources.values()].flatMap((of) => of.get(path) ?? [])) {
      const { range, message } = diagnostic;
      const { start, end } = range;
      once.set(
        `${ruleOf(diagnostic) ?? ""} ${start.line}:${start.character}-${end.line}:${end.character} ${message}`,
        diagnostic,
      );
    }
    const uri = uriOf(path);
    if (once.size === 0) this.collection.delete(uri);
    else this.collection.set(uri, [...once.values()]);
  }
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
