/** Published ports, from the short form to the long one that `docker compose config` prints. */
import { readPorts } from "../compose/ports";
import type { ServiceDeclaration } from "../compose/project";

/** Undefined when the service publishes nothing. */
export function portsJson(ports: ServiceDeclaration["ports"]): object[] | undefined {
  const list = ports.flatMap(({ text, fields }) => (fields ? [longPort(fields)] : shortPort(text)));
  return list.length === 0 ? undefined : list;
}

function longPort(fields: ReadonlyMap<string, string>): object {
  const json: Record<string, unknown> = { mode: fields.get("mode") ?? "ingress" };
  for (const key of ["name", "host_ip", "target", "published", "protocol", "app_protocol"]) {
    const text = fields.get(key);
    // As Compose does, a target of 0 is left out.
    if (text === undefined || text === "" || (key === "target" && Number(text) === 0)) continue;
    json[key] = key === "target" ? Number(text) : text;
  }
  return { ...json, protocol: json["protocol"] ?? "tcp" };
}

function shortPort(text: string): object[] {
  return readPorts(text).ports.map(({ hostIp, published, target, protocol }) => ({
    mode: "ingress",
    ...(hostIp === undefined ? {} : { host_ip: hostIp }),
    target,
    ...(published === undefined ? {} : { published }),
    protocol,
  }));
}
