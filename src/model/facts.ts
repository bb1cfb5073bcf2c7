import type { EngineContainer } from "./attachment";
import type { HostInterface, Neighbour } from "./hostInterface";
import type { EngineNetwork } from "./network";

/** What is known of a LAN beyond the engine: setting `macvlan.lan`. */
export interface LanPlan {
  readonly subnet: string;
  /** `first-last` or CIDR, each a part that the router's DHCP server hands out. */
  readonly dhcp?: readonly string[];
  readonly reserved?: readonly { readonly address: string; readonly name?: string }[];
}

export interface EngineFacts {
  readonly version?: string;
  readonly rootless?: boolean;
  readonly desktop?: boolean;
}

/** What the engine's host runs on, where that is no bare metal. */
export interface Machine {
  readonly kind: MachineKind;
  /** As its maker calls it: `VMware Virtual Platform`. */
  readonly name: string;
}

export const machineKinds = [
  "vmware",
  "hyperv",
  "virtualbox",
  "parallels",
  "xen",
  "kvm",
  "aws",
  "azure",
  "gcp",
  "digitalocean",
  "hetzner",
  "oracle",
  "alibaba",
  "openstack",
] as const;
export type MachineKind = (typeof machineKinds)[number];

/**
 * What rules may know besides the compose file. Any part may be absent, and an absent part means
 * "not known", never "none": without `interfaces` no parent is unknown.
 */
export interface Facts {
  readonly engine?: EngineFacts;
  readonly interfaces?: readonly HostInterface[];
  readonly networks?: readonly EngineNetwork[];
  readonly containers?: readonly EngineContainer[];
  readonly neighbours?: readonly Neighbour[];
  readonly lan?: readonly LanPlan[];
  readonly machine?: Machine;
}

export const noFacts: Facts = {};

/** The facts file: `Facts` with its format's version. Written by `macvlan.exportFacts`, read by `--facts`. */
export interface FactsFile extends Facts {
  readonly version: 1;
}
