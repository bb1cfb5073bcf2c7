/** What must be read because it changed, or because nobody knows. */
import type { EngineEvent } from "../docker/engineClient";

/** More single objects than this are asked for as a whole: the question has a limit, too. */
export const mostSingles = 100;

export type Wanted =
  | { readonly kind: "nothing" }
  | { readonly kind: "all" }
  | {
      readonly kind: "some";
      readonly containers: readonly string[];
      readonly networks: readonly string[];
    };

export class WantedObjects {
  #all = false;
  readonly #containers = new Set<string>();
  readonly #networks = new Set<string>();

  get isEmpty(): boolean {
    return !this.#all && this.#containers.size === 0 && this.#networks.size === 0;
  }

  /** Everything, because it is not known what changed. */
  addAll(): void {
    this.#all = true;
    this.#containers.clear();
    this.#networks.clear();
  }

  addContainer(id: string): void {
    this.#add(this.#containers, id);
  }

  /** What an event is about. Connecting changes the container; the network itself stays what it is. */
  addEvent({ type, action, id, container }: EngineEvent): void {
    if (type === "container") this.#add(this.#containers, id);
    else if (action !== "connect" && action !== "disconnect") this.#add(this.#networks, id);
    else if (container !== undefined) this.#add(this.#containers, container);
    else this.addAll();
  }

  /** Hands it over; what is added from now on is for the next reading. */
  take(): Wanted {
    if (this.isEmpty) return { kind: "nothing" };
    const wanted: Wanted = this.#all
      ? { kind: "all" }
      : { kind: "some", containers: [...this.#containers], networks: [...this.#networks] };
    this.clear();
    return wanted;
  }

  clear(): void {
    this.#all = false;
    this.#containers.clear();
    this.#networks.clear();
  }

  #add(ids: Set<string>, id: string): void {
    if (this.#all) return;
    ids.add(id);
    if (ids.size > mostSingles) this.addAll();
  }
}
