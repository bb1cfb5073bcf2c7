import type { Memento } from "vscode";

/** Only what is needed of VS Code's memory, so that it runs in plain Node. */
type Memory = Pick<Memento, "get" | "update">;

const key = "macvlan.hostsReadWithContainer";

/** Hosts (`HostState.id`) that the user lets be read with a container; remembered on this machine. */
export class HostConsents {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get ids(): ReadonlySet<string> {
    const kept: unknown = this.#memory.get(key);
    const texts = Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
    return new Set(texts);
  }

  async give(id: string): Promise<void> {
    await this.#memory.update(key, [...new Set([...this.ids, id])]);
  }

  async revoke(id: string): Promise<void> {
    await this.#memory.update(
      key,
      [...this.ids].filter((other) => other !== id),
    );
  }
}
