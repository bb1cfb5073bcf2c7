/** Giving a network an ip_range, so that dynamic addresses keep clear of the static ones. */
import { setValue } from "../../compose/value";
import { nextFreeBlock } from "../../model/addressPlan";
import { type Prefix, familyBits, formatPrefix } from "../../model/cidr";
import type { PoolView, RuleContext } from "../context";
import { planOfPool } from "../free";
import type { Fix } from "../rule";
import { addLine } from "../../compose/addLine";

/**
 * Writes an ip_range in which nothing is static or reserved. Preferred where nobody else uses the
 * subnet; which part of a LAN is left to Docker is for its owner to say.
 * @param peers - containers that need an address of it
 */
export function rangeFix(context: RuleContext, pool: PoolView, peers: number): Fix[] {
  // Where Docker takes a gateway by itself, it would take the first address of the ip_range.
  if (pool.network.onLan && pool.hiddenGateway) return [];
  const range = pool.entry && freeBlock(context, pool, peers);
  if (!range) return [];
  const text = formatPrefix(range);
  const { ipRange, body } = pool.entry;
  const edit = ipRange
    ? setValue(ipRange, text)
    : body && addLine(context.project, body, `ip_range: ${text}`);
  if (!edit) return [];
  return [
    {
      title: `Give dynamic addresses from ${text} only (ip_range)`,
      preferred: !pool.network.onLan,
      safe: false,
      edits: [edit],
    },
  ];
}

/** The biggest block that is free; on a LAN the smallest with twice the addresses that are needed. */
function freeBlock(context: RuleContext, pool: PoolView, peers: number): Prefix | undefined {
  const { subnet, network } = pool;
  const plan = planOfPool(context, pool);
  // Network and broadcast address may be in an ip_range: the engine skips them.
  const structural = ["network", "broadcast", "dynamic"];
  const parts = plan.parts.filter(({ use }) => !structural.includes(use));
  const bits = familyBits(subnet.family);
  const needed = Math.max(2 * peers, 8);
  const smallest = bits - Math.ceil(Math.log2(needed + 2));
  const lengths: number[] = [];
  for (let length = subnet.length + 1; length <= smallest; length++) lengths.push(length);
  if (network.onLan) lengths.reverse();
  for (const length of lengths) {
    const block = nextFreeBlock({ subnet, parts }, length);
    if (block) return block;
  }
  return undefined;
}
