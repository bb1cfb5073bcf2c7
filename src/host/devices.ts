/**
 * Interfaces from what the kernel shows of each under /sys/class/net (Documentation/ABI/testing/sysfs-class-net):
 * for hosts whose `ip` is missing or speaks no JSON. PURE.
 */
import type { HostInterface, InterfaceKind } from "../model/hostInterface";
import { defined } from "../model/json";
import { type DeviceNotes, type Ways, noWays } from "./fromIp";

/** The small files of one device, as they read; absent what cannot be read. */
export interface DeviceFiles {
  readonly name: string;
  /** Hexadecimal, IFF_ flags of <linux/if.h>. */
  readonly flags?: string;
  readonly operstate?: string;
  readonly address?: string;
  readonly mtu?: string;
  /** ARPHRD_ number of <linux/if_arp.h>. */
  readonly type?: string;
  readonly carrier?: string;
  /** Megabits a second. */
  readonly speed?: string;
  readonly ifindex?: string;
  /** Index of the interface below, or of the other end; its own where there is none. */
  readonly iflink?: string;
  /** `DEVTYPE` of uevent. */
  readonly devtype?: string;
  /** A radio: it has `wireless` or `phy80211`. */
  readonly wireless?: boolean;
  /** It has a `device`: a card, and nothing that the kernel made up. */
  readonly physical?: boolean;
  /** The bridge or bond that it is a port of. */
  readonly master?: string;
  /** Interfaces below it, from its `lower_...` links. */
  readonly lower?: readonly string[];
  /** The first line of /proc/net/vlan/NAME, which only root can read. */
  readonly vlan?: string;
  /** `bonding/mode`: `802.3ad 4`. */
  readonly bondMode?: string;
}

const flagUp = 0x1;
const flagPromiscuous = 0x100;
const typeEther = "1";
const typeLoopback = "772";

const kindOfDevice: Readonly<Record<string, InterfaceKind>> = {
  vlan: "vlan",
  bridge: "bridge",
  bond: "bond",
  wlan: "wireless",
  macvlan: "macvlan",
  macvtap: "macvlan",
  ipvlan: "macvlan",
  wireguard: "tunnel",
  vxlan: "tunnel",
  geneve: "tunnel",
};

/**
 * The interfaces. `addresses`: with prefix length, by interface; IPv6 link-local ones left out. `ways`: what
 * `waysOf` makes of the routes.
 */
export function interfacesFromDevices(
  devices: readonly DeviceFiles[],
  addresses: (name: string) => readonly string[],
  ways: Ways = noWays,
): HostInterface[] {
  return devices.map((device) => {
    const { name, operstate, mtu } = device;
    const kind = kindOf(device);
    const flags = Number(device.flags ?? 0);
    const isUp = (flags & flagUp) !== 0;
    const lower = device.lower?.[0];
    return defined({
      name,
      kind,
      up: isUp && !["down", "lowerlayerdown", "notpresent"].includes(operstate ?? ""),
      mac: device.type === typeEther ? device.address : undefined,
      master: device.master,
      addresses: addresses(name),
      vlan: kind === "vlan" ? vlanOf(device) : undefined,
      gateway: ways.gateways.get(name),
      mtu: mtu === undefined ? undefined : Number(mtu),
      carrier: isUp && device.carrier === "0" ? false : undefined,
      speed: kind === "ethernet" || kind === "bond" ? speedOf(device.speed) : undefined,
      promiscuous: (flags & flagPromiscuous) !== 0 ? true : undefined,
      link: kind === "macvlan" ? lower : undefined,
      mode: kind === "bond" ? device.bondMode?.split(" ")[0] : undefined,
      routes: ways.routes.get(name),
    });
  });
}

/** What `ip` does not tell of them. */
export function notesOfDevices(devices: readonly DeviceFiles[]): DeviceNotes {
  return {
    wireless: new Set(devices.filter(({ wireless }) => wireless).map(({ name }) => name)),
    speeds: new Map(
      devices.flatMap(({ name, speed }) => {
        const megabits = speedOf(speed);
        return megabits === undefined ? [] : [[name, megabits] as const];
      }),
    ),
  };
}

/** Virtual devices have no `speed`, or 10,000 for a number (veth) or -1 (no link). */
function speedOf(content: string | undefined): number | undefined {
  const speed = Number.parseInt(content ?? "", 10);
  return speed > 0 && speed < 0xffffffff ? speed : undefined;
}

function kindOf({
  wireless,
  devtype,
  type,
  physical,
  ifindex,
  iflink,
  lower = [],
}: DeviceFiles): InterfaceKind {
  if (wireless) return "wireless";
  const known = kindOfDevice[devtype ?? ""];
  if (known) return known;
  if (type === typeLoopback) return "loopback";
  if (type !== typeEther) return "tunnel";
  if (physical) return "ethernet";
  // The ends of a veth pair name each other, without one being above the other.
  const isPair = iflink !== undefined && iflink !== ifindex && lower.length === 0;
  return isPair ? "veth" : "other";
}

/** Without the right to read the kernel's table of VLANs, by the usual form of the name. */
function vlanOf({ name, lower, vlan }: DeviceFiles): HostInterface["vlan"] {
  const id = /\bVID: (\d+)/.exec(vlan ?? "")?.[1] ?? /\.(\d+)$/.exec(name)?.[1];
  const parent = lower?.[0];
  return parent === undefined || id === undefined ? undefined : { parent, id: Number(id) };
}
