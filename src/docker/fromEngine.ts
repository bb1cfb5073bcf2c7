/**
 * Answers of the engine, as model values. Tolerant: versions 20.10 (API 1.41) to 29 (1.52 and later)
 * differ in what they leave out or leave empty, and what cannot be read is left out here too.
 */
import type { Attachment, EngineContainer } from "../model/attachment";
import { type EngineNetwork, type IpamPool, isLanDriver, modeOption } from "../model/network";
import type { EngineEvent, EngineInfo } from "./engineClient";
import { defined, list, record, text, texts } from "../model/json";

/** `GET /networks`, in the order of names: the engine's own order changes from call to call. */
export function networksFromEngine(payload: unknown): EngineNetwork[] {
  return list(payload)
    .flatMap((item) => networkFromEngine(item) ?? [])
    .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

/** `GET /containers/json?all=1`, in the order of names. */
export function containersFromEngine(payload: unknown): EngineContainer[] {
  return list(payload)
    .flatMap((item) => containerFromEngine(item) ?? [])
    .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

/** One element of `GET /networks`; undefined without an id and a name. */
export function networkFromEngine(payload: unknown): EngineNetwork | undefined {
  const item = record(payload);
  const [id, name] = [text(item["Id"]), text(item["Name"])];
  if (id === undefined || name === undefined) return undefined;
  const driver = text(item["Driver"]) ?? "";
  const options = texts(item["Options"]);
  const labels = texts(item["Labels"]);
  const pools = record(item["IPAM"])["Config"];
  return defined({
    id,
    name,
    driver,
    parent: options["parent"],
    mode: isLanDriver(driver) ? options[modeOption(driver)] : undefined,
    internal: flag(item["Internal"]),
    enableIpv6: flag(item["EnableIPv6"]),
    ipam: list(pools).map(poolFromEngine),
    project: labels["com.docker.compose.project"],
    composeKey: labels["com.docker.compose.network"],
    scope: text(item["Scope"]),
    configOnly: item["ConfigOnly"] === true ? true : undefined,
  });
}

function poolFromEngine(payload: unknown): IpamPool {
  const item = record(payload);
  const aux = texts(item["AuxiliaryAddresses"]);
  return defined({
    subnet: text(item["Subnet"]),
    ipRange: text(item["IPRange"]),
    gateway: text(item["Gateway"]),
    aux: Object.keys(aux).length > 0 ? aux : undefined,
  });
}

/** One element of `GET /containers/json`; undefined without an id. */
export function containerFromEngine(payload: unknown): EngineContainer | undefined {
  const item = record(payload);
  const id = text(item["Id"]);
  if (id === undefined) return undefined;
  const state = text(item["State"]);
  const labels = texts(item["Labels"]);
  const networks = record(record(item["NetworkSettings"])["Networks"]);
  return defined({
    id,
    name: containerName(item["Names"]) ?? id.slice(0, 12),
    // A paused container keeps its interfaces; `restarting` counts as running for the engine too.
    running: state === "running" || state === "paused" || state === "restarting",
    state,
    image: text(item["Image"]),
    project: labels["com.docker.compose.project"],
    service: labels["com.docker.compose.service"],
    attachments: Object.entries(networks)
      .map(([network, endpoint]) => attachmentFromEngine(network, endpoint))
      .sort((a, b) => compare(a.network, b.network)),
  });
}

/** `/name`; a legacy link adds names such as `/other/alias`. */
function containerName(payload: unknown): string | undefined {
  const names = list(payload).flatMap((name) => text(name) ?? []);
  const own = names.find((name) => !name.slice(1).includes("/")) ?? names[0];
  return own?.replace(/^\//, "");
}

/**
 * A stopped container has no addresses, only what it asked for: IPAMConfig. Some versions leave
 * IPAMConfig away (null), some give `{}` when nothing was asked for.
 */
function attachmentFromEngine(network: string, payload: unknown): Attachment {
  const item = record(payload);
  const asked = record(item["IPAMConfig"]);
  const [claimed4, claimed6] = [text(asked["IPv4Address"]), text(asked["IPv6Address"])];
  return defined({
    network,
    ipv4: text(item["IPAddress"]) ?? claimed4,
    ipv6: text(item["GlobalIPv6Address"]) ?? claimed6,
    mac: text(item["MacAddress"])?.toLowerCase(),
    static: claimed4 !== undefined || claimed6 !== undefined ? true : undefined,
  });
}

/** One line of `GET /events`; undefined for what is neither of a container nor of a network. */
export function eventFromEngine(payload: unknown): EngineEvent | undefined {
  const item = record(payload);
  const type = eventType(item["Type"]);
  const action = text(item["Action"]);
  const actor = record(item["Actor"]);
  const id = text(actor["ID"]);
  if (type === undefined || action === undefined || id === undefined) return undefined;
  return defined({ type, action, id, name: texts(actor["Attributes"])["name"] });
}

function eventType(value: unknown): EngineEvent["type"] | undefined {
  return value === "container" || value === "network" ? value : undefined;
}

/** `GET /version` and `GET /info` together. */
export function infoFromEngine(version: unknown, info: unknown): EngineInfo {
  const [about, host] = [record(version), record(info)];
  const operatingSystem = text(host["OperatingSystem"]) ?? "";
  const platform = text(record(about["Platform"])["Name"]) ?? "";
  return {
    version: text(about["Version"]) ?? text(host["ServerVersion"]) ?? "",
    apiVersion: text(about["ApiVersion"]) ?? "",
    os: text(about["Os"]) ?? text(host["OSType"]) ?? "",
    operatingSystem,
    kernel: text(about["KernelVersion"]) ?? text(host["KernelVersion"]) ?? "",
    hostName: text(host["Name"]) ?? "",
    rootless: list(host["SecurityOptions"]).some((option) =>
      /^name=rootless\b/.test(String(option)),
    ),
    desktop: operatingSystem.startsWith("Docker Desktop") || platform.startsWith("Docker Desktop"),
  };
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
