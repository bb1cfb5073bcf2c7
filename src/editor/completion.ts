import * as vscode from "vscode";
import type { Analyses } from "./analyses";
import { toOffset, toRange } from "./positions";
import { composeSelector } from "./selector";
import { type Suggestion, suggestionsAt } from "./suggestions";

const kinds: Readonly<Record<Suggestion["kind"], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  choice: vscode.CompletionItemKind.EnumMember,
  address: vscode.CompletionItemKind.Value,
  interface: vscode.CompletionItemKind.Interface,
};

/** Parents, modes and free addresses, where a network or a service wants them. */
export function registerCompletion(analyses: Analyses): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position, token) {
      const analysed = await analyses.of(document);
      if (!analysed || token.isCancellationRequested) return undefined;
      const { state, analysis } = analysed;
      const cursor = state.cursor(toOffset(document, position));
      if (!cursor) return undefined;
      const range = toRange(document, cursor);
      return suggestionsAt(state.context(analysis.surroundings), cursor).map(
        (suggestion, index) => {
          const item = new vscode.CompletionItem(
            { label: suggestion.text.trimEnd(), description: suggestion.detail },
            kinds[suggestion.kind],
          );
          item.insertText = suggestion.text;
          item.range = range;
          // In our order: the best first, not the alphabet's.
          item.sortText = String(index).padStart(3, "0");
          // A free address is also offered in the place of one that is written already.
          if (suggestion.kind === "address") item.filterText = cursor.text + suggestion.text;
          return item;
        },
      );
    },
  };
  return vscode.languages.registerCompletionItemProvider(composeSelector, provider, " ", ".", ":");
}
