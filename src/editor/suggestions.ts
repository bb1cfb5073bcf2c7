/** What can be written at a place of a compose file, from its networks and from the facts. PURE. */
import type { Cursor } from "../compose/cursor";
import { nextFreeAddress, nextFreeBlock } from "../model/addressPlan";
import {
  type Family,
  canonicalPrefix,
  containsAddress,
  familyBits,
  firstOf,
  formatAddress,
  formatPrefix,
  parseAddress,
  parsePrefix,
  prefixSize,
} from "../model/cidr";
import { driverOptionKeys, ipvlanFlags, macvlanModes } from "../model/driverOptions";
import type { HostInterface } from "../model/hostInterface";
import { isLanDriver } from "../model/network";
import type { NetworkView, PoolView, RuleContext } from "../rules/context";
import { freeAddress, freeMac, planOfPool } from "../rules/free";

export interface Suggestion {
  readonly text: string;
  /** Why this one: a few words beside it. */
  readonly detail: string;
  readonly kind: "key" | "choice" | "address" | "interface";
}

/** Best first; empty where we have nothing to say. */
export function suggestionsAt(context: RuleContext, cursor: Cursor): Suggestion[] {
  const [top, name = "", ...rest] = cursor.keys;
  const way = rest.join(".");
  if (top === "networks") {
    const network = context.network(name);
    if (way === "driver_opts") return optionKeys(network);
    return network && cursor.kind === "value" ? networkValues(context, network, way) : [];
  }
  const tie = /^networks\.([^.]+)\.(ipv4_address|ipv6_address|mac_address)$/.exec(way);
  if (top !== "services" || cursor.kind !== "value" || !tie) return [];
  if (tie[2] === "mac_address") {
    const mac = freeMac(context, `${name}/${tie[1] ?? ""}`);
    // Quoted, because readers of YAML 1.1 take digits with colons for a number.
    return [{ text: cursor.quoted ? mac : `"${mac}"`, detail: "free", kind: "address" }];
  }
  const pools = context.network(tie[1] ?? "")?.pools ?? [];
  return freeAddresses(context, pools, tie[2] === "ipv4_address" ? 4 : 6);
}

function networkValues(context: RuleContext, network: NetworkView, way: string): Suggestion[] {
  const choices = (texts: readonly string[]) =>
    texts.map((text, index): Suggestion => ({
      text,
      detail: index === 0 ? "default" : "",
      kind: "choice",
    }));
  switch (way) {
    case "driver":
      return [
        { text: "macvlan", detail: "each container a device on the LAN", kind: "choice" },
        { text: "ipvlan", detail: "on the LAN with the parent's MAC", kind: "choice" },
        { text: "bridge", detail: "private to the host", kind: "choice" },
      ];
    case "driver_opts.parent":
      return parents(context);
    case "driver_opts.macvlan_mode":
      return choices(macvlanModes);
    case "driver_opts.ipvlan_mode":
      return choices(context.engine.ipvlanModes);
    case "driver_opts.ipvlan_flag":
      return choices(ipvlanFlags);
    case "ipam.config.subnet":
      return parentSubnets(context, network);
    case "ipam.config.gateway":
      return network.pools.flatMap((pool) => gateway(context, network, pool));
    case "ipam.config.ip_range":
      return network.pools.flatMap((pool) => freeBlocks(context, pool));
    default:
      return [];
  }
}

function optionKeys(network: NetworkView | undefined): Suggestion[] {
  if (!network || !isLanDriver(network.driver)) return [];
  const written = new Set(network.declaration?.driverOpts.map(({ key }) => key));
  const { driver } = network;
  return driverOptionKeys[driver]
    .filter((key) => !written.has(key))
    .map((key) => ({ text: `${key}: `, detail: `option of ${driver}`, kind: "key" }));
}

function parents(context: RuleContext): Suggestion[] {
  return (context.facts.interfaces ?? [])
    .filter(({ kind, master }) => !["loopback", "veth", "macvlan"].includes(kind) && !master)
    .sort((a, b) => Number(b.up) - Number(a.up))
    .map(({ name, kind, up, addresses }) => ({
      text: name,
      detail: [kind, ...(up ? [] : ["down"]), ...addresses].join(", "),
      kind: "interface",
    }));
}

function parentOf(context: RuleContext, network: NetworkView): HostInterface | undefined {
  return context.facts.interfaces?.find(({ name }) => name === network.parent);
}

function parentSubnets(context: RuleContext, network: NetworkView): Suggestion[] {
  const parent = parentOf(context, network);
  return (parent?.addresses ?? []).flatMap((text) => {
    const prefix = parsePrefix(text);
    if (!prefix || prefix.length === familyBits(prefix.family)) return [];
    return [
      {
        text: formatPrefix(canonicalPrefix(prefix)),
        detail: `LAN of ${network.parent ?? ""}`,
        kind: "address" as const,
      },
    ];
  });
}

function gateway(context: RuleContext, network: NetworkView, pool: PoolView): Suggestion[] {
  const router = parseAddress(parentOf(context, network)?.gateway ?? "");
  if (router && containsAddress(pool.subnet, router)) {
    const detail = `router of ${network.parent ?? ""}`;
    return [{ text: formatAddress(router), detail, kind: "address" }];
  }
  const { family } = pool.subnet;
  const first = { family, value: firstOf(pool.subnet) + 1n };
  return [{ text: formatAddress(first), detail: "first address", kind: "address" }];
}

/**
 * Half, a quarter, an eighth and a sixteenth of the subnet, where nothing known is in it. Its own
 * network and broadcast address may be: the engine passes over them.
 */
function freeBlocks(context: RuleContext, pool: PoolView): Suggestion[] {
  const plan = planOfPool(context, pool);
  const parts = plan.parts.filter(({ use }) => !["dynamic", "network", "broadcast"].includes(use));
  return [1, 2, 3, 4].flatMap((step): Suggestion[] => {
    const block = nextFreeBlock({ subnet: pool.subnet, parts }, pool.subnet.length + step);
    if (!block) return [];
    const detail = `${prefixSize(block).toLocaleString("en-US")} addresses, none taken`;
    return [{ text: formatPrefix(block), detail, kind: "address" }];
  });
}

/** The next free addresses of each subnet; the first is what a quick fix would take. */
function freeAddresses(
  context: RuleContext,
  pools: readonly PoolView[],
  family: Family,
): Suggestion[] {
  return pools.flatMap((pool): Suggestion[] => {
    if (pool.subnet.family !== family) return [];
    const plan = planOfPool(context, pool);
    const found: Suggestion[] = [];
    let address = freeAddress(context, pool);
    while (address && found.length < 3) {
      const text = formatAddress(address);
      if (found.some((suggestion) => suggestion.text === text)) break;
      found.push({ text, detail: `free in ${formatPrefix(pool.subnet)}`, kind: "address" });
      address = nextFreeAddress(plan, { from: address.value + 1n });
    }
    return found;
  });
}
