/** A compose file as data, the way the generator builds it and the shrinker takes it apart. */
import { parse, stringify } from "yaml";

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
  internal?: boolean;
  enable_ipv4?: boolean;
  enable_ipv6?: boolean;
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

/** The text of a case. A service that says nothing else runs a shell's `sleep` and keeps its address. */
export function textOf(model: CaseModel): string {
  const { services, networks, ...rest } = model;
  const whole = {
    ...rest,
    services: Object.fromEntries(
      Object.entries(services).map(([key, service]) => [
        key,
        { image: "busybox", command: "sleep 900", ...service },
      ]),
    ),
    ...(Object.keys(networks).length > 0 ? { networks } : {}),
  };
  return stringify(whole, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** The case that a text of `textOf` was made from. */
export function modelOf(text: string): CaseModel {
  const model = parse(text) as Partial<CaseModel>;
  const services = Object.entries(model.services ?? {}).map(([key, service]) => {
    const own = Object.entries(service).filter(([name]) => name !== "image" && name !== "command");
    return [key, Object.fromEntries(own)] as const;
  });
  return { ...model, services: Object.fromEntries(services), networks: model.networks ?? {} };
}
