/** Counts of the networks' addresses: our own, and the engine's for as long as nothing changed since. PURE. */
import type { EngineNetwork, PoolStatus } from "../model/network";
import { type Nearby, type PoolCounts, poolCounts } from "./poolCounts";
import type { Tie } from "./tie";
import type { World } from "./world";

/** The engine is asked for its own count where fewer addresses are left, as far as is known. */
const fewLeft = 16n;

export class CountMemory {
  /** What is known of a network's addresses without the engine's own counts, as a text to compare. */
  readonly #known = new Map<string, string>();
  /** The engine's own counts, with what was known when they were asked for. */
  readonly #status = new Map<
    string,
    { readonly known: string; readonly status: readonly PoolStatus[] }
  >();
  readonly #uncounted = new Set<string>();

  /** Counts of a network's pools, from what `poolCounts` is given. */
  of(
    network: EngineNetwork,
    ties: readonly Tie[],
    nearby: Nearby,
    world: World,
  ): readonly PoolCounts[] {
    const { id } = network;
    const own = poolCounts(network, ties, nearby, world);
    const known = own.map(({ used, left }) => `${used} ${left}`).join();
    if (known !== this.#known.get(id)) {
      this.#known.set(id, known);
      if (own.some(({ left }) => left < fewLeft)) this.#uncounted.add(id);
    }
    const counted = this.#status.get(id);
    return counted?.known === known
      ? poolCounts(network, ties, nearby, world, counted.status)
      : own;
  }

  /** Ids of networks that are nearly full and were not handed out since what is known of them changed. */
  takeUncounted(): string[] {
    const ids = [...this.#uncounted];
    this.#uncounted.clear();
    return ids;
  }

  /** To be noted before the engine is asked, for `setStatus`; undefined without such a network. */
  knownOf(network: string): string | undefined {
    return this.#known.get(network);
  }

  setStatus(network: string, known: string, status: readonly PoolStatus[]): void {
    this.#status.set(network, { known, status });
  }

  delete(network: string): void {
    this.#known.delete(network);
    this.#status.delete(network);
    this.#uncounted.delete(network);
  }
}
