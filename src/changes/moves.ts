/** Addresses that move with their pool: each to the same place of one of the same size. */
import {
  type Address,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  firstOf,
  parsePrefix,
} from "../model/cidr";
import type { IpamPool } from "../model/network";

/** A pool that was replaced by one of the same family and size. */
export type Move = readonly [from: Prefix, to: Prefix];

/** Of pools at the same index. */
export function movesOf(before: readonly IpamPool[], after: readonly IpamPool[]): Move[] {
  return before.flatMap((pool, index) => {
    const [from, to] = [pool.subnet, after[index]?.subnet].map((text) => {
      const prefix = parsePrefix(text ?? "");
      return prefix && canonicalPrefix(prefix);
    });
    if (!from || !to) return [];
    return from.family === to.family && from.length === to.length ? [[from, to] as const] : [];
  });
}

/** Where the address goes with its pool; itself when none of the moves is of its pool. */
export function moveAddress(address: Address, moves: readonly Move[]): Address {
  const move = moves.find(([from]) => containsAddress(from, address));
  if (!move) return address;
  const [from, to] = move;
  return { ...address, value: firstOf(to) + (address.value - firstOf(from)) };
}
