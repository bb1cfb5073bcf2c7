/** How an interface of the engine's host looks in the tree. PURE. */
import type { HostInterface } from "../model/hostInterface";
import type { InterfaceNode } from "./nodes";

/**
 * Whether an interface may carry a LAN and is worth a row of its own. Not shown: loopback, tunnels
 * (no Ethernet on them), Docker's own bridges and the host ends of container links. A veth with an
 * address and no master stays: that is how the LAN looks from inside a container that hosts Docker.
 */
export function isShown(host: HostInterface): boolean {
  switch (host.kind) {
    case "loopback":
    case "tunnel":
      return false;
    case "veth":
      return !host.master && host.addresses.some((address) => !isLinkLocal(address));
    case "bridge":
      return !/^(docker0|docker_gwbridge|br-[0-9a-f]{12})$/.test(host.name);
    case "ethernet":
    case "wireless":
    case "vlan":
    case "bond":
    case "macvlan":
    case "other":
      return true;
  }
}

const icons: Readonly<Record<HostInterface["kind"], string>> = {
  ethernet: "plug",
  wireless: "radio-tower",
  vlan: "tag",
  bridge: "references",
  bond: "combine",
  loopback: "sync",
  veth: "plug",
  macvlan: "symbol-interface",
  tunnel: "lock",
  other: "plug",
};

/** `known`: whether the host's interfaces could be read at all; if not, nobody can be missing. */
export function interfaceNode(
  name: string,
  host: HostInterface | undefined,
  known: boolean,
  children: InterfaceNode["children"],
): InterfaceNode {
  const notes = notesOf(name, host, known);
  const parts = host ? partsOf(host) : [known ? "missing on the host" : "state not known"];
  const description = parts.join(" · ");
  return {
    kind: "interface",
    id: `interface:${name}`,
    label: name,
    description,
    icon: host
      ? { id: icons[host.kind], ...(host.up ? {} : { color: "disabledForeground" }) }
      : known
        ? { id: "warning", color: "list.warningForeground" }
        : { id: "plug" },
    tags: [
      "interface",
      ...(host ? [host.up ? "up" : "down", host.kind] : [known ? "missing" : "unknown"]),
    ],
    tooltip: { title: `Interface ${name}`, rows: host ? rowsOf(host) : [], notes },
    spoken: [`Interface ${name}`, ...parts, ...notes].join(", "),
    // Networks on it carry the problem: an interface that nobody uses may be as it likes.
    problems: [],
    name,
    host,
    children,
  };
}

function partsOf(host: HostInterface): string[] {
  const parts: string[] = [];
  if (host.kind === "wireless") parts.push("wireless");
  if (host.vlan) parts.push(`VLAN ${host.vlan.id}`);
  if (host.kind === "bridge" || host.kind === "bond") parts.push(host.kind);
  parts.push(host.up ? "up" : "down");
  if (host.master) parts.push(`port of ${host.master}`);
  return [...parts, ...host.addresses.filter((address) => !isLinkLocal(address))];
}

function rowsOf(host: HostInterface): [string, string][] {
  const rows: [string, string][] = [
    ["Kind", host.kind],
    ["State", host.up ? "up" : "down"],
  ];
  if (host.mac) rows.push(["MAC", host.mac]);
  if (host.addresses.length > 0) rows.push(["Addresses", host.addresses.join(", ")]);
  if (host.gateway) rows.push(["Router", host.gateway]);
  if (host.vlan) rows.push(["VLAN", `${host.vlan.id} on ${host.vlan.parent}`]);
  if (host.master) rows.push(["Port of", host.master]);
  if (host.mtu) rows.push(["MTU", String(host.mtu)]);
  return rows;
}

function notesOf(name: string, host: HostInterface | undefined, known: boolean): string[] {
  if (!host) {
    return known
      ? [`No interface ${name} on the engine's host. Its networks cannot start a container.`]
      : ["The engine runs on another machine, so its interfaces cannot be read from here."];
  }
  const notes: string[] = [];
  if (host.kind === "wireless") {
    notes.push(
      "Most access points drop frames with a second MAC address: use ipvlan here, not macvlan.",
    );
  }
  if (host.master) {
    notes.push(`A port of ${host.master} cannot be a parent. Use ${host.master} itself.`);
  }
  return notes;
}

/** fe80::/10, which every interface has and nobody plans with. */
function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address);
}
