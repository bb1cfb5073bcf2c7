/** Published ports in their short form, as docker/go-connections reads them (nat.ParsePortSpec). */
import { parseAddress } from "../model/cidr";

export interface Port {
  readonly hostIp: string | undefined;
  readonly published: string | undefined;
  readonly target: number;
  readonly protocol: string;
}

export interface PortReading {
  readonly ports: readonly Port[];
  /** Why Compose refuses the text, in its words. */
  readonly error?: string;
}

/** `[[host_ip:][published]:]target[/protocol]`; a range gives one entry for each port. */
export function readPorts(text: string): PortReading {
  const parts = text.split(":");
  const { target, protocol } = targetOf(parts.pop() ?? "");
  const published = parts.pop() ?? "";
  const rawAddress = parts.join(":");
  const hostIp = rawAddress.replace(/^\[(.*)\]$/, "$1");
  if (hostIp === rawAddress && hostIp.includes(":")) {
    const words = `address ${rawAddress}:: too many colons in address`;
    return { ports: [], error: `Invalid ip address ${rawAddress}: ${words}` };
  }
  if (hostIp !== "" && !parseAddress(hostIp)) return refused(`Invalid ip address: ${hostIp}`);
  if (target === "") return refused(`No port specified: ${text}<empty>`);
  const inside = portRange(target);
  if (!inside) return refused(`Invalid containerPort: ${target}`);
  const outside = published === "" ? undefined : portRange(published);
  if (published !== "" && !outside) return refused(`Invalid hostPort: ${published}`);
  const count = inside.last - inside.first + 1;
  const aligned = outside && outside.last - outside.first + 1 === count;
  if (outside && !aligned && count > 1) {
    return refused(
      `Invalid ranges specified for container and host Ports: ${target} and ${published}`,
    );
  }
  if (!["tcp", "udp", "sctp"].includes(protocol.toLowerCase())) {
    return refused(`Invalid proto: ${protocol}`);
  }
  const ports = Array.from({ length: count }, (_, index) => ({
    hostIp: hostIp === "" ? undefined : hostIp,
    published: publishedAt(outside, aligned === true, index),
    target: inside.first + index,
    protocol: protocol.toLowerCase(),
  }));
  return { ports };
}

/**
 * Why Compose refuses a text whatever its variables are: the ports behind the last of them are written out.
 * `text` is as in the file.
 */
export function faultOfWrittenPorts(text: string): string | undefined {
  const behind = /^.*\$(?:\{[^{}]*\}|[A-Za-z_][A-Za-z0-9_]*)([^$}]*)$/s.exec(text)?.[1];
  // What stands before the first colon belongs to the variable.
  const ports = behind?.split(":").slice(1).slice(-2) ?? [];
  if (ports.length === 0) return undefined;
  const { error } = readPorts(ports.join(":"));
  return error !== undefined && /^Invalid (?:hostPort|containerPort|proto|ranges)/.test(error)
    ? error
    : undefined;
}

interface PortRange {
  readonly first: number;
  readonly last: number;
}

function refused(error: string): PortReading {
  return { ports: [], error };
}

/** `target/protocol` */
function targetOf(text: string): { target: string; protocol: string } {
  const [target = "", protocol = ""] = text.split("/");
  return { target, protocol: protocol === "" ? "tcp" : protocol };
}

/** `port` or `first-last`, each below 65536. */
function portRange(text: string): PortRange | undefined {
  const [first = "", last = first] = text.split("-");
  if (![first, last].every((part) => /^[0-9]+$/.test(part) && Number(part) < 65536)) {
    return undefined;
  }
  const range = { first: Number(first), last: Number(last) };
  return range.last < range.first ? undefined : range;
}

function publishedAt(
  range: PortRange | undefined,
  aligned: boolean,
  index: number,
): string | undefined {
  if (!range) return undefined;
  // One port inside may be any of several outside.
  return aligned ? String(range.first + index) : `${range.first}-${range.last}`;
}
