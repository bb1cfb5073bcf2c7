/** What facts say beside networks and containers, looked up by address and by name. PURE. */
import { type HostRoute, hostRoutes } from "../hostAccess/reach";
import type { PlanPart } from "../model/addressPlan";
import { type Address, type AddressRange, parseAddress, parseRange } from "../model/cidr";
import type { EngineFacts, Facts, Machine } from "../model/facts";
import type { HostInterface, Neighbour } from "../model/hostInterface";
import { lansOf } from "../model/lans";
import type { EngineNetwork } from "../model/network";
import { addressKey, parentOf } from "./tie";

export interface World {
  readonly engine: EngineFacts | undefined;
  readonly machine: Machine | undefined;
  /** Undefined when the interfaces of the engine's host are not known. */
  readonly hosts: ReadonlyMap<string, HostInterface> | undefined;
  readonly routes: readonly HostRoute[] | undefined;
  /** The interface of the host that has the address. */
  readonly hostAddresses: ReadonlyMap<string, string>;
  readonly neighbours: ReadonlyMap<string, readonly Neighbour[]>;
  readonly reserved: ReadonlyMap<string, string>;
  readonly dhcp: readonly AddressRange[];
  /** All of it as parts of a plan of addresses. */
  readonly parts: readonly PlanPart[];
  /** The name of an interface's LAN. */
  readonly lanOfInterface: (name: string) => string;
  /** The name of the LAN that a network is on; one without a parent is one of its own. */
  readonly lanOf: (network: EngineNetwork) => string;
}

export function makeWorld(facts: Facts): World {
  const { engine, machine, interfaces } = facts;
  // Desktop's and a rootless engine's interfaces are others than those that can be read.
  const isElsewhere = engine?.desktop === true || engine?.rootless === true;
  const hosts = isElsewhere ? undefined : interfaces;
  const lanOfInterface = lansOf(hosts);
  const parts: PlanPart[] = [];
  const add = (use: PlanPart["use"], text: string | undefined, label: string): string => {
    const address = text === undefined ? undefined : parseAddress(text.split("/")[0] ?? "");
    if (!address) return "";
    parts.push({ use, range: single(address), label });
    return addressKey(address);
  };
  const hostAddresses = new Map<string, string>();
  for (const { name, kind, addresses, gateway } of interfaces ?? []) {
    for (const address of addresses) {
      const key = add("host", address, name);
      if (kind !== "loopback") hostAddresses.set(key, name);
    }
    add("gateway", gateway, "router");
  }
  const neighbours = new Map<string, Neighbour[]>();
  for (const neighbour of facts.neighbours ?? []) {
    const key = add("neighbour", neighbour.address, neighbour.mac ?? "");
    neighbours.set(key, [...(neighbours.get(key) ?? []), neighbour]);
  }
  const reserved = new Map<string, string>();
  const dhcp: AddressRange[] = [];
  for (const lan of facts.lan ?? []) {
    for (const { address, name } of lan.reserved ?? []) {
      const key = add("reserved", address, name ?? "reserved");
      if (name !== undefined) reserved.set(key, name);
    }
    for (const range of (lan.dhcp ?? []).flatMap((text) => parseRange(text) ?? [])) {
      dhcp.push(range);
      parts.push({ use: "dhcp", range, label: "DHCP" });
    }
  }
  return {
    engine,
    machine,
    hosts: hosts && new Map(hosts.map((host) => [host.name, host])),
    routes: hosts && hostRoutes(hosts),
    hostAddresses,
    neighbours,
    reserved,
    dhcp,
    parts,
    lanOfInterface,
    lanOf: (network) => {
      const parent = parentOf(network);
      return parent === undefined ? `network ${network.id}` : lanOfInterface(parent);
    },
  };
}

export function single({ family, value }: Address): AddressRange {
  return { family, first: value, last: value };
}

export function isInRange({ family, value }: Address, range: AddressRange): boolean {
  return range.family === family && range.first <= value && value <= range.last;
}
