/**
 * What /proc/net says of routes, addresses and neighbours, where no `ip` speaks JSON. Numbers of IPv4 stand
 * there in the host's byte order, which is taken for little-endian. PURE.
 */
import type { Neighbour } from "../model/hostInterface";
import { formatAddress, parseAddress, parsePrefix, rangeOf } from "../model/cidr";
import { isLinkLocal } from "./fromIp";

/** A route in the words of `ip -j route`. */
export interface Route {
  readonly dst: string;
  readonly dev: string;
  readonly gateway?: string;
  readonly metric: number;
}

/** RTF_ flags of <linux/route.h> and <linux/ipv6_route.h>. */
const flagUp = 0x1;
const flagGateway = 0x2;
const flagReject = 0x200;
const flagAnycast = 0x00100000;
const flagLocal = 0x80000000;

/** Of /proc/net/route: the main table of IPv4. */
export function routesFromProc(content: string): Route[] {
  return rowsOf(content, 1).flatMap(([dev, target, gateway, flagText, , , metric, mask]) => {
    const flags = Number.parseInt(flagText ?? "", 16);
    if (dev === undefined || target === undefined || mask === undefined) return [];
    if ((flags & flagUp) === 0 || (flags & flagReject) !== 0) return [];
    const length = bitsOf(mask);
    return {
      dst: length === 0 ? "default" : `${ipv4Of(target)}/${length}`,
      dev,
      ...((flags & flagGateway) !== 0 && { gateway: ipv4Of(gateway ?? "") }),
      metric: Number(metric),
    };
  });
}

/** Of /proc/net/ipv6_route, without routes to the host itself and to multicast. */
export function routes6FromProc(content: string): Route[] {
  return rowsOf(content).flatMap((row) => {
    const [target, lengthText, , , gateway, metric, , , flagText, dev] = row;
    const flags = Number.parseInt(flagText ?? "", 16);
    if (dev === undefined || target === undefined || target.startsWith("ff")) return [];
    if ((flags & flagUp) === 0) return [];
    if ((flags & (flagReject | flagAnycast | flagLocal)) !== 0) return [];
    const length = Number.parseInt(lengthText ?? "", 16);
    return {
      dst: length === 0 ? "default" : `${ipv6Of(target)}/${length}`,
      dev,
      ...((flags & flagGateway) !== 0 && { gateway: ipv6Of(gateway ?? "") }),
      metric: Number.parseInt(metric ?? "", 16),
    };
  });
}

/** Addresses with prefix length, by interface. */
export type AddressTable = ReadonlyMap<string, readonly string[]>;

/** Of `ip -o addr`, which every `ip` has; undefined where that said nothing. The length follows a peer, if any. */
export function addressesFromLines(content: string): AddressTable | undefined {
  const table = new Map<string, string[]>();
  for (const line of content.split("\n")) {
    const [, name, address, length] =
      /^\d+: (\S+)\s+inet6? ([0-9a-f.:]+)(?: peer [0-9a-f.:]+)?\/(\d+)/i.exec(line) ?? [];
    if (name !== undefined && address !== undefined) add(table, name, `${address}/${length}`);
  }
  return table.size === 0 ? undefined : table;
}

/**
 * Of /proc/net/fib_trie and /proc/net/if_inet6. The first names the host's own addresses of IPv4 without
 * their interface: that is the one whose connected route, of `routes`, is the closest around the address.
 */
export function addressesFromProc(
  trie: string,
  inet6: string,
  routes: readonly Route[],
): AddressTable {
  const table = new Map<string, string[]>();
  const connected = routes.flatMap(({ dst, dev, gateway, metric }) => {
    const prefix = gateway === undefined && dst !== "default" ? parsePrefix(dst) : undefined;
    return prefix ? [{ range: rangeOf(prefix), length: prefix.length, dev, metric }] : [];
  });
  connected.sort((a, b) => b.length - a.length || a.metric - b.metric);
  for (const text of new Set(localAddresses(trie))) {
    const address = parseAddress(text);
    if (!address) continue;
    const { value } = address;
    const route = connected.find(({ range }) => range.first <= value && value <= range.last);
    if (route) add(table, route.dev, `${text}/${route.length}`);
    else if (text.startsWith("127.")) add(table, "lo", `${text}/8`);
  }
  for (const [address, , length, , , name] of rowsOf(inet6)) {
    if (address === undefined || name === undefined) continue;
    add(table, name, `${ipv6Of(address)}/${Number.parseInt(length ?? "", 16)}`);
  }
  return table;
}

/**
 * Of /proc/net/arp: addresses that answered. It does not say when, and keeps unused entries for ever: each
 * counts as old, so that no machine that has gone is taken for one that answers.
 */
export function neighboursFromArp(content: string): Neighbour[] {
  return rowsOf(content, 1).flatMap(([address, , flags, mac, , name]) => {
    // ATF_COM of <linux/if_arp.h>: the address was found out.
    const isKnown = (Number(flags ?? 0) & 0x2) !== 0;
    if (!isKnown || address === undefined || mac === undefined || name === undefined) return [];
    return { address, mac, interface: name, old: true };
  });
}

/** In the trie an address stands above the line that says what it is. */
function localAddresses(trie: string): string[] {
  return [...trie.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map(
    ([, address]) => address ?? "",
  );
}

function add(table: Map<string, string[]>, name: string, address: string): void {
  if (isLinkLocal(address)) return;
  const found = table.get(name);
  if (found) found.push(address);
  else table.set(name, [address]);
}

function rowsOf(content: string, header = 0): string[][] {
  return content
    .split("\n")
    .slice(header)
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/\s+/));
}

/** `0132A8C0` is 192.168.50.1. */
function ipv4Of(hex: string): string {
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join(".");
}

function ipv6Of(hex: string): string {
  const address = parseAddress((hex.match(/.{4}/g) ?? []).join(":"));
  return address ? formatAddress(address) : "";
}

function bitsOf(hex: string): number {
  return Number.parseInt(hex, 16).toString(2).replaceAll("0", "").length;
}
