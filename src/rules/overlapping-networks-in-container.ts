import {
  type Family,
  containsAddress,
  formatPrefix,
  prefixSize,
  prefixesOverlap,
  rangeOf,
} from "../model/cidr";
import type { EngineProfile } from "../model/engineProfile";
import type { AttachmentView, PoolView } from "./context";
import type { Report, Rule } from "./rule";
import { clashWords } from "./support/clashWords";
import { clashPool } from "./support/overlapCandidates";
import { type ClashKind, clashOf, clashWithExisting } from "./support/poolClash";

export const overlappingNetworksInContainer: Rule = {
  id: "overlapping-networks-in-container",
  severity: "error",
  summary: "One container is on two networks whose subnets overlap.",
  hasFix: false,
  checkService({ service, attachments }, { engine }, report) {
    if (!service.enabled || service.replicas === 0 || attachments.length < 2) return;
    const used = attachments.map((tie) => ({
      tie,
      pools: { 4: poolUsed(tie, 4), 6: poolUsed(tie, 6) },
    }));
    if (!([4, 6] as const).some((family) => anyOverlap(used, family))) return;
    for (const [index, one] of used.entries()) {
      const clash = firstClash(engine, one, used.slice(0, index));
      if (clash) report(clash);
    }
  },
};

/** So many addresses are not used up by the containers of one host. */
const ample = 256n;

/** A tie with the pools that its addresses are from. */
interface Used {
  readonly tie: AttachmentView;
  readonly pools: Readonly<Record<Family, PoolView | undefined>>;
}

/** Whether any two pools overlap: of ranges in order, neighbours tell. */
function anyOverlap(used: readonly Used[], family: Family): boolean {
  const pools = used.flatMap((one) => one.pools[family] ?? []);
  const [first, second] = pools;
  if (!first || !second) return false;
  // As most are, and each service of a file is asked.
  if (pools.length === 2) return prefixesOverlap(first.subnet, second.subnet);
  const ranges = pools.map(({ subnet }) => rangeOf(subnet));
  ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  return ranges.some((range, index) => {
    const before = ranges[index - 1];
    return before !== undefined && before.last >= range.first;
  });
}

function firstClash(
  engine: EngineProfile,
  { tie, pools }: Used,
  earlier: readonly Used[],
): Report | undefined {
  for (const family of [4, 6] as const) {
    const pool = pools[family];
    if (!pool) continue;
    for (const other of earlier) {
      const otherPool = other.pools[family];
      if (!otherPool || !prefixesOverlap(pool.subnet, otherPool.subnet)) continue;
      const clash = clashOfNetworks(otherPool, pool);
      if (clash?.kind === "refused") continue;
      const instead = clash ? clashWords(engine, clash) : [];
      // Which of the two the engine ties last depends on their priorities and drivers.
      const otherMessages = [wordsFor(other.tie, otherPool), ...instead];
      const report = { ...describe(tie, pool, other.tie, otherPool), otherMessages };
      const sure = isSure(tie, pool) && isSure(other.tie, otherPool);
      return sure ? report : { ...report, ...unless(tie, other.tie), severity: "warning" };
    }
  }
  return undefined;
}

/**
 * The pool that the container's address is from. Without a static address the engine takes the first that has
 * one left (libnetwork, Endpoint.assignAddress).
 */
function poolUsed({ tie, network }: AttachmentView, family: Family): PoolView | undefined {
  const wanted = family === 4 ? tie.ipv4 : tie.ipv6;
  if (!wanted) {
    const pools = network.pools.filter(({ active, subnet }) => active && subnet.family === family);
    return network.poolsKnown ? pools[0] : undefined;
  }
  const address = wanted.known ? wanted.address : undefined;
  if (address?.family !== family) return undefined;
  return network.pools.find(({ active, subnet }) => active && containsAddress(subnet, address));
}

/** Whether it is from no later one: of several pools a small one may be used up by other containers. */
function isSure({ tie, network }: AttachmentView, { subnet, range }: PoolView): boolean {
  if ((subnet.family === 4 ? tie.ipv4 : tie.ipv6) || prefixSize(range ?? subnet) >= ample)
    return true;
  const others = network.pools.filter(
    (each) => each.active && each.subnet.family === subnet.family,
  );
  return others.length === 1;
}

function unless({ service, network }: AttachmentView, other: AttachmentView): { message: string } {
  return {
    message:
      `"${service.key}" is on "${network.key}" and on "${other.network.key}", whose first subnets overlap: the container does ` +
      "not start, because it would have two routes to the same addresses, unless other containers use up a first subnet. " +
      "Leave one of the two networks.",
  };
}

/** What the engine makes of both networks; an error of it is subnet-overlap's finding, not this one's. */
function clashOfNetworks(a: PoolView, b: PoolView): ClashKind | undefined {
  const [one, two] = [clashPool(a), clashPool(b)];
  if (a.network.external && b.network.external) return undefined;
  if (a.network.external) return clashWithExisting(one, two);
  return b.network.external ? clashWithExisting(two, one) : clashOf(one, two);
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
    engineMessage: wordsFor({ tie }, pool),
  };
}

/** What the engine says when this network is the one that is tied last. */
function wordsFor({ tie }: Pick<AttachmentView, "tie">, { subnet }: PoolView): string {
  const address = subnet.family === 4 ? tie.ipv4 : tie.ipv6;
  return (
    `cannot program address ${address?.text ?? "<address>"}/${subnet.length} in sandbox interface ` +
    "because it conflicts with existing route"
  );
}
