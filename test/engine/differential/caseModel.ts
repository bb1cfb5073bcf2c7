/** A compose file as data, the way the generator builds it and the shrinker takes it apart. */
import { stringify } from "yaml";

export interface PoolModel {
  subnet?: string;
  ip_range?: string;
  gateway?: string;
  aux_addresses?: Record<string, string>;
  [other: string]: unknown;
}

export interface NetworkModel {
  driver?: string;
  driver_opts?: Record<string, string | number>;
  name?: string;
  external?: boolean;
  internal?: boolean | string;
  enable_ipv4?: boolean | string;
  enable_ipv6?: boolean | string;
  ipam?: { driver?: string; config?: PoolModel[]; [other: string]: unknown };
  [other: string]: unknown;
}

export interface TieModel {
  ipv4_address?: string;
  ipv6_address?: string;
  mac_address?: string;
  link_local_ips?: string[];
  interface_name?: string;
  priority?: number;
  gw_priority?: number;
  aliases?: string[];
  [other: string]: unknown;
}

export interface ServiceModel {
  image?: string;
  networks?: Record<string, TieModel | null>;
  network_mode?: string;
  mac_address?: string;
  container_name?: string;
  scale?: number;
  deploy?: { replicas?: number };
  profiles?: string[];
  [other: string]: unknown;
}

export interface CaseModel {
  services: Record<string, ServiceModel>;
  networks: Record<string, NetworkModel | null>;
}

/** A service that says nothing else runs a shell's `sleep` and keeps its address. */
export function completeService(service: ServiceModel): ServiceModel {
  return { image: "busybox", command: "sleep 900", ...service };
}

/** The text of a case in one file. */
export function textOf(model: CaseModel): string {
  const { services, networks, ...rest } = model;
  const whole = {
    ...rest,
    services: Object.fromEntries(
      Object.entries(services).map(([key, service]) => [key, completeService(service)]),
    ),
    ...(Object.keys(networks).length > 0 ? { networks } : {}),
  };
  return stringify(whole, { aliasDuplicateObjects: false, lineWidth: 0 });
}
