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
}

/** An address that answered on a LAN (the host's neighbour table). */
export interface Neighbour {
  readonly address: string;
  readonly mac?: string;
  readonly interface?: string;
}
