/**
 * The engine's own counts of addresses, each a request: asked for when somebody points at a network's row,
 * and for networks that are nearly full.
 */
import type { Inventory } from "../inventory/inventory";
import type { NetworkNode } from "./nodes";
import type { TreeModel } from "./treeModel";

export class EngineCounts {
  readonly #client: () => Inventory["client"];
  readonly #model: () => TreeModel;
  readonly #onCounted: (row: NetworkNode) => void;

  /** `onCounted`: the row reads differently now. */
  constructor(
    client: () => Inventory["client"],
    model: () => TreeModel,
    onCounted: (row: NetworkNode) => void,
  ) {
    this.#client = client;
    this.#model = model;
    this.#onCounted = onCounted;
  }

  /** Asks for the networks whose counts decide about a problem. */
  askWhereNeeded(): void {
    if (this.#client()) for (const id of this.#model().counts.takeUncounted()) void this.ask(id);
  }

  /** Resolves when the row has the counts, or they cannot be had; never rejects. */
  async ask(network: string, signal?: AbortSignal): Promise<void> {
    const model = this.#model();
    const known = model.counts.knownOf(network);
    const options = signal ? { signal } : {};
    const status = await this.#client()
      ?.poolStatus(network, options)
      .catch(() => undefined);
    if (!status || known === undefined || model !== this.#model()) return;
    const row = model.setStatus(network, known, status);
    if (row) this.#onCounted(row);
  }
}
