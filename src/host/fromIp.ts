/** Output of `ip -j -d addr`, `ip -j route` and `ip -j neigh` (iproute2), as model values; pure and tolerant. */
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

/**
 * The host's interfaces. `wireless`: names of those that are, which `ip` does not tell.
 * IPv6 link-local addresses are left out: no container is ever in their subnet.
 */
export function interfacesFromIp(
  addr: unknown,
  route: unknown,
  wireless: ReadonlySet<string>,
): HostInterface[] {
  const gateways = gatewaysFromIp(route);
  return list(addr).flatMap((value) => {
    const item = record(value);
    const name = text(item["ifname"]);
    if (name === undefined) return [];
    const flags = list(item["flags"]);
    const link = record(item["linkinfo"]);
    const mac = text(item["address"]);
    const mtu = item["mtu"];
    return defined({
      name,
      kind: wireless.has(name) ? ("wireless" as const) : kindOf(item["link_type"], link),
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

function metricOf(route: Readonly<Record<string, unknown>>): number {
  return typeof route["metric"] === "number" ? route["metric"] : 0;
}

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
    return defined({ address, mac, interface: text(item["dev"]) });
  });
}

export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/i.test(address);
}
