/** Edits that give a service another address. */
import { type Value, setValue } from "../../compose/value";
import { type Address, type Prefix, familyBits, firstOf, formatAddress } from "../../model/cidr";
import type { PoolView, RuleContext } from "../context";
import { freeAddress } from "../free";
import type { Fix } from "../rule";

/**
 * Writes the first free address of the pool at or after `near`; no fix where the value cannot be
 * written or the pool is full.
 */
export function nextFreeFix(
  context: RuleContext,
  value: Value,
  pool: PoolView | undefined,
  near?: Address,
): Fix[] {
  const free = pool && freeAddress(context, pool, near);
  const edit = free && setValue(value, formatAddress(free));
  if (!edit) return [];
  const title = `Change to ${edit.newText}, the next free address`;
  return [{ title, preferred: true, safe: false, edits: [edit] }];
}

/** The address at the same place in another subnet: 192.168.2.10 in 192.168.1.0/24 is 192.168.1.10. */
export function sameHostIn(subnet: Prefix, address: Address): Address {
  const size = 1n << BigInt(familyBits(subnet.family) - subnet.length);
  return { family: subnet.family, value: firstOf(subnet) + (address.value % size) };
}
