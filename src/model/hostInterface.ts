/** Network interfaces of the engine's host; also the shape in the facts file. */

export const interfaceKinds = [
  "ethernet",
  "wireless",
  "vlan",
  "bridge",
  "bond",
  "loopback",
  "veth",
  "macvlan",
  "tunnel",
  "other",
] as const;
export type InterfaceKind = (typeof interfaceKinds)[number];

export interface HostInterface {
  readonly name: string;
  readonly kind: InterfaceKind;
  readonly up: boolean;
  readonly mac?: string;
  /** The bridge or bond that it is enslaved to. */
  readonly master?: string | null;
  /** With prefix length: `192.168.1.10/24`. */
  readonly addresses: readonly string[];
  readonly vlan?: { readonly parent: string; readonly id: number };
  /** Default route over this interface, if there is one: the LAN's router. */
  readonly gateway?: string;
  readonly mtu?: number;
  /** False where it is switched on and nothing is at the other end: no cable, or a bridge without ports. */
  readonly carrier?: boolean;
  /** Megabits a second, as agreed with the other end. */
  readonly speed?: number;
  /** It takes in frames for any MAC address. */
  readonly promiscuous?: boolean;
  /** Of a macvlan or ipvlan device: the interface that it is on. */
  readonly link?: string;
  /** Of a macvlan or ipvlan device, or of a bond. */
  readonly mode?: string;
  /** What is reached over it without a router: `192.168.1.0/24`. On no interface: not known. */
  readonly routes?: readonly string[];
}

/** An address that answered on a LAN (the host's neighbour table). */
export interface Neighbour {
  readonly address: string;
  readonly mac?: string;
  readonly interface?: string;
  /** It answered, but not within the last ten minutes: the machine may have gone since. */
  readonly old?: boolean;
}
