import type { Inventory } from "../inventory/inventory";
import type { NetworksView } from "../views/networksView";
import type { Configuration } from "../workbench/configuration";
import type { HostConsents } from "../workbench/hostConsents";
import type { Log } from "../workbench/log";
import type { ErrorPresenter } from "../workbench/presentError";
import type { ReadOnlyDocuments } from "../workbench/readOnlyDocuments";

/** What the commands are made of; each takes the part that it needs. */
export interface CommandDeps {
  readonly inventory: Inventory;
  readonly view: NetworksView;
  readonly configuration: Configuration;
  readonly documents: ReadOnlyDocuments;
  readonly errors: ErrorPresenter;
  readonly consents: HostConsents;
  readonly log: Log;
}

export type EngineClient = NonNullable<Inventory["client"]>;
