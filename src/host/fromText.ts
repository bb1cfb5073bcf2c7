/**
 * What hosts without `ip -j` say (busybox, iproute2 before 4.14), in the shape that `ip -j` would have
 * given, so that one reading serves both; pure and tolerant.
 */

type Item = Readonly<Record<string, unknown>>;

/** IFF_UP and IFF_PROMISC of <linux/if.h>. */
const flagUp = 0x1;
const flagPromiscuous = 0x100;
/** ARPHRD_ETHER, ARPHRD_LOOPBACK of <linux/if_arp.h>; what is neither carries no Ethernet. */
const linkTypes: Readonly<Record<string, string>> = { "1": "ether", "772": "loopback" };

/**
 * As `ip -j -d addr`. `devices`: by name the lines `file content` of its folder in /sys/class/net, beside
 * `master NAME`, `virtual yes` and `mode MODE` of a bond. `addr`: `ip -o addr`; `vlans`: /proc/net/vlan/config.
 */
export function linksFromText(
  devices: ReadonlyMap<string, string>,
  addr: string,
  vlans: string,
): Item[] {
  const addresses = addressesFromText(addr);
  const tags = vlansFromText(vlans);
  const all = new Map([...devices].map(([name, lines]) => [name, fieldsOf(lines)]));
  const byIndex = new Map([...all].map(([name, fields]) => [fields.get("ifindex"), name]));
  return [...all].map(([name, fields]) => {
    const flags = Number(fields.get("flags") ?? 0);
    const type = linkTypes[fields.get("type") ?? ""] ?? "none";
    const vlan = tags.get(name);
    const below = fields.get("iflink");
    const isOn = below !== undefined && below !== "0" && below !== fields.get("ifindex");
    return {
      ifname: name,
      link_type: type,
      flags: [
        ...((flags & flagUp) !== 0 ? ["UP"] : []),
        ...(fields.get("carrier") === "0" ? ["NO-CARRIER"] : []),
      ],
      operstate: fields.get("operstate")?.toUpperCase(),
      address: fields.get("address"),
      mtu: Number(fields.get("mtu")) || undefined,
      master: fields.get("master"),
      promiscuity: (flags & flagPromiscuous) !== 0 ? 1 : 0,
      link: vlan?.parent ?? (isOn ? byIndex.get(below) : undefined),
      linkinfo: {
        info_kind: kindOf(fields, type, isOn),
        info_data: { id: vlan?.id ?? idInName(name), mode: fields.get("mode") },
      },
      addr_info: addresses.get(name) ?? [],
    };
  });
}

function fieldsOf(lines: string): Map<string, string> {
  return new Map(
    lines.split("\n").flatMap((line) => {
      const end = line.indexOf(" ");
      return end < 0 ? [] : [[line.slice(0, end), line.slice(end + 1).trim()] as const];
    }),
  );
}

/** As the kernel names kinds; undefined for a network card. */
function kindOf(fields: ReadonlyMap<string, string>, type: string, isOn: boolean) {
  const device = fields.get("DEVTYPE");
  if (device !== undefined && device !== "wlan") return device;
  if (type !== "ether" || fields.get("virtual") !== "yes") return undefined;
  // A veth pair's end has no type of its own, and is linked to the other end, which is elsewhere.
  return isOn ? "veth" : "dummy";
}

/** Its name tells where /proc/net/vlan does not: only root may read that. */
function idInName(name: string): number | undefined {
  const id = /\.(\d+)$/.exec(name)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** Lines `eth0.20 | 20 | eth0` behind a head. */
function vlansFromText(
  text: string,
): Map<string, { readonly id: number; readonly parent: string }> {
  return new Map(
    text.split("\n").flatMap((line) => {
      const [name = "", id = "", parent = ""] = line.split("|").map((word) => word.trim());
      return /^\d+$/.test(id) && parent !== "" ? [[name, { id: Number(id), parent }] as const] : [];
    }),
  );
}

/** Lines `2: eth0    inet 192.168.1.5/24 brd ...`. */
function addressesFromText(text: string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const line of text.split("\n")) {
    const [, name = "", address, length] =
      /^\d+: ([^\s@:]+)\S*\s+inet6? ([0-9a-fA-F.:]+)(?: peer [0-9a-fA-F.:]+)?\/(\d+)/.exec(line) ??
      [];
    if (address === undefined) continue;
    const item = { local: address, prefixlen: Number(length) };
    found.set(name, [...(found.get(name) ?? []), item]);
  }
  return found;
}

/** As `ip -j route`: lines `192.168.1.0/24 dev eth0 scope link`; hops of a line follow behind `nexthop`. */
export function routesFromText(text: string): Item[] {
  const lines = text.replaceAll(/\\?\n?\s+nexthop /g, " nexthop ").split("\n");
  return lines.flatMap((line) => {
    const [head = "", ...hops] = line.trim().split(" nexthop ");
    const words = head.split(/\s+/);
    const type =
      /^[a-z]+$/.test(words[0] ?? "") && words[0] !== "default" ? words.shift() : undefined;
    const [target, ...rest] = words;
    if (target === undefined || target === "") return [];
    const route = { dst: target, ...(type !== undefined && { type }) };
    if (hops.length === 0) return [{ ...route, ...wayOf(rest) }];
    return [{ ...route, ...wayOf(rest), nexthops: hops.map((hop) => wayOf(hop.split(/\s+/))) }];
  });
}

function wayOf(words: readonly string[]): Item {
  const after = (word: string) => {
    const at = words.indexOf(word);
    return at < 0 ? undefined : words[at + 1];
  };
  const [via, dev, metric] = [after("via"), after("dev"), after("metric")];
  return {
    ...(via !== undefined && { gateway: via }),
    ...(dev !== undefined && { dev }),
    ...(metric !== undefined && { metric: Number(metric) }),
  };
}

/**
 * As `ip -j -s neigh`: lines `192.168.1.7 dev eth0 lladdr 00:11:32:aa:bb:cc STALE`. How old an answer is
 * is not said, so one that was not confirmed lately counts as old.
 */
export function neighboursFromText(text: string): Item[] {
  return text.split("\n").flatMap((line) => {
    const [, dst, dev, lladdr] = /^(\S+) dev (\S+).*? lladdr (\S+)/.exec(line) ?? [];
    const state = line.trim().split(/\s+/).at(-1) ?? "";
    return dst === undefined
      ? []
      : [{ dst, dev, lladdr, state: [state], confirmed: Number.MAX_SAFE_INTEGER }];
  });
}
