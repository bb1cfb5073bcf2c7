/**
 * Answers of the engine, as model values. Tolerant: versions 20.10 (API 1.41) to 29 (1.52 and later)
 * differ in what they leave out or leave empty, and what cannot be read is left out here too.
 */
import { type EngineNetwork, type IpamPool, isLanDriver, modeOption } from "../model/network";
import type { EngineEvent, EngineInfo } from "./engineClient";
import { defined, keepSame, list, record, text, texts } from "../model/json";
import type { Known } from "./containersFromEngine";
import { hostReaderLabel } from "./hostContainer";

/** `GET /networks`, in the engine's order, which changes from call to call. */
export function networksFromEngine(
  payload: unknown,
  known?: Known<EngineNetwork>,
): EngineNetwork[] {
  return list(payload).flatMap((item) => {
    const network = networkFromEngine(item);
    return network ? keepSame(known?.get(network.id), network) : [];
  });
}

/** One element of `GET /networks`; undefined without an id and a name. */
export function networkFromEngine(payload: unknown): EngineNetwork | undefined {
  const item = record(payload);
  const [id, name] = [text(item["Id"]), text(item["Name"])];
  if (id === undefined || name === undefined) return undefined;
  const driver = text(item["Driver"]) ?? "";
  const options = texts(item["Options"]);
  const labels = record(item["Labels"]);
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
    project: text(labels["com.docker.compose.project"]),
    composeKey: text(labels["com.docker.compose.network"]),
    configHash: text(labels["com.docker.compose.config-hash"]),
    scope: text(item["Scope"]),
    configOnly: item["ConfigOnly"] === true ? true : undefined,
    configFrom: text(record(item["ConfigFrom"])["Network"]),
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

/**
 * One line of `GET /events`; undefined for what is neither of a container nor of a network, and for what
 * changes nothing here: containers on the host's own network, and our own that read the host.
 */
export function eventFromEngine(payload: unknown): EngineEvent | undefined {
  const item = record(payload);
  const type = eventType(item["Type"]);
  const action = text(item["Action"]);
  const actor = record(item["Actor"]);
  const id = text(actor["ID"]);
  if (type === undefined || action === undefined || id === undefined) return undefined;
  const attributes = record(actor["Attributes"]);
  // `type` of a network is its driver.
  const isOfHost = type === "network" && attributes["type"] === "host";
  if (isOfHost || hostReaderLabel in attributes) return undefined;
  return defined({
    type,
    action,
    id,
    name: text(attributes["name"]),
    container: type === "network" ? text(attributes["container"]) : undefined,
  });
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
