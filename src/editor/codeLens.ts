import * as vscode from "vscode";
import { commandIds } from "../ids";
import type { NetworkView } from "../rules/context";
import { DisposableStore } from "../workbench/disposables";
import type { Analyses, SettingsSource } from "./analyses";
import { lensText } from "./lensText";
import { toRange } from "./positions";
import { composeSelector } from "./selector";

/** A lens remembers the document and the key: by the time it is resolved the text may be another. */
class NetworkLens extends vscode.CodeLens {
  readonly document: vscode.TextDocument;
  readonly key: string;

  constructor(document: vscode.TextDocument, network: NetworkView, range: vscode.Range) {
    super(range);
    this.document = document;
    this.key = network.key;
  }
}

/** Above each network, what the engine has of it; only where the engine's networks are known. */
export function registerCodeLens(analyses: Analyses, settings: SettingsSource): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(
    analyses.onDidAnalyse(() => {
      changed.fire();
    }),
  );
  store.add(
    settings.onDidChange(() => {
      changed.fire();
    }),
  );
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!settings.read().codeLens) return [];
      const analysed = await analyses.of(document);
      if (!analysed || token.isCancellationRequested) return [];
      const { state, analysis } = analysed;
      const context = state.context(analysis.surroundings);
      if (!context.facts.networks) return [];
      return context.networks.flatMap((network) => {
        const place = network.declaration?.keyPlace;
        if (place?.path !== state.path || !network.used) return [];
        return [new NetworkLens(document, network, toRange(document, place))];
      });
    },
    // Counting free addresses costs a walk over the project, so only lenses that are seen get their text.
    async resolveCodeLens(lens) {
      if (!(lens instanceof NetworkLens)) return lens;
      lens.command = await commandOf(analyses, lens);
      return lens;
    },
  };
  store.add(vscode.languages.registerCodeLensProvider(composeSelector, provider));
  return new vscode.Disposable(() => {
    store.dispose();
  });
}

async function commandOf(analyses: Analyses, lens: NetworkLens): Promise<vscode.Command> {
  const analysed = await analyses.of(lens.document);
  const context = analysed?.state.context(analysed.analysis.surroundings);
  const network = context?.network(lens.key);
  const text = context && network && lensText(context, network);
  // A lens without a command would keep its place empty and be asked for again.
  if (!text) return { title: "", command: "" };
  const { title, tooltip, action } = text;
  return action === "create"
    ? {
        title,
        tooltip,
        command: commandIds.planNetwork,
        arguments: [{ name: network.realName }],
      }
    : { title, tooltip, command: commandIds.checkBeforeUp, arguments: [lens.document.uri] };
}
