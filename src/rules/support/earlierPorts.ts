/** Which of the ports that were published before stands in the way of another. */
import { type PublishedPort, coversAll, portsCollide } from "./publishedPorts";

interface Entry<Holder> {
  readonly index: number;
  readonly port: PublishedPort;
  readonly holder: Holder;
}

/**
 * Ports of one key. By address, and of each address the first and the first with another target: thousands may be published on one
 * port of many addresses, or be the same.
 */
export class EarlierPorts<Holder> {
  private readonly byAddress = new Map<string | undefined, Entry<Holder>[]>();
  /** Those on all addresses. */
  private readonly wide: Entry<Holder>[][] = [];
  private count = 0;

  add(port: PublishedPort, holder: Holder): void {
    const entry = { index: this.count++, port, holder };
    const entries = this.byAddress.get(port.hostIp);
    if (!entries) {
      const made = [entry];
      this.byAddress.set(port.hostIp, made);
      if (coversAll(port)) this.wide.push(made);
    } else if (entries.length === 1 && entries[0]?.port.target !== port.target) {
      entries.push(entry);
    }
  }

  /** The first in the way of `port`; `other`: of those with another target. */
  inTheWay(port: PublishedPort, other: boolean): Entry<Holder> | undefined {
    let first: Entry<Holder> | undefined;
    const look = (entries: readonly Entry<Holder>[] = []) => {
      const found = entries.find((each) => !other || each.port.target !== port.target);
      if (!found || !portsCollide(found.port, port)) return false;
      if (!first || found.index < first.index) first = found;
      return true;
    };
    if (!coversAll(port)) {
      look(this.byAddress.get(port.hostIp));
      this.wide.forEach(look);
      return first;
    }
    for (const entries of this.byAddress.values()) {
      // In the order in which their first entries came: none behind can have an earlier one.
      if (first && (entries[0]?.index ?? 0) > first.index) break;
      look(entries);
    }
    return first;
  }
}
