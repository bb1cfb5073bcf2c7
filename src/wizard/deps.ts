import type * as vscode from "vscode";
import type { Inventory } from "../inventory/inventory";
import type { Configuration } from "../workbench/configuration";
import type { Log } from "../workbench/log";
import type { ErrorPresenter } from "../workbench/presentError";

/** What the wizard and Quick Create need of the extension. */
export interface WizardDeps {
  readonly extensionUri: vscode.Uri;
  readonly inventory: Inventory;
  readonly configuration: Configuration;
  readonly presenter: ErrorPresenter;
  readonly log: Log;
  /** Shows the network of this id in the tree. */
  readonly revealNetwork: (id: string) => PromiseLike<void>;
}
