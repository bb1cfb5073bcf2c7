import * as vscode from "vscode";
import { registerCommands } from "./commands/register";
import { registerEditor } from "./editor/register";
import type { EndpointOptions, Inventory } from "./inventory/inventory";
import { createInventory } from "./inventory/liveInventory";
import { type EngineStatus, registerEngineStatus } from "./views/engineStatus";
import { type NetworksView, registerNetworksView } from "./views/networksView";
import { Configuration, type Settings } from "./workbench/configuration";
import { HostConsents } from "./workbench/hostConsents";
import { createLog } from "./workbench/log";
import { createErrorPresenter } from "./workbench/presentError";
import { ReadOnlyDocuments } from "./workbench/readOnlyDocuments";
import { registerWizard } from "./wizard/register";

/** What the extension hands to whoever activates it: the tests. */
export interface Api {
  readonly inventory: Inventory;
  readonly view: NetworksView;
  readonly status: EngineStatus;
}

/** Builds the parts, hands them to each other and registers them. Contacts no engine. */
export function activate(context: vscode.ExtensionContext): Api {
  const { extensionUri } = context;
  const log = createLog();
  const configuration = new Configuration();
  const documents = new ReadOnlyDocuments();
  const errors = createErrorPresenter(log);
  const settings = configuration.read();
  const consents = new HostConsents(context.globalState);
  const inventory = createInventory({
    trusted: vscode.workspace.isTrusted,
    endpoint: endpointOf(settings),
    lan: settings.lan,
    log: (line) => {
      log.info(line);
    },
  });
  inventory.setHostConsents(consents.ids);
  const view = registerNetworksView(inventory, context.workspaceState);
  const status = registerEngineStatus(inventory);
  const revealNetwork = async (id: string) => {
    await view.reveal(`network:${id}`);
  };
  context.subscriptions.push(
    log,
    configuration,
    documents,
    inventory,
    view,
    status,
    configuration.onDidChange((changed) => {
      inventory.setEndpoint(endpointOf(changed));
      inventory.setLan(changed.lan);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      inventory.setTrusted(true);
    }),
    registerCommands({ inventory, view, configuration, documents, errors, consents, log }),
    registerEditor({
      extensionUri,
      facts: inventory,
      settings: configuration,
      documents,
      errors,
      log,
      reveal: (declared) => view.revealDeclared(declared),
    }),
    registerWizard({
      extensionUri,
      inventory,
      configuration,
      presenter: errors,
      log,
      revealNetwork,
    }),
  );
  return { inventory, view, status };
}

function endpointOf({ dockerHost, dockerContext }: Settings): EndpointOptions {
  return { ...(dockerHost ? { dockerHost } : {}), ...(dockerContext ? { dockerContext } : {}) };
}
