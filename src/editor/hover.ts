import * as vscode from "vscode";
import type { Analyses } from "./analyses";
import { type HoverText, hoverText } from "./hoverText";
import { toOffset, toRange } from "./positions";
import { composeSelector } from "./selector";
import { valueAt } from "./valueAt";

/** Subnet arithmetic, and who holds an address. */
export function registerHover(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(composeSelector, {
    async provideHover(document, position, token) {
      const analysed = await analyses.of(document);
      if (!analysed || token.isCancellationRequested) return undefined;
      const { state, analysis } = analysed;
      const context = state.context(analysis.surroundings);
      const at = valueAt(context, state.path, toOffset(document, position));
      if (!at) return undefined;
      return new vscode.Hover(markdown(hoverText(context, at)), toRange(document, at.value.place));
    },
  });
}

/** A code block, because names of containers and services are not ours: nothing in it is Markdown. */
function markdown({ title, rows }: HoverText): vscode.MarkdownString {
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd());
  return new vscode.MarkdownString().appendCodeblock([title, ...lines].join("\n"), "text");
}
