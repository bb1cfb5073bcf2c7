import type { ServiceView } from "../context";
import { writtenText } from "../support/declaredEntries";

/** The services of a project by the container_name they ask for, kept up to date one by one. */
export class ContainerNames {
  private readonly byName = new Map<string, Set<ServiceView>>();
  private readonly shared = new Set<string>();

  add(view: ServiceView): void {
    const name = writtenText(view.service.containerName);
    if (name === undefined) return;
    const holders = this.byName.get(name) ?? new Set();
    this.byName.set(name, holders.add(view));
    if (holders.size > 1) this.shared.add(name);
  }

  remove(view: ServiceView): void {
    const name = writtenText(view.service.containerName);
    const holders = name === undefined ? undefined : this.byName.get(name);
    if (name === undefined || !holders) return;
    holders.delete(view);
    if (holders.size < 2) this.shared.delete(name);
    if (holders.size === 0) this.byName.delete(name);
  }

  /** Those with the name; first those that are enabled, then as they stand in the file. */
  holders(name: string): readonly ServiceView[] {
    return [...(this.byName.get(name) ?? [])].sort(compare);
  }

  /** Names that more than one service asks for. */
  repeated(): Iterable<string> {
    return this.shared;
  }
}

function compare({ service: a }: ServiceView, { service: b }: ServiceView): number {
  if (a.enabled !== b.enabled) return a.enabled ? -1 : 1;
  if (a.place.path !== b.place.path) return a.place.path < b.place.path ? -1 : 1;
  return a.place.from - b.place.from;
}
