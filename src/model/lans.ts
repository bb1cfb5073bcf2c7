/** Which parents are on one LAN. PURE. */
import { canonicalPrefix, formatPrefix, parsePrefix } from "./cidr";
import type { HostInterface } from "./hostInterface";

/**
 * From the name of an interface to that of its LAN: the same for a macvlan device and the interface that
 * it is on, for a port and its bridge, and for interfaces with addresses in one subnet.
 */
export function lansOf(interfaces: readonly HostInterface[] | undefined): (name: string) => string {
  const above = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    return root;
  };
  const join = (a: string, b: string): void => {
    const [from, to] = [rootOf(a), rootOf(b)];
    if (from !== to) above.set(from, to);
  };
  const bySubnet = new Map<string, string>();
  for (const { name, kind, link, master, addresses } of interfaces ?? []) {
    if (kind === "loopback" || kind === "tunnel") continue;
    if (kind === "macvlan" && link !== undefined) join(name, link);
    if (typeof master === "string") join(name, master);
    for (const text of addresses) {
      const prefix = parsePrefix(text);
      // A single address is in no LAN; of IPv6 a private prefix may be used twice as well.
      if (prefix?.family !== 4 || prefix.length > 30) continue;
      const subnet = formatPrefix(canonicalPrefix(prefix));
      const first = bySubnet.get(subnet);
      if (first === undefined) bySubnet.set(subnet, name);
      else join(name, first);
    }
  }
  return rootOf;
}
