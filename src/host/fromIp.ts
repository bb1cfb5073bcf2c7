/** Output of `ip -j -d addr`, `ip -j route` and `ip -j -s neigh` (iproute2), as model values; pure and tolerant. */
import type { HostInterface, InterfaceKind, Neighbour } from "../model/hostInterface";
import { defined, list, record, text } from "../model/json";

const kindOfLink: Readonly<Record<string, InterfaceKind>> = {
  vlan: "vlan",
  bridge: "bridge",
  bond: "bond",
  team: "bond",
  veth: "veth",
  macvlan: "macvlan",
  macvtap: "macvlan",
  ipvlan: "macvlan",
  ipvtap: "macvlan",
  dummy: "other",
  ...Object.fromEntries(
    "tun ipip sit gre gretap ip6gre ip6gretap ip6tnl vti vti6 vxlan geneve wireguard xfrm erspan"
      .split(" ")
      .map((kind) => [kind, "tunnel"] as const),
  ),
};

/** What `ip` does not tell of interfaces. */
export interface DeviceNotes {
  /** Names of those that are radios. */
  readonly wireless: ReadonlySet<string>;
  /** Megabits a second, by name. */
  readonly speeds: ReadonlyMap<string, number>;
}

/** Where routes lead, by interface. */
export interface Ways {
  /** The router of the default route. */
  readonly gateways: ReadonlyMap<string, string>;
  /** What is reached without a router: `192.168.1.0/24`. */
  readonly routes: ReadonlyMap<string, readonly string[]>;
}

export const noWays: Ways = { gateways: new Map(), routes: new Map() };

const noNotes: DeviceNotes = { wireless: new Set(), speeds: new Map() };

/**
 * The host's interfaces. `route`: the routes of IPv4, and of IPv6 behind them.
 * IPv6 link-local addresses are left out: no container is ever in their subnet.
 */
export function interfacesFromIp(
  addr: unknown,
  route: unknown,
  { wireless, speeds }: DeviceNotes = noNotes,
): HostInterface[] {
  const { gateways, routes } = waysOf(route);
  return list(addr).flatMap((value) => {
    const item = record(value);
    const name = text(item["ifname"]);
    if (name === undefined) return [];
    const flags = list(item["flags"]);
    const link = record(item["linkinfo"]);
    const mac = text(item["address"]);
    const mtu = item["mtu"];
    const promiscuity = item["promiscuity"];
    const kind = wireless.has(name) ? ("wireless" as const) : kindOf(item["link_type"], link);
    return defined({
      name,
      kind,
      // A cable that is out or a bridge without members is administratively up, and still carries nothing.
      up:
        flags.includes("UP") &&
        !["DOWN", "LOWERLAYERDOWN", "NOTPRESENT"].includes(text(item["operstate"]) ?? ""),
      mac: mac !== undefined && item["link_type"] === "ether" ? mac : undefined,
      master: text(item["master"]),
      addresses: list(item["addr_info"]).flatMap((address) => addressOf(address) ?? []),
      vlan: vlanOf(item, link),
      gateway: gateways.get(name),
      mtu: typeof mtu === "number" ? mtu : undefined,
      carrier: flags.includes("UP") && flags.includes("NO-CARRIER") ? false : undefined,
      // The ends of a veth pair call themselves 10 gigabit.
      speed: kind === "ethernet" || kind === "bond" ? speeds.get(name) : undefined,
      promiscuous: typeof promiscuity === "number" && promiscuity > 0 ? true : undefined,
      link: kind === "macvlan" ? text(item["link"]) : undefined,
      mode:
        kind === "macvlan" || kind === "bond" ? text(record(link["info_data"])["mode"]) : undefined,
      routes: routes.get(name),
    });
  });
}

function kindOf(linkType: unknown, link: Readonly<Record<string, unknown>>): InterfaceKind {
  const kind = text(link["info_kind"]);
  if (kind !== undefined) return kindOfLink[kind] ?? "other";
  if (linkType === "loopback") return "loopback";
  if (linkType === "ether") return "ethernet";
  return linkType === "none" || linkType === "ppp" ? "tunnel" : "other";
}

function vlanOf(
  item: Readonly<Record<string, unknown>>,
  link: Readonly<Record<string, unknown>>,
): HostInterface["vlan"] {
  const id = record(link["info_data"])["id"];
  const parent = text(item["link"]);
  return link["info_kind"] === "vlan" && typeof id === "number" && parent !== undefined
    ? { parent, id }
    : undefined;
}

function addressOf(value: unknown): string | undefined {
  const item = record(value);
  const [address, length] = [text(item["local"]), item["prefixlen"]];
  if (address === undefined || typeof length !== "number" || isLinkLocal(address)) return undefined;
  return `${address}/${length}`;
}

/** `route`: as for `interfacesFromIp`; link-local routes are left out. */
export function waysOf(route: unknown): Ways {
  return { gateways: gatewaysFromIp(route), routes: linkRoutesFromIp(route) };
}

/** Interface to the router of its default route; of several, the one that the kernel prefers. */
function gatewaysFromIp(route: unknown): Map<string, string> {
  const routes = list(route)
    .map(record)
    .filter((item) => item["dst"] === "default")
    .sort((a, b) => metricOf(a) - metricOf(b));
  const gateways = new Map<string, string>();
  for (const item of routes) {
    const hops = item["nexthops"] === undefined ? [item] : list(item["nexthops"]).map(record);
    for (const hop of hops) {
      const [device, gateway] = [text(hop["dev"]), text(hop["gateway"])];
      if (device !== undefined && gateway !== undefined && !gateways.has(device)) {
        gateways.set(device, gateway);
      }
    }
  }
  return gateways;
}

/** By interface, what is reached over it without a router; link-local addresses left out. */
function linkRoutesFromIp(route: unknown): Map<string, string[]> {
  const routes = new Map<string, string[]>();
  for (const item of list(route).map(record)) {
    const [device, target] = [text(item["dev"]), text(item["dst"])];
    const isWay = item["gateway"] === undefined && item["via"] === undefined;
    if (device === undefined || target === undefined || !isWay || item["type"] !== undefined) {
      continue;
    }
    if (target === "default" || isLinkLocal(target) || target.startsWith("ff00:")) continue;
    const found = routes.get(device);
    if (found) found.push(target);
    else routes.set(device, [target]);
  }
  return routes;
}

function metricOf(route: Readonly<Record<string, unknown>>): number {
  return typeof route["metric"] === "number" ? route["metric"] : 0;
}

/** Seconds after which an answer says little: entries that nobody uses stay in the table for ever. */
const oldAfter = 600;

/** Addresses that answered; those that did not (INCOMPLETE, FAILED) have no hardware address. */
export function neighboursFromIp(neigh: unknown): Neighbour[] {
  return list(neigh).flatMap((value) => {
    const item = record(value);
    const [address, mac] = [text(item["dst"]), text(item["lladdr"])];
    const state = list(item["state"]);
    if (address === undefined || mac === undefined || isLinkLocal(address)) return [];
    if (state.includes("FAILED") || state.includes("INCOMPLETE") || state.includes("NOARP")) {
      return [];
    }
    const confirmed = item["confirmed"];
    const isOld = state.includes("STALE") && typeof confirmed === "number" && confirmed > oldAfter;
    return defined({
      address,
      mac,
      interface: text(item["dev"]),
      old: isOld ? true : undefined,
    });
  });
}

export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/i.test(address);
}
