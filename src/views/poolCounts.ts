/** How full a pool is, for a row of the tree: counted from what concerns this pool alone. PURE. */
import { type PlanPart, addressPlan, countAddresses, structuralParts } from "../model/addressPlan";
import {
  type Address,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  formatPrefix,
  parseAddress,
  parsePrefix,
  prefixSize,
  rangeOf,
  rangesOverlap,
} from "../model/cidr";
import { newestProfile, profileOf } from "../model/engineProfile";
import { type EngineNetwork, type IpamPool, type PoolStatus, isLanDriver } from "../model/network";
import { hiddenGateway } from "../rules/pools";
import type { Tie } from "./tie";
import { type World, isInRange, single } from "./world";

export interface PoolCounts {
  /** Without host bits. */
  readonly subnet: Prefix;
  /** The ip_range, without host bits; absent when the engine hands out the whole subnet. */
  readonly range: Prefix | undefined;
  /** Addresses of this network's containers, claims of stopped ones included. */
  readonly used: number;
  /** Addresses that nothing known uses; those of the dynamic range count as free. */
  readonly free: bigint;
  /** Addresses that the engine has left to hand out by itself. */
  readonly left: bigint;
  /** Addresses in use that nothing known has, where the engine itself counted; its count is that of `left` then. */
  readonly unseen: bigint | undefined;
}

/** Other networks with a subnet that overlaps, and their ties. */
export interface Nearby {
  readonly networks: readonly EngineNetwork[];
  readonly ties: readonly Tie[];
}

/**
 * Counts of each pool with a readable subnet, in the engine's order. `ties`: of the network.
 * `status`: what the engine counts itself.
 */
export function poolCounts(
  network: EngineNetwork,
  ties: readonly Tie[],
  nearby: Nearby,
  world: World,
  status: readonly PoolStatus[] = [],
): PoolCounts[] {
  return (network.ipam ?? []).flatMap((pool) => {
    const written = pool.subnet === undefined ? undefined : parsePrefix(pool.subnet);
    if (!written) return [];
    const subnet = canonicalPrefix(written);
    const range = rangeIn(pool, subnet);
    const whole = rangeOf(subnet);
    const fixed = [network, ...nearby.networks].flatMap((one) => fixedParts(one, subnet, world));
    const own = claims(ties, subnet);
    const others = claims(nearby.ties, subnet);
    const plan = addressPlan(subnet, [
      ...world.parts.filter((part) => rangesOverlap(part.range, whole)),
      ...fixed,
      ...own.map(({ address }) => claimed(address)),
      ...others.map(({ address }) => claimed(address)),
    ]);
    const held = new Set<bigint>();
    // Only running containers hold an address; the host, other machines and the router do not count for the engine.
    for (const { address, running } of [...own, ...others]) if (running) held.add(address.value);
    for (const part of [...structuralParts(subnet), ...fixed]) held.add(part.range.first);
    const handedOut = rangeOf(range ?? subnet);
    const { family } = subnet;
    const inRange = [...held].filter((value) => isInRange({ family, value }, handedOut)).length;
    const { free } = countAddresses(plan);
    const counted = status.find((one) => isSame(one.subnet, subnet));
    const unseen = counted && atLeastNone(counted.inUse - BigInt(held.size));
    return {
      subnet,
      range,
      used: new Set(own.map(({ address }) => address.value)).size,
      free: unseen === undefined ? free : atLeastNone(free - unseen),
      left: counted ? counted.left : prefixSize(range ?? subnet) - BigInt(inRange),
      unseen,
    };
  });
}

function isSame(text: string, subnet: Prefix): boolean {
  const prefix = parsePrefix(text);
  return prefix !== undefined && formatPrefix(canonicalPrefix(prefix)) === formatPrefix(subnet);
}

function atLeastNone(count: bigint): bigint {
  return count > 0n ? count : 0n;
}

/** The subnets of a network that can be read. */
export function subnetsOf(network: EngineNetwork): Prefix[] {
  return (network.ipam ?? []).flatMap(({ subnet }) => {
    const prefix = subnet === undefined ? undefined : parsePrefix(subnet);
    return prefix ? [canonicalPrefix(prefix)] : [];
  });
}

function rangeIn(pool: IpamPool, subnet: Prefix): Prefix | undefined {
  const range = pool.ipRange === undefined ? undefined : parsePrefix(pool.ipRange);
  return range?.family === subnet.family ? canonicalPrefix(range) : undefined;
}

function claims(
  ties: readonly Tie[],
  subnet: Prefix,
): { readonly address: Address; readonly running: boolean }[] {
  return ties.flatMap(({ addresses, container }) =>
    addresses
      .filter((address) => containsAddress(subnet, address))
      .map((address) => ({ address, running: container.running })),
  );
}

/** Gateways and auxiliary addresses of a network within the subnet. */
function fixedParts(network: EngineNetwork, subnet: Prefix, world: World): PlanPart[] {
  return (network.ipam ?? []).flatMap((pool): PlanPart[] => {
    const parts: PlanPart[] = [];
    const add = (use: PlanPart["use"], address: Address | undefined, label: string) => {
      if (address && containsAddress(subnet, address)) {
        parts.push({ use, range: single(address), label });
      }
    };
    const read = (text: string | undefined) =>
      text === undefined ? undefined : parseAddress(text.split("/")[0] ?? "");
    add("gateway", read(pool.gateway) ?? unwrittenGateway(network, pool, world), "gateway");
    for (const [name, text] of Object.entries(pool.aux ?? {})) add("reserved", read(text), name);
    return parts;
  });
}

/** Inspecting a network does not show a gateway that the engine took by itself. */
function unwrittenGateway(
  network: EngineNetwork,
  pool: IpamPool,
  { engine }: World,
): Address | undefined {
  const written = pool.subnet === undefined ? undefined : parsePrefix(pool.subnet);
  if (!written || pool.gateway) return undefined;
  const subnet = canonicalPrefix(written);
  const view = {
    driver: network.driver,
    onLan: isLanDriver(network.driver),
    internal: network.internal === true,
  };
  const profile = profileOf(engine?.version ?? "") ?? newestProfile;
  return hiddenGateway(view, subnet, rangeIn(pool, subnet), profile);
}

function claimed(address: Address): PlanPart {
  return { use: "claimed", range: single(address) };
}
