/**
 * Whether the engine's host reaches addresses of a macvlan or ipvlan network, by the way that its kernel
 * takes: the longest prefix among the routes without a router. Over the network's own parent nothing
 * arrives; over a macvlan or ipvlan device on that parent it does, and over a router as well.
 */
import { type Address, type Prefix, canonicalPrefix, containsAddress } from "../model/cidr";
import { parseAddress, parsePrefix } from "../model/cidr";
import type { HostInterface } from "../model/hostInterface";
import type { EngineNetwork } from "../model/network";

export type HostReach =
  /** The routes are not known, or which of several is taken; or nothing asks for one. */
  | { readonly kind: "unknown" }
  /** `device`: a macvlan or ipvlan device of the host; absent where a router does it. */
  | { readonly kind: "reached"; readonly device: string | undefined }
  /** The way leads over the parent. `device`: the way to some of the addresses. */
  | {
      readonly kind: "cutOff";
      readonly addresses: readonly Address[];
      readonly device: string | undefined;
    };

/** One route of the host that needs no router. */
export interface HostRoute {
  readonly prefix: Prefix;
  readonly via: HostInterface;
}

/** Routes without a router, of interfaces that are up; undefined where routes are not known. */
export function hostRoutes(
  interfaces: readonly HostInterface[] | undefined,
): readonly HostRoute[] | undefined {
  if (!interfaces?.some(({ routes }) => routes !== undefined)) return undefined;
  return interfaces.flatMap((via) =>
    via.up
      ? (via.routes ?? []).flatMap((text) => {
          const prefix = prefixOf(text);
          return prefix ? [{ prefix, via }] : [];
        })
      : [],
  );
}

/**
 * `addresses`: of the network's running containers. Only of networks whose driver keeps host and
 * containers apart and lets a device of the host in: macvlan in bridge mode, ipvlan in l2 mode.
 */
export function hostReach(
  { driver, mode, parent }: EngineNetwork,
  addresses: readonly Address[],
  routes: readonly HostRoute[] | undefined,
): HostReach {
  const isApart = driver === "macvlan" ? (mode ?? "bridge") === "bridge" : (mode ?? "l2") === "l2";
  if (!routes || !parent || !isApart || addresses.length === 0) return { kind: "unknown" };
  const lost: Address[] = [];
  let device: string | undefined;
  for (const address of addresses) {
    const ways = waysTo(address, routes);
    if (ways.length > 0 && ways.every(({ name }) => name === parent)) lost.push(address);
    else device ??= ways.find(({ kind }) => kind === "macvlan")?.name;
  }
  return lost.length > 0
    ? { kind: "cutOff", addresses: lost, device }
    : { kind: "reached", device };
}

/** The interfaces with the longest prefix that holds the address. */
function waysTo(address: Address, routes: readonly HostRoute[]): HostInterface[] {
  let longest = -1;
  let ways: HostInterface[] = [];
  for (const { prefix, via } of routes) {
    if (prefix.length < longest || !containsAddress(prefix, address)) continue;
    if (prefix.length > longest) ways = [];
    longest = prefix.length;
    ways.push(via);
  }
  return ways;
}

/** `ip` writes a route to one address without a length. */
function prefixOf(text: string): Prefix | undefined {
  const prefix = parsePrefix(text);
  if (prefix) return canonicalPrefix(prefix);
  const address = parseAddress(text);
  return (
    address && {
      family: address.family,
      address: address.value,
      length: address.family === 4 ? 32 : 128,
    }
  );
}
