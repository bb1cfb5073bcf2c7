/** How full the pools of a live network are, and which address to offer next. PURE. */
import {
  type AddressPlan,
  type PlanPart,
  addressPlan,
  countAddresses,
  nextFreeAddress,
} from "../model/addressPlan";
import {
  type Address,
  type Family,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  parseAddress,
  parsePrefix,
  rangeOf,
  rangesOverlap,
} from "../model/cidr";
import { newestProfile, profileOf } from "../model/engineProfile";
import type { Facts } from "../model/facts";
import { type EngineNetwork, type IpamPool, isLanDriver } from "../model/network";
import { hiddenGateway } from "../rules/pools";
import { partsOfFacts } from "../rules/free";

export interface PoolUse {
  /** Without host bits. */
  readonly subnet: Prefix;
  /** The ip_range, without host bits; absent when the engine hands out the whole subnet. */
  readonly range: Prefix | undefined;
  /** Addresses of this network's containers, claims of stopped ones included. */
  readonly used: number;
  /** Addresses that nothing known uses; those of the dynamic range count as free. */
  readonly free: bigint;
  readonly plan: AddressPlan;
}

/** Use of each pool with a readable subnet, in the engine's order. */
export function poolUses(facts: Facts, network: EngineNetwork): PoolUse[] {
  return (network.ipam ?? []).flatMap((pool) => poolUse(facts, network, pool) ?? []);
}

function poolUse(facts: Facts, network: EngineNetwork, pool: IpamPool): PoolUse | undefined {
  const written = pool.subnet === undefined ? undefined : parsePrefix(pool.subnet);
  if (!written) return undefined;
  const subnet = canonicalPrefix(written);
  const { parts: known, addresses } = digestOf(facts);
  const parts = known[subnet.family].filter((part) => rangesOverlap(part.range, rangeOf(subnet)));
  const range = pool.ipRange === undefined ? undefined : parsePrefix(pool.ipRange);
  if (range?.family === subnet.family) {
    parts.push({ use: "dynamic", range: rangeOf(range), label: "ip_range" });
  }
  if (!pool.gateway) {
    // Inspecting a network does not show a gateway that the engine took by itself.
    const profile = profileOf(facts.engine?.version ?? "") ?? newestProfile;
    const view = {
      driver: network.driver,
      onLan: isLanDriver(network.driver),
      internal: network.internal === true,
    };
    const taken = hiddenGateway(view, subnet, range && canonicalPrefix(range), profile);
    if (taken) {
      const { family, value } = taken;
      parts.push({ use: "gateway", range: { family, first: value, last: value }, label: "engine" });
    }
  }
  const plan = addressPlan(subnet, parts);
  const own = addresses.get(network.name)?.filter((address) => containsAddress(subnet, address));
  const used = new Set(own?.map(({ value }) => value)).size;
  return {
    subnet,
    range: range?.family === subnet.family ? canonicalPrefix(range) : undefined,
    used,
    free: countAddresses(plan).free,
    plan,
  };
}

/** What all pools need of the facts, read once: every address is parsed one time, not once per network. */
interface Digest {
  readonly parts: Readonly<Record<Family, readonly PlanPart[]>>;
  /** Addresses of containers, by the network's name. */
  readonly addresses: ReadonlyMap<string, readonly Address[]>;
}
const digests = new WeakMap<Facts, Digest>();

function digestOf(facts: Facts): Digest {
  const before = digests.get(facts);
  if (before) return before;
  const everything = (family: Family): Prefix => ({ family, address: 0n, length: 0 });
  const addresses = new Map<string, Address[]>();
  for (const { network, ipv4, ipv6 } of (facts.containers ?? []).flatMap((c) => c.attachments)) {
    for (const text of [ipv4, ipv6]) {
      const address = text === undefined ? undefined : parseAddress(text);
      if (!address) continue;
      const list = addresses.get(network);
      if (list) list.push(address);
      else addresses.set(network, [address]);
    }
  }
  const digest = {
    parts: { 4: partsOfFacts(facts, everything(4)), 6: partsOfFacts(facts, everything(6)) },
    addresses,
  };
  digests.set(facts, digest);
  return digest;
}

/**
 * The address to offer for a container with a fixed one: the lowest that nothing known uses, outside
 * the range that the engine hands out by itself as long as there is one.
 */
export function addressToOffer(uses: readonly PoolUse[], family: 4 | 6): Address | undefined {
  for (const { subnet, plan } of uses) {
    if (subnet.family !== family) continue;
    const address = nextFreeAddress(plan) ?? nextFreeAddress(plan, { ignore: ["dynamic"] });
    if (address) return address;
  }
  return undefined;
}

/** Why a text cannot stand, or should not. */
export interface Objection {
  readonly message: string;
  /** What brings a warning can be taken all the same. */
  readonly severity: "error" | "warning";
}

/**
 * Why a container on the network cannot have the address, or undefined. A warning when the engine
 * would accept it, and it would collide all the same.
 */
export function objectionTo(uses: readonly PoolUse[], text: string): Objection | undefined {
  const address = parseAddress(text);
  if (!address) return { message: `"${text}" is not an IP address.`, severity: "error" };
  const use = uses.find(({ subnet }) => containsAddress(subnet, address));
  if (!use) return { message: `${text} is in none of the network's subnets.`, severity: "error" };
  const holders = use.plan.parts.filter(
    ({ range }) => range.first <= address.value && address.value <= range.last,
  );
  const objection = (
    words: (label: string) => string,
    severity: Objection["severity"],
    use: PlanPart["use"],
  ): Objection | undefined => {
    const holder = holders.find((part) => part.use === use);
    return holder && { message: words(holder.label ?? ""), severity };
  };
  return (
    objection(() => `${text} is the network's own address.`, "error", "network") ??
    objection(() => `${text} is the broadcast address.`, "error", "broadcast") ??
    objection((label) => `${text} is a gateway (${label}).`, "error", "gateway") ??
    objection((label) => `${text} is the host's own address (${label}).`, "warning", "host") ??
    objection((label) => `${text} is reserved for ${label}.`, "error", "reserved") ??
    objection((label) => `${text} belongs to container ${label}.`, "error", "claimed") ??
    objection(
      () => `${text} answered on the LAN: another device may have it.`,
      "warning",
      "neighbour",
    ) ??
    objection(() => `${text} is in the router's DHCP range.`, "warning", "dhcp")
  );
}
