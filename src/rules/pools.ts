/** Pools of networks: what an entry of ipam.config, or the engine, says of one subnet. */
import type { IpamEntry } from "../compose/project";
import type { Value } from "../compose/value";
import {
  type Address,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  containsPrefix,
  firstOf,
  lastOf,
  parseAddress,
  parsePrefix,
} from "../model/cidr";
import { structuralParts } from "../model/addressPlan";
import type { EngineProfile } from "../model/engineProfile";
import type { IpamPool } from "../model/network";
import type { NetworkView, PoolView } from "./context";

/** The pool of an entry; undefined while its subnet is unreadable or not known. */
export function poolOf(
  network: NetworkView,
  entry: IpamEntry,
  engine: EngineProfile,
): PoolView | undefined {
  const written = entry.subnet?.known ? entry.subnet.prefix : undefined;
  if (!written) return undefined;
  const subnet = canonicalPrefix(written);
  const range = entry.ipRange?.known ? entry.ipRange.prefix : undefined;
  const gateway = entry.gateway?.known ? entry.gateway.address : undefined;
  const usableRange = range && containsPrefix(subnet, range) ? canonicalPrefix(range) : undefined;
  const effective = engine.validatesIpam ? usableRange : range && maskedRange(subnet, range);
  const rangeReadable =
    isUnset(entry.ipRange) || (engine.validatesIpam ? usableRange : range) !== undefined;
  return {
    network,
    entry,
    subnet,
    range: usableRange,
    gateway: gateway && containsAddress(subnet, gateway) ? gateway : undefined,
    hiddenGateway:
      isUnset(entry.gateway) && rangeReadable
        ? hiddenGateway(network, subnet, effective, engine)
        : undefined,
    aux: entry.aux.flatMap(({ key, value }) =>
      value.known && value.address ? [{ name: key, address: value.address, value }] : [],
    ),
    missing: addressWithoutBit(engine, subnet),
    active: (subnet.family === 4 ? network.ipv4 : network.ipv6) !== false,
  };
}

/** The last of 64 host bits or more, where tables are rows of bits; undefined where none is missing. */
function addressWithoutBit(engine: EngineProfile, subnet: Prefix): Address | undefined {
  if (!engine.bitTables || subnet.family === 4 || subnet.length > 64) return undefined;
  return { family: 6, value: firstOf(subnet) + 0xffff_ffff_ffff_ffffn };
}

/**
 * What engines that do not check a range make of it: the same block of the subnet, or, if it is bigger
 * than that, no range at all.
 */
function maskedRange(subnet: Prefix, range: Prefix): Prefix | undefined {
  if (range.family !== subnet.family || range.length < subnet.length) return undefined;
  const { address } = canonicalPrefix(range);
  const hosts = lastOf(subnet) - firstOf(subnet);
  return { ...range, address: firstOf(subnet) + (address & hosts) };
}

/** Compose leaves out what is empty. */
function isUnset(value: Value | undefined): boolean {
  return value === undefined || (value.known && value.text === "");
}

/**
 * The address that the engine takes as gateway when none is configured: the first free one of the
 * ip_range, else of the subnet (moby ipamAllocateVersion, the drivers' GetSkipGwAlloc).
 */
export function hiddenGateway(
  network: GatewayTaker,
  subnet: Prefix,
  range: Prefix | undefined,
  engine: EngineProfile,
): Address | undefined {
  if (!takesGateway(network, engine)) return undefined;
  const base = range ?? subnet;
  const kept = structuralParts(subnet).map((part) => part.range.first);
  const value = kept.includes(firstOf(base)) ? firstOf(base) + 1n : firstOf(base);
  const free = value <= lastOf(base) && !kept.includes(value);
  return free ? { family: subnet.family, value } : undefined;
}

/** What decides whether the engine wants a gateway. */
type GatewayTaker = Pick<NetworkView, "driver" | "onLan" | "internal"> &
  Partial<Pick<NetworkView, "parent" | "parentKnown" | "mode">>;

/** Whether the engine takes a gateway for each pool that has none configured, or refuses the network. */
export function takesGateway(network: GatewayTaker, engine: EngineProfile): boolean {
  if (!network.onLan) return network.driver === "bridge";
  if (engine.hiddenGateway === "unless-internal") return !needsNoGateway(network);
  return engine.hiddenGateway === "always";
}

/** Internal networks (those without a parent are) and the routed modes of ipvlan (28.0). */
function needsNoGateway(
  network: Partial<Pick<NetworkView, "internal" | "parent" | "parentKnown" | "mode">>,
): boolean {
  const noParent = network.parentKnown === true && network.parent === undefined;
  return network.internal === true || noParent || ["l3", "l3s"].includes(network.mode ?? "");
}

/** A pool that only the engine knows. */
export function livePool(network: NetworkView, pool: IpamPool): PoolView | undefined {
  const written = pool.subnet === undefined ? undefined : parsePrefix(pool.subnet);
  if (!written) return undefined;
  const range = pool.ipRange === undefined ? undefined : parsePrefix(pool.ipRange);
  return {
    network,
    entry: undefined,
    subnet: canonicalPrefix(written),
    range: range && canonicalPrefix(range),
    gateway: pool.gateway === undefined ? undefined : parseAddress(pool.gateway),
    hiddenGateway: undefined,
    aux: Object.entries(pool.aux ?? {}).flatMap(([name, text]) => {
      const address = parseAddress(text);
      return address ? [{ name, address }] : [];
    }),
    missing: undefined,
    active: true,
  };
}
