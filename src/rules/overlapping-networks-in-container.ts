import { type Family, containsAddress, formatPrefix, prefixesOverlap } from "../model/cidr";
import type { AttachmentView, PoolView } from "./context";
import type { Report, Rule } from "./rule";

export const overlappingNetworksInContainer: Rule = {
  id: "overlapping-networks-in-container",
  severity: "error",
  summary: "One container is on two networks whose subnets overlap.",
  hasFix: false,
  checkService({ service, attachments }, _, report) {
    if (!service.enabled) return;
    for (const [index, attachment] of attachments.entries()) {
      const clash = firstClash(attachment, attachments.slice(0, index));
      if (clash) report(clash);
    }
  },
};

function firstClash(tie: AttachmentView, earlier: readonly AttachmentView[]): Report | undefined {
  if (tie.service.replicas === 0) return undefined;
  for (const family of [4, 6] as const) {
    const pool = poolUsed(tie, family);
    if (!pool) continue;
    for (const other of earlier) {
      const otherPool = poolUsed(other, family);
      if (!otherPool || !prefixesOverlap(pool.subnet, otherPool.subnet)) continue;
      if (refusedAnyway(pool, otherPool)) continue;
      return describe(tie, pool, other, otherPool);
    }
  }
  return undefined;
}

/** The pool that the container's address is from, where only one can be. */
function poolUsed({ tie, network }: AttachmentView, family: Family): PoolView | undefined {
  const pools = network.pools.filter(({ active, subnet }) => active && subnet.family === family);
  const wanted = family === 4 ? tie.ipv4 : tie.ipv6;
  if (!wanted) return network.poolsKnown && pools.length === 1 ? pools[0] : undefined;
  const address = wanted.known ? wanted.address : undefined;
  return address && pools.find(({ subnet }) => containsAddress(subnet, address));
}

/** Pools of which the engine refuses the second: subnet-overlap's finding, not this one. */
function refusedAnyway(a: PoolView, b: PoolView): boolean {
  if (a.network.external && b.network.external) return false;
  if (a.network.driver === "bridge" && b.network.driver === "bridge") return true;
  return (!a.range && !a.network.external) || (!b.range && !b.network.external);
}

function describe(
  { service, tie, network }: AttachmentView,
  pool: PoolView,
  other: AttachmentView,
  otherPool: PoolView,
): Report {
  const [mine, theirs] = [formatPrefix(pool.subnet), formatPrefix(otherPool.subnet)];
  return {
    place: tie.place,
    message:
      `"${service.key}" is on "${network.key}" (${mine}) and on "${other.network.key}" (${theirs}), which overlap: ` +
      "the container does not start, because it would have two routes to the same addresses. Leave one of them.",
    related: [{ place: other.tie.place, message: `The other network of "${service.key}".` }],
    engineMessage:
      `cannot program address ${tie.ipv4?.text ?? "<address>"}/${pool.subnet.length} in sandbox interface ` +
      "because it conflicts with existing route",
  };
}
