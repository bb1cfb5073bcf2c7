/** Networks and containers with all that is needed to make their ties again, from the engine's answers. Tolerant as fromEngine.ts. */
import type { ContainerDetails, EndpointDetails, EndpointSettings } from "../model/endpoint";
import { defined, list, record, text, texts } from "../model/json";
import type { NetworkDetails } from "../model/networkSettings";
import { networkFromEngine } from "./networksFromEngine";

/** `GET /networks`. */
export function networkDetailsFromEngine(payload: unknown): NetworkDetails[] {
  return list(payload).flatMap((item) => {
    const network = networkFromEngine(item);
    if (!network) return [];
    const raw = record(item);
    const ipam = record(raw["IPAM"]);
    const { parent, ...others } = strings(raw["Options"]);
    const isTemplate = network.configOnly === true || network.configFrom !== undefined;
    return {
      id: network.id,
      settings: defined({
        name: network.name,
        driver: network.driver,
        internal: network.internal === true,
        attachable: raw["Attachable"] === true,
        enableIpv4: typeof raw["EnableIPv4"] === "boolean" ? raw["EnableIPv4"] : undefined,
        enableIpv6: network.enableIpv6 === true,
        options: { ...(isOwnParent(parent) ? {} : { parent }), ...others },
        labels: strings(raw["Labels"]),
        ipamDriver: text(ipam["Driver"]) ?? "default",
        ipamOptions: strings(ipam["Options"]),
        pools: network.ipam ?? [],
        kind: isTemplate ? "template" : isOfSwarm(network.scope, raw) ? "swarm" : "local",
      } as const),
    };
  });
}

/** None, or the dummy link that the engine made for a network without one. */
function isOwnParent(parent: string | undefined): boolean {
  return parent === undefined || parent === "" || /^d[mi]-[0-9a-f]{12}$/.test(parent);
}

function isOfSwarm(scope: string | undefined, raw: Readonly<Record<string, unknown>>): boolean {
  return (scope !== undefined && scope !== "local") || raw["Ingress"] === true;
}

/** `GET /containers/{id}/json`; undefined without an id. */
export function containerDetailsFromEngine(payload: unknown): ContainerDetails | undefined {
  const raw = record(payload);
  const id = text(raw["Id"]);
  if (id === undefined) return undefined;
  const config = record(raw["Config"]);
  const labels = texts(config["Labels"]);
  const networks = record(record(raw["NetworkSettings"])["Networks"]);
  return defined({
    id,
    name: text(raw["Name"])?.replace(/^\//, "") ?? id.slice(0, 12),
    running: record(raw["State"])["Running"] === true,
    image: text(config["Image"]),
    networkMode: text(record(raw["HostConfig"])["NetworkMode"]) ?? "default",
    mac: text(config["MacAddress"])?.toLowerCase(),
    project: labels["com.docker.compose.project"],
    service: labels["com.docker.compose.service"],
    endpoints: Object.keys(networks)
      .sort()
      .map((network) => endpointFromEngine(network, networks[network], id)),
  });
}

function endpointFromEngine(network: string, payload: unknown, container: string): EndpointDetails {
  const raw = record(payload);
  return defined({
    network,
    networkId: text(raw["NetworkID"]),
    settings: settingsFromEngine(raw, container),
    ipv4: text(raw["IPAddress"]),
    ipv6: text(raw["GlobalIPv6Address"]),
    mac: text(raw["MacAddress"])?.toLowerCase(),
    gateway: text(raw["Gateway"]),
  });
}

function settingsFromEngine(
  raw: Readonly<Record<string, unknown>>,
  container: string,
): EndpointSettings {
  const asked = record(raw["IPAMConfig"]);
  const own = container.slice(0, 12);
  const driverOpts = strings(raw["DriverOpts"]);
  const priority = raw["GwPriority"];
  return defined({
    ipv4: text(asked["IPv4Address"]),
    ipv6: text(asked["IPv6Address"]),
    linkLocal: some(textList(asked["LinkLocalIPs"])),
    aliases: some(textList(raw["Aliases"]).filter((alias) => alias !== own)),
    links: some(textList(raw["Links"])),
    driverOpts: Object.keys(driverOpts).length > 0 ? driverOpts : undefined,
    gwPriority: typeof priority === "number" && priority !== 0 ? priority : undefined,
  });
}

/** The properties whose value is a text; a label may be an empty one. */
function strings(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

function textList(value: unknown): string[] {
  return list(value).flatMap((item) => text(item) ?? []);
}

function some<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length > 0 ? items : undefined;
}
