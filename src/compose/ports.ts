/** Published ports in their short form. */

export interface Port {
  readonly hostIp: string | undefined;
  readonly published: string | undefined;
  readonly target: number;
  readonly protocol: string;
}

/**
 * `[[host_ip:][published]:]target[/protocol]`; a range gives one entry for each port (docker/go-connections
 * nat.ParsePortSpec). A text that is none of this gives nothing.
 */
export function parsePorts(text: string): Port[] {
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
      hostIp: address === "" ? undefined : address,
      published: published === "" ? undefined : own,
      target: start + index,
      protocol: protocol.toLowerCase(),
    };
  });
}
