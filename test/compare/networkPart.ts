/** The part of `docker compose config --format json` that `macvlan-check resolve` prints. */

type Json = Readonly<Record<string, unknown>>;

export interface NetworkPart {
  readonly name: unknown;
  readonly networks: Json;
  readonly services: Json;
}

const networkKeys = [
  "name",
  "driver",
  "driver_opts",
  "ipam",
  "external",
  "internal",
  "enable_ipv6",
];
const serviceKeys = ["mac_address", "network_mode", "networks", "ports", "scale"];

export function networkPart(config: unknown): NetworkPart {
  const { name, networks, services } = config as Record<string, unknown>;
  return {
    name,
    networks: pickEach(networks, networkKeys),
    services: pickEach(services, serviceKeys),
  };
}

function pickEach(entries: unknown, keys: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries((entries ?? {}) as Json).map(([key, entry]) => [key, pick(entry, keys)]),
  );
}

function pick(entry: unknown, keys: readonly string[]): Json {
  const object = (entry ?? {}) as Json;
  return Object.fromEntries(keys.flatMap((key) => (key in object ? [[key, object[key]]] : [])));
}
