/** Finding the pairs of overlapping subnets without comparing all with all. */
import { type Prefix, lastOf } from "../../model/cidr";

/**
 * Calls `visit` for each pair of overlapping prefixes, the wider one first. Prefixes overlap only
 * where one contains the other, so sorted by their first address, wide before narrow, the ones that
 * contain the next are a stack. Of more than `deepest` that contain one, only the innermost are
 * visited: hundreds of networks of one subnet say the same thing over and over.
 */
export function visitOverlaps<T extends { readonly subnet: Prefix }>(
  items: readonly T[],
  visit: (outer: T, inner: T) => void,
  deepest = 64,
): void {
  const sorted = [...items].sort((a, b) => compare(a.subnet, b.subnet));
  const open: { readonly item: T; readonly last: bigint }[] = [];
  for (const item of sorted) {
    const { family, address } = item.subnet;
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.item.subnet.family === family && top.last >= address) break;
      open.pop();
    }
    for (const { item: outer } of open.slice(-deepest)) visit(outer, item);
    open.push({ item, last: lastOf(item.subnet) });
  }
}

function compare(a: Prefix, b: Prefix): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return a.length - b.length;
}
