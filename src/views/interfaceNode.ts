/** How an interface of the engine's host looks in the tree. PURE. */
import type { HostInterface } from "../model/hostInterface";
import { machineNote } from "./machineNotes";
import type { InterfaceNode } from "./nodes";
import type { World } from "./world";

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

/** The row, without its children. */
export function interfaceNode(name: string, { hosts, machine }: World): InterfaceNode {
  const host = hosts?.get(name);
  // If the interfaces could not be read at all, nobody can be missing.
  const known = hosts !== undefined;
  const notes = host ? notesOf(host) : notesOfMissing(name, known);
  const advice = host?.kind === "ethernet" && machine ? machineNote(machine) : undefined;
  const parts = host ? partsOf(host) : [known ? "missing on the host" : "state not known"];
  return {
    kind: "interface",
    id: `interface:${name}`,
    label: name,
    description: parts.join(" · "),
    icon: host
      ? { id: icons[host.kind], ...(host.up ? {} : { color: "disabledForeground" }) }
      : known
        ? { id: "warning", color: "list.warningForeground" }
        : { id: "plug" },
    tags: [
      "interface",
      ...(host ? [host.up ? "up" : "down", host.kind] : [known ? "missing" : "unknown"]),
    ],
    tooltip: {
      title: `Interface ${name}`,
      problems: [],
      rows: host ? rowsOf(host, [...(hosts?.values() ?? [])]) : [],
      notes: advice === undefined ? notes : [...notes, advice],
    },
    spoken: [`Interface ${name}`, ...parts, ...notes].join(", "),
    // Networks on it carry the problem: an interface that nobody uses may be as it likes.
    problems: [],
    name,
    host,
    children: [],
  };
}

function partsOf(host: HostInterface): string[] {
  const parts: string[] = [];
  if (host.kind === "wireless") parts.push("wireless");
  if (host.vlan) parts.push(`VLAN ${host.vlan.id}`);
  if (host.kind === "bridge" || host.kind === "bond") parts.push(host.kind);
  if (host.kind === "macvlan") parts.push("the host's own device");
  parts.push(stateOf(host));
  if (host.master) parts.push(`port of ${host.master}`);
  return [...parts, ...host.addresses.filter((address) => !isLinkLocal(address))];
}

function stateOf(host: HostInterface): string {
  if (host.up) return "up";
  const wired = host.kind === "ethernet" || host.kind === "bond";
  return host.carrier === false && wired ? "no cable" : "down";
}

function rowsOf(host: HostInterface, all: readonly HostInterface[]): [string, string][] {
  const ports = all.filter(({ master }) => master === host.name).map(({ name }) => name);
  const rows: [string, string | undefined][] = [
    ["Kind", [host.kind, host.kind === "bond" ? host.mode : undefined].filter(Boolean).join(" ")],
    ["State", stateOf(host)],
    ["Speed", host.speed === undefined ? undefined : speedText(host.speed)],
    ["MAC", host.mac],
    ["Addresses", host.addresses.length > 0 ? host.addresses.join(", ") : undefined],
    ["Router", host.gateway],
    ["VLAN", host.vlan && `${host.vlan.id} on ${host.vlan.parent}`],
    ["On", host.link],
    ["Port of", host.master ?? undefined],
    ["Ports", ports.length > 0 ? ports.join(", ") : undefined],
    ["MTU", host.mtu === undefined ? undefined : String(host.mtu)],
    ["Promiscuous", host.promiscuous ? "yes" : undefined],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

/** Of megabits a second. */
function speedText(speed: number): string {
  return speed >= 1000 ? `${speed / 1000} Gbit/s` : `${speed} Mbit/s`;
}

function notesOfMissing(name: string, known: boolean): string[] {
  return known
    ? [`No interface ${name} on the engine's host. Its networks cannot start a container.`]
    : [
        "The interfaces of the engine's host are not known: nobody can say whether this one is there.",
      ];
}

function notesOf(host: HostInterface): string[] {
  const notes: string[] = [];
  if (host.kind === "wireless") {
    notes.push(
      "Most access points drop frames with a second MAC address: use ipvlan here, not macvlan.",
    );
  }
  if (host.master) {
    notes.push(`A port of ${host.master} cannot be a parent. Use ${host.master} itself.`);
  }
  if (host.kind === "macvlan") {
    notes.push(
      `Over it the host reaches containers on ${host.link ?? "its parent"}: the kernel passes nothing between the parent itself and the containers.`,
    );
  }
  return notes;
}

/** fe80::/10, which every interface has and nobody plans with. */
function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address);
}
