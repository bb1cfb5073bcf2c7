/** Objects of one kind as the engine had them when they were last read. */

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * What did not change stays the same object, the list included: whoever made something of it needs to
 * look only at what is another one now.
 */
export class ObjectList<T extends Named> {
  #byId: ReadonlyMap<string, T> = new Map();
  #sorted: readonly T[] | undefined = [];

  /** For the reading of the next answer. */
  get byId(): ReadonlyMap<string, T> {
    return this.#byId;
  }

  /** In the order of names. */
  get list(): readonly T[] {
    this.#sorted ??= [...this.#byId.values()].sort(byName);
    return this.#sorted;
  }

  /** The answer to a question for all of them. */
  setAll(items: readonly T[]): void {
    if (items.length === this.#byId.size && items.every(this.#has)) return;
    this.#set(new Map(items.map((item) => [item.id, item])));
  }

  /** The answer to a question for those of `ids`: what of them is not in `items` is gone. */
  setSome(ids: readonly string[], items: readonly T[]): void {
    const found = new Map(items.map((item) => [item.id, item]));
    if (ids.every((id) => this.#byId.get(id) === found.get(id))) return;
    const next = new Map(this.#byId);
    for (const id of ids) {
      const item = found.get(id);
      if (item) next.set(id, item);
      else next.delete(id);
    }
    this.#set(next);
  }

  #has = (item: T): boolean => this.#byId.get(item.id) === item;

  #set(byId: ReadonlyMap<string, T>): void {
    this.#byId = byId;
    this.#sorted = undefined;
  }
}

function byName(a: Named, b: Named): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
