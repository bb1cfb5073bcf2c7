/** Networks as the engine has them, and as a plan for one that does not exist yet. */

/** One pool of a network, texts as the engine or the user wrote them. */
export interface IpamPool {
  readonly subnet?: string;
  readonly ipRange?: string;
  readonly gateway?: string;
  /** Auxiliary addresses ("excluded addresses" in the user interface): name to address. */
  readonly aux?: Readonly<Record<string, string>>;
}

/** What the engine itself counts in a subnet of a network. */
export interface PoolStatus {
  readonly subnet: string;
  /** Gateway, excluded addresses, and the subnet's own ones included. */
  readonly inUse: bigint;
  /** Of the ip_range, or of the subnet without one: what it can still hand out. */
  readonly left: bigint;
}

/** A network of the engine; also the shape in the facts file. */
export interface EngineNetwork {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly parent?: string;
  /** macvlan_mode or ipvlan_mode; absent means the driver's default. */
  readonly mode?: string;
  readonly internal?: boolean;
  readonly enableIpv6?: boolean;
  readonly ipam?: readonly IpamPool[];
  /** Compose project and key that made it, from its labels. */
  readonly project?: string;
  readonly composeKey?: string;
  /** What Compose noted of its settings when it made it; absent for networks that it did not make. */
  readonly configHash?: string;
  readonly scope?: string;
  /** A template for networks of a swarm: it has no addresses of its own, and no container can be on it. */
  readonly configOnly?: boolean;
  /** The config-only network that it takes its settings from. */
  readonly configFrom?: string;
}

/** What one wants to create; the wizard's result, and what `docker/client` and the compose edit are given. */
export interface NetworkSpec {
  readonly name: string;
  readonly driver: "macvlan" | "ipvlan";
  /** Parent interface; with a VLAN id it is the sub-interface, `eth0.10`. Absent: the engine makes a dummy. */
  readonly parent?: string;
  readonly mode?: string;
  readonly internal: boolean;
  readonly enableIpv6: boolean;
  readonly pools: readonly (IpamPool & { readonly subnet: string })[];
}

/** The drivers that put a container on the parent's LAN. */
export function isLanDriver(driver: string | undefined): driver is "macvlan" | "ipvlan" {
  return driver === "macvlan" || driver === "ipvlan";
}

/** The key of driver_opts that holds the mode: `macvlan_mode` or `ipvlan_mode`. */
export function modeOption(driver: "macvlan" | "ipvlan"): string {
  return `${driver}_mode`;
}
