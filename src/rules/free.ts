/** Choosing an address, subnet or MAC that collides with nothing that is known. */
import {
  type Address,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  familyBits,
  parseAddress,
  parsePrefix,
  parseRange,
  prefixesOverlap,
  rangeOf,
} from "../model/cidr";
import {
  type AddressPlan,
  type PlanPart,
  addressPlan,
  nextFreeAddress,
} from "../model/addressPlan";
import type { Facts } from "../model/facts";
import { formatMac, nextFreeMac, parseMac } from "../model/mac";
import type { PoolView, RuleContext } from "./context";
import { dynamicPeers, dynamicPool, dynamicRange, firstFit } from "./support/dynamicRange";
import { liveClaims } from "./support/liveClaims";

/**
 * Everything that is known to use an address of the pool's subnet: gateways, auxiliary addresses,
 * every service of the project (disabled ones too) and of others, containers, the host, neighbours, the
 * LAN plan, and what containers without a static address get.
 */
export function planOfPool(context: RuleContext, pool: PoolView): AddressPlan {
  const known = plans.get(context) ?? new Map<PoolView, AddressPlan>();
  plans.set(context, known);
  const plan = known.get(pool) ?? makePlan(context, pool);
  known.set(pool, plan);
  return plan;
}

/** Each fix of a finding asks for the plan of its pool, and there may be hundreds in one pool. */
const plans = new WeakMap<RuleContext, Map<PoolView, AddressPlan>>();

function makePlan(context: RuleContext, pool: PoolView): AddressPlan {
  const { family, first, last } = rangeOf(pool.subnet);
  const parts: PlanPart[] = [];
  const add = (use: PlanPart["use"], address: Address | undefined, label: string) => {
    if (address?.family !== family || address.value < first || address.value > last) return;
    parts.push({ use, range: { family, first: address.value, last: address.value }, label });
  };
  for (const network of context.networks) {
    for (const other of network.pools) {
      if (!prefixesOverlap(other.subnet, pool.subnet)) continue;
      add("gateway", other.gateway, "gateway");
      add("gateway", other.hiddenGateway, "gateway that the engine takes");
      add("reserved", other.missing, "no address of the engine's");
      for (const aux of other.aux) add("reserved", aux.address, aux.name);
      const dynamic = dynamicPart(context, other);
      if (dynamic) parts.push(dynamic);
    }
  }
  for (const service of context.project.services) {
    for (const tie of service.networks) {
      add("claimed", tie.ipv4?.address, service.key);
      add("claimed", tie.ipv6?.address, service.key);
    }
  }
  parts.push(...partsOfFacts(context.facts, pool.subnet, context.project.name));
  // Of the project's own name, containers whose service is gone.
  for (const { address, container } of liveClaims(context)) add("claimed", address, container.name);
  parts.push(...(context.others?.partsIn(pool.subnet) ?? []));
  return addressPlan(pool.subnet, parts);
}

/** The ip_range; without one, the addresses that the network's dynamic containers fill. */
function dynamicPart(context: RuleContext, pool: PoolView): PlanPart | undefined {
  if (pool.range) return { use: "dynamic", range: rangeOf(pool.range), label: "ip_range" };
  const { network } = pool;
  const { family } = pool.subnet;
  if (dynamicPool(network, family) !== pool) return undefined;
  const range = firstFit(context, pool, dynamicPeers(context, context.use(network), family).count);
  return range && { use: "dynamic", range, label: "dynamic addresses" };
}

/**
 * What the facts know of a subnet. Containers of the compose project `ownProject` are left out:
 * they are the services whose claims the file itself tells.
 */
export function partsOfFacts(facts: Facts, subnet: Prefix, ownProject?: string): PlanPart[] {
  const parts: PlanPart[] = [];
  const add = (use: PlanPart["use"], text: string | undefined, label: string) => {
    const address = text === undefined ? undefined : parseAddress(text.split("/")[0] ?? "");
    if (!address || !containsAddress(subnet, address)) return;
    const { family, value } = address;
    parts.push({ use, range: { family, first: value, last: value }, label });
  };
  for (const host of facts.interfaces ?? []) {
    for (const address of host.addresses) add("host", address, host.name);
    add("gateway", host.gateway, "router");
  }
  for (const container of facts.containers ?? []) {
    if (ownProject !== undefined && container.project === ownProject) continue;
    for (const attachment of container.attachments) {
      add("claimed", attachment.ipv4, container.name);
      add("claimed", attachment.ipv6, container.name);
    }
  }
  for (const network of facts.networks ?? []) {
    if (ownProject !== undefined && network.project === ownProject) continue;
    for (const pool of network.ipam ?? []) {
      add("gateway", pool.gateway, `gateway of ${network.name}`);
      for (const [name, address] of Object.entries(pool.aux ?? {})) add("reserved", address, name);
    }
  }
  for (const neighbour of facts.neighbours ?? [])
    add("neighbour", neighbour.address, neighbour.mac ?? "");
  for (const lan of facts.lan ?? []) {
    for (const text of lan.dhcp ?? []) {
      const range = parseRange(text);
      if (range?.family === subnet.family) parts.push({ use: "dhcp", range, label: "DHCP" });
    }
    for (const { address, name } of lan.reserved ?? [])
      add("reserved", address, name ?? "reserved");
  }
  return parts;
}

/**
 * The first free address of the pool at or after `near`, then from the subnet's start; undefined
 * when there is none. The ip_range comes last, because the engine gives it to others; first only if
 * `near` is in it and the network has no dynamic container: then it holds the static addresses.
 */
export function freeAddress(
  context: RuleContext,
  pool: PoolView,
  near?: Address,
): Address | undefined {
  const plan = planOfPool(context, pool);
  const start = near && containsAddress(pool.subnet, near) ? near : undefined;
  const from = start ? { from: start.value } : {};
  const outside = () => nextFreeAddress(plan, from);
  const within = dynamicRange(pool);
  const inside = () => nextFreeAddress(plan, { ...from, within, ignore: ["dynamic"] });
  const holdsStatic =
    pool.range !== undefined &&
    start !== undefined &&
    containsAddress(pool.range, start) &&
    dynamicPeers(context, context.use(pool.network), pool.subnet.family).count === 0;
  return holdsStatic ? (inside() ?? outside()) : (outside() ?? inside());
}

/**
 * The next subnet of the same size after `subnet` that overlaps no pool of the project, of others or of
 * the engine and no LAN of the host; undefined when the address space ends first.
 */
export function freeSubnet(context: RuleContext, subnet: Prefix): Prefix | undefined {
  const parse = (text: string | undefined) => (text === undefined ? undefined : parsePrefix(text));
  const taken = [
    ...context.networks.flatMap((network) => network.pools.map((pool) => pool.subnet)),
    ...(context.facts.networks ?? []).flatMap((n) => (n.ipam ?? []).map((p) => parse(p.subnet))),
    ...(context.facts.interfaces ?? []).flatMap((i) => i.addresses.map(parse)),
    ...(context.facts.lan ?? []).map((lan) => parse(lan.subnet)),
    ...(context.others?.subnets() ?? []),
  ].flatMap((prefix) => (prefix ? [canonicalPrefix(prefix)] : []));
  const size = 1n << BigInt(familyBits(subnet.family) - subnet.length);
  const end = 1n << BigInt(familyBits(subnet.family));
  let candidate = canonicalPrefix(subnet);
  for (let step = 0; step < 4096; step++) {
    candidate = { ...candidate, address: candidate.address + size };
    if (candidate.address + size > end) return undefined;
    if (!taken.some((prefix) => prefixesOverlap(prefix, candidate))) return candidate;
  }
  return undefined;
}

/** A MAC that nobody of the project, of others, the engine or the LAN uses; the same one for the same `seedText`. */
export function freeMac(context: RuleContext, seedText: string): string {
  const taken = new Set<string>(context.others?.macs());
  const add = (text: string | undefined) => {
    const mac = text === undefined ? undefined : parseMac(text);
    if (mac) taken.add(formatMac(mac));
  };
  for (const service of context.project.services) {
    add(service.mac?.text);
    for (const tie of service.networks) add(tie.mac?.text);
  }
  for (const container of context.facts.containers ?? []) {
    for (const attachment of container.attachments) add(attachment.mac);
  }
  for (const host of context.facts.interfaces ?? []) add(host.mac);
  for (const neighbour of context.facts.neighbours ?? []) add(neighbour.mac);
  let seed = 0;
  for (const char of seedText) seed = (Math.imul(seed, 31) + (char.codePointAt(0) ?? 0)) | 0;
  return nextFreeMac(seed, taken);
}
