import * as vscode from "vscode";
import { diagnosticSource } from "../ids";
import { fullMessage } from "../rules/message";
import type { Finding, Severity } from "../rules/rule";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import type { Analysed, Analyses } from "./analyses";
import { toRange } from "./positions";
import type { RuleDocs } from "./ruleDocs";

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Shows the findings of open compose files. */
export function registerDiagnostics(analyses: Analyses, docs: RuleDocs): Disposable {
  const store = new DisposableStore();
  const collection = store.add(vscode.languages.createDiagnosticCollection(diagnosticSource));
  store.add(
    analyses.onDidAnalyse((analysed) => {
      const own = analysed.analysis.findings.filter(
        (finding) => finding.place.path === analysed.state.path,
      );
      collection.set(
        analysed.document.uri,
        own.map((finding) => toDiagnostic(analysed, finding, docs)),
      );
    }),
  );
  store.add(
    analyses.onDidClose((uri) => {
      collection.delete(uri);
    }),
  );
  return store;
}

function toDiagnostic(analysed: Analysed, finding: Finding, docs: RuleDocs): vscode.Diagnostic {
  const { document, analysis, state } = analysed;
  const diagnostic = new vscode.Diagnostic(
    toRange(document, finding.place),
    fullMessage(finding, analysis.engineVersion),
    severities[finding.severity],
  );
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: finding.rule, target: docs.uri(finding.rule) };
  if (finding.unnecessary) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.relatedInformation = (finding.related ?? []).flatMap(({ place, message }) =>
    place.path === state.path
      ? [
          new vscode.DiagnosticRelatedInformation(
            new vscode.Location(document.uri, toRange(document, place)),
            message,
          ),
        ]
      : [],
  );
  return diagnostic;
}

/** The rule of a diagnostic, if it is one of ours. */
export function ruleOf({ source, code }: vscode.Diagnostic): string | undefined {
  if (source !== diagnosticSource || typeof code !== "object") return undefined;
  return String(code.value);
}
