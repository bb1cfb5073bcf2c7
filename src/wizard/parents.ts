/** Which interfaces of the host can be a parent, and what to say of those that cannot. PURE. */
import type { Facts } from "../model/facts";
import type { HostInterface } from "../model/hostInterface";

export interface ParentChoice {
  readonly name: string;
  /** Kind, addresses and router in a few words. */
  readonly detail: string;
  /** Why it is a poor parent; absent for a good one. */
  readonly flag?: { readonly reason: string; readonly alternative: string };
}

/** The interfaces to choose from, the most likely parent first. Links of Docker's own are left out. */
export function parentChoices(facts: Facts): ParentChoice[] {
  const candidates = (facts.interfaces ?? []).filter((host) => !isDockersOwn(host, facts));
  return [...candidates]
    .sort((a, b) => rank(a) - rank(b))
    .map((host) => {
      const flag = parentFlag(host);
      return { name: host.name, detail: detailOf(host), ...(flag ? { flag } : {}) };
    });
}

/** The interface that a plan starts with: the first without a flag, else the first. */
export function likelyParent(facts: Facts): string | undefined {
  const choices = parentChoices(facts);
  return (choices.find((choice) => !choice.flag) ?? choices[0])?.name;
}

/** Why containers on this parent would not reach the LAN, and what to take instead. */
export function parentFlag(host: HostInterface): ParentChoice["flag"] | undefined {
  if (host.master) {
    return {
      reason: `${host.name} is a port of ${host.master}: a container could not start on it (device or resource busy).`,
      alternative: `Take ${host.master} as the parent.`,
    };
  }
  if (host.kind === "wireless") {
    return {
      reason: `${host.name} is Wi-Fi: access points drop frames from further MAC addresses, so containers would not be reachable.`,
      alternative: "Take a wired interface, or ipvlan in l2 mode, which keeps the host's MAC.",
    };
  }
  if (host.kind === "tunnel") {
    return {
      reason: `${host.name} is a tunnel and carries no Ethernet frames of other MAC addresses.`,
      alternative: "Take the interface of the LAN.",
    };
  }
  if (!host.up) {
    return {
      reason: `${host.name} is down: containers would start and reach nothing.`,
      alternative: `Bring it up first: ip link set ${host.name} up`,
    };
  }
  return undefined;
}

/** Loopback, container links and the bridges that Docker made: never a LAN. */
function isDockersOwn(host: HostInterface, facts: Facts): boolean {
  if (host.kind === "loopback") return true;
  if (host.kind === "veth" && host.master) return true;
  if (host.kind === "macvlan") return true;
  if (host.kind !== "bridge") return false;
  if (host.name === "docker0" || host.name === "docker_gwbridge") return true;
  const id = /^br-([0-9a-f]{12})$/.exec(host.name)?.[1];
  if (id === undefined) return false;
  return !facts.networks || facts.networks.some((network) => network.id.startsWith(id));
}

function rank(host: HostInterface): number {
  const flagged = parentFlag(host) ? 8 : 0;
  const routed = host.gateway === undefined ? 4 : 0;
  const addressed = host.addresses.length === 0 ? 2 : 0;
  const sub = host.kind === "vlan" ? 1 : 0;
  return flagged + routed + addressed + sub;
}

function detailOf(host: HostInterface): string {
  const v4 = host.addresses.find((address) => !address.includes(":"));
  const kind = host.kind === "wireless" ? "Wi-Fi" : host.kind === "vlan" ? "VLAN" : host.kind;
  const router = host.gateway === undefined ? "" : `, router ${host.gateway}`;
  const port = host.master ? `, port of ${host.master}` : "";
  const down = host.up ? "" : ", down";
  return `${kind}, ${v4 ?? host.addresses[0] ?? "no address"}${router}${port}${down}`;
}
