/** Which networks share addresses. PURE. */
import { type Prefix, lastOf } from "../model/cidr";
import type { EngineNetwork } from "../model/network";
import { subnetsOf } from "./poolCounts";

/** By id, the ids of the other networks with a subnet that overlaps one of its own; only of those that have any. */
export function overlapping(
  networks: readonly EngineNetwork[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const note = (a: string, b: string): void => {
    if (a === b) return;
    const known = found.get(a);
    if (known) known.add(b);
    else found.set(a, new Set([b]));
  };
  const subnets = networks.flatMap((network) =>
    subnetsOf(network).map((prefix) => ({ id: network.id, prefix })),
  );
  // Two prefixes are one within the other or apart: sorted, those around the present one are a stack.
  subnets.sort((a, b) => order(a.prefix, b.prefix));
  const around: typeof subnets = [];
  for (const subnet of subnets) {
    for (let top = around.at(-1); top && !holds(top.prefix, subnet.prefix); top = around.at(-1)) {
      around.pop();
    }
    for (const outer of around) {
      note(outer.id, subnet.id);
      note(subnet.id, outer.id);
    }
    around.push(subnet);
  }
  return found;
}

function order(a: Prefix, b: Prefix): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return a.length - b.length;
}

function holds(outer: Prefix, inner: Prefix): boolean {
  return outer.family === inner.family && inner.address <= lastOf(outer);
}
