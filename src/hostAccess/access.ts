/**
 * What lets the engine's host reach the containers of a macvlan or ipvlan network. The kernel passes
 * nothing between a parent interface and the interfaces on it, so the host gets one of its own on the
 * same parent, with an address that no container has, and routes to the containers over it.
 */
import { type PlanPart, addressPlan, nextFreeAddress } from "../model/addressPlan";
import {
  type Address,
  type Family,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  familyBits,
  formatAddress,
  formatPrefix,
  parseAddress,
  parsePrefix,
  rangeOf,
} from "../model/cidr";
import type { Facts } from "../model/facts";
import { type EngineNetwork, type IpamPool, isLanDriver } from "../model/network";
import { partsOfFacts } from "../rules/free";

export interface HostAccess {
  /** Name of the network in the engine. */
  readonly network: string;
  /** The interface to make, at most 15 characters of [a-z0-9-] (IFNAMSIZ of the kernel). */
  readonly device: string;
  readonly parent: string;
  readonly driver: "macvlan" | "ipvlan";
  /** Mode of the interface to make: `bridge` for macvlan, the network's own for ipvlan. */
  readonly mode: string;
  /** With the full prefix length, one of a family at most: `192.168.1.223/32`. */
  readonly addresses: readonly string[];
  /** Where to over the interface: the ip_range of each pool, or the containers one by one. */
  readonly routes: readonly string[];
  /** What the reader should know before using it, each a sentence or two. */
  readonly notes: readonly string[];
}

export type HostAccessPlan =
  | { readonly kind: "possible"; readonly access: HostAccess }
  /** `reason`: one or two sentences, with what works instead. */
  | { readonly kind: "impossible"; readonly reason: string };

/** Names that people give to an auxiliary address which is meant for the host. */
const hostNames = /^(?:host|shim|docker-?host|.*[-_](?:host|shim))$/i;

/** Works out the way for one network of the engine, from what is known now. */
export function planHostAccess(network: EngineNetwork, facts: Facts): HostAccessPlan {
  const { driver, parent } = network;
  const impossible = whyNot(network, facts);
  if (!isLanDriver(driver) || !parent || impossible !== undefined) {
    return { kind: "impossible", reason: impossible ?? `${network.name} is no LAN network.` };
  }
  const notes: string[] = [];
  const addresses: string[] = [];
  const routes: string[] = [];
  for (const family of [4, 6] as const) {
    const pools = poolsOf(network, family);
    if (pools.length === 0) continue;
    const address = hostAddress(pools, facts, notes);
    if (!address) {
      notes.push(`No address of ${poolTexts(pools)} is free for the host.`);
      continue;
    }
    addresses.push(`${formatAddress(address)}/${familyBits(family)}`);
    routes.push(...routesTo(network, pools, facts, address, notes));
  }
  if (addresses.length === 0) {
    return {
      kind: "impossible",
      reason: `The host needs an address of its own in ${network.name}, and none is free${notes.length > 0 ? `: ${notes.join(" ")}` : "."}`,
    };
  }
  const mode = driver === "macvlan" ? "bridge" : (network.mode ?? "l2");
  const device = deviceName(network.name);
  const access = { network: network.name, device, parent, driver, mode, addresses, routes, notes };
  return { kind: "possible", access };
}

function whyNot({ name, driver, parent, mode }: EngineNetwork, facts: Facts): string | undefined {
  if (!isLanDriver(driver)) {
    return `${name} is a ${driver} network: the host reaches its containers without help.`;
  }
  if (!parent) {
    return `${name} has no parent interface, so nothing outside reaches its containers. Recreate it on an interface of the host.`;
  }
  if (facts.engine?.desktop) {
    return "With Docker Desktop the host of the containers is a virtual machine: an interface on this computer does not reach them. Publish ports on a bridge network instead.";
  }
  if (driver === "macvlan" && mode === "private") {
    return `${name} is in private mode: its containers talk to no other interface on ${parent}, the host's included. Bridge mode lets them.`;
  }
  if (driver === "macvlan" && mode === "passthru") {
    return `${name} is in passthru mode: its one container has ${parent} for itself. Bridge mode shares it.`;
  }
  return undefined;
}

interface Pool {
  readonly pool: IpamPool;
  readonly subnet: Prefix;
  readonly range: Prefix | undefined;
}

function poolsOf(network: EngineNetwork, family: Family): Pool[] {
  return (network.ipam ?? []).flatMap((pool) => {
    const subnet = pool.subnet === undefined ? undefined : parsePrefix(pool.subnet);
    if (subnet?.family !== family) return [];
    const range = pool.ipRange === undefined ? undefined : parsePrefix(pool.ipRange);
    return [
      {
        pool,
        subnet: canonicalPrefix(subnet),
        range: range?.family === family ? canonicalPrefix(range) : undefined,
      },
    ];
  });
}

/** The auxiliary address that is named for the host; else a free one that the engine gives to nobody. */
function hostAddress(pools: readonly Pool[], facts: Facts, notes: string[]): Address | undefined {
  for (const { pool } of pools) {
    for (const [name, text] of Object.entries(pool.aux ?? {})) {
      const address = hostNames.test(name) ? parseAddress(text) : undefined;
      if (address) return address;
    }
  }
  for (const { pool, subnet, range } of pools) {
    const parts = [...partsOfFacts(facts, subnet), ...reservedBy(pool)];
    const dynamic = rangeOf(range ?? subnet);
    if (range) parts.push({ use: "dynamic", range: dynamic });
    const plan = addressPlan(subnet, parts);
    const address = range ? nextFreeAddress(plan) : lastFree(plan, dynamic);
    if (!address) continue;
    if (!range) {
      notes.push(
        `Docker may hand ${formatAddress(address)} to a container, because the network has no ip_range. Recreate it with --aux-address=host=${formatAddress(address)} to keep the address for the host.`,
      );
    }
    return address;
  }
  return undefined;
}

function reservedBy({ gateway, aux = {} }: IpamPool): PlanPart[] {
  return [gateway, ...Object.values(aux)].flatMap((text): PlanPart[] => {
    const address = text === undefined ? undefined : parseAddress(text);
    if (!address) return [];
    const { family, value } = address;
    return [{ use: "reserved", range: { family, first: value, last: value } }];
  });
}

/** From the end: the engine takes the lowest free address. */
function lastFree(
  plan: ReturnType<typeof addressPlan>,
  { family, first, last }: ReturnType<typeof rangeOf>,
): Address | undefined {
  const steps = 4096n;
  for (let value = last; value >= first && last - value < steps; value--) {
    const range = { family, first: value, last: value };
    const address = nextFreeAddress(plan, { within: range });
    if (address) return address;
  }
  return nextFreeAddress(plan);
}

function routesTo(
  network: EngineNetwork,
  pools: readonly Pool[],
  facts: Facts,
  host: Address,
  notes: string[],
): string[] {
  const routes = new Set<string>();
  const covers = (address: Address) =>
    pools.some(({ range }) => range && containsAddress(range, address));
  for (const { range } of pools) if (range) routes.add(formatPrefix(range));
  for (const container of facts.containers ?? []) {
    for (const { network: name, ipv4, ipv6 } of container.attachments) {
      if (name !== network.name) continue;
      const text = host.family === 4 ? ipv4 : ipv6;
      const address = text === undefined ? undefined : parseAddress(text.split("/")[0] ?? "");
      if (!address || covers(address)) continue;
      if (!pools.some(({ subnet }) => containsAddress(subnet, address))) continue;
      routes.add(`${formatAddress(address)}/${familyBits(host.family)}`);
    }
  }
  if (pools.some(({ range }) => !range)) {
    notes.push(
      "The network has no ip_range, so each container has a route of its own: a container that comes later needs one too. With an ip_range one route serves them all.",
    );
  }
  return [...routes];
}

function poolTexts(pools: readonly Pool[]): string {
  return pools.map(({ subnet }) => formatPrefix(subnet)).join(", ");
}

/** `<network>-host`, cut and cleaned so that the kernel takes it: 15 bytes, no blanks, slashes or colons. */
function deviceName(network: string): string {
  const clean = network.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const stem = clean.slice(0, 10).replaceAll(/^-+|-+$/g, "") || "lan";
  return `${stem}-host`;
}
