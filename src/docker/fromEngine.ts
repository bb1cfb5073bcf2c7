/**
 * Answers of the engine, as model values. Tolerant: versions 20.10 (API 1.41) to 29 (1.52 and later)
 * differ in what they leave out or leave empty, and what cannot be read is left out here too.
 */
import type { EngineEvent, EngineInfo } from "./engineClient";
import { defined, list, record, text } from "../model/json";
import { hostReaderLabel } from "./hostContainer";

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
