import type { ServiceView } from "../context";

/** The services of a project by texts that only one of them can have, kept up to date one by one. */
export class Holders {
  private readonly keysOf: (view: ServiceView) => readonly string[];
  private readonly byKey = new Map<string, Set<ServiceView>>();
  private readonly shared = new Set<string>();

  /** `keysOf`: always the same for one view. */
  constructor(keysOf: (view: ServiceView) => readonly string[]) {
    this.keysOf = keysOf;
  }

  add(view: ServiceView): void {
    for (const key of this.keysOf(view)) {
      const holders = this.byKey.get(key) ?? new Set();
      this.byKey.set(key, holders.add(view));
      if (holders.size > 1) this.shared.add(key);
    }
  }

  remove(view: ServiceView): void {
    for (const key of this.keysOf(view)) {
      const holders = this.byKey.get(key);
      if (!holders) continue;
      holders.delete(view);
      if (holders.size < 2) this.shared.delete(key);
      if (holders.size === 0) this.byKey.delete(key);
    }
  }

  /** Those with the text; first those that are enabled, then as they stand in the file. */
  holders(key: string): readonly ServiceView[] {
    return [...(this.byKey.get(key) ?? [])].sort(compare);
  }

  /** Texts that more than one service has. */
  repeated(): Iterable<string> {
    return this.shared;
  }
}

function compare({ service: a }: ServiceView, { service: b }: ServiceView): number {
  if (a.enabled !== b.enabled) return a.enabled ? -1 : 1;
  if (a.place.path !== b.place.path) return a.place.path < b.place.path ? -1 : 1;
  return a.place.from - b.place.from;
}
