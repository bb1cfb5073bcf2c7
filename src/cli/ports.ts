/** Published ports, from the short form to the long one that `docker compose config` prints. */
import type { ServiceDeclaration } from "../compose/project";

interface PortJson {
  readonly mode: "ingress";
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
}

/** Undefined when the service publishes nothing. */
export function portsJson(ports: ServiceDeclaration["ports"]): object[] | undefined {
  const list = ports.flatMap(({ text, fields }) => (fields ? [longPort(fields)] : shortPort(text)));
  return list.length === 0 ? undefined : list;
}

function longPort(fields: ReadonlyMap<string, string>): object {
  const json: Record<string, unknown> = { mode: fields.get("mode") ?? "ingress" };
  for (const key of ["name", "host_ip", "target", "published", "protocol", "app_protocol"]) {
    const text = fields.get(key);
    if (text !== undefined && text !== "") json[key] = key === "target" ? Number(text) : text;
  }
  return { ...json, protocol: json["protocol"] ?? "tcp" };
}

/**
 * `[[host_ip:][published]:]target[/protocol]`; a range gives one entry for each port (docker/go-connections
 * nat.ParsePortSpec). A text that is none of this gives nothing.
 */
function shortPort(text: string): PortJson[] {
  const match =
    /^(?:(?:(\[[0-9a-fA-F:.]+\]|[^:]*):)?([0-9]*(?:-[0-9]+)?):)?([0-9]+)(?:-([0-9]+))?(?:\/([a-zA-Z]+))?$/.exec(
      text,
    );
  if (!match) return [];
  const [, hostIp = "", published = "", first = "", last = first, protocol = "tcp"] = match;
  const start = Number(first);
  const count = Number(last) - start + 1;
  if (count < 1 || count > 65536) return [];
  const [publishedFirst = "", publishedLast = publishedFirst] = published.split("-");
  const aligned = Number(publishedLast) - Number(publishedFirst) + 1 === count;
  const address = hostIp.replace(/^\[|\]$/g, "");
  return Array.from({ length: count }, (_, index) => {
    const own = count > 1 && aligned ? String(Number(publishedFirst) + index) : published;
    return {
      mode: "ingress",
      ...(address === "" ? {} : { host_ip: address }),
      target: start + index,
      ...(published === "" ? {} : { published: own }),
      protocol: protocol.toLowerCase(),
    };
  });
}
