/** Whether what the host saw on a LAN is another machine; the tree and the rules ask here. PURE. */
import type { HostInterface, Neighbour } from "./hostInterface";
import { formatMac, parseMac } from "./mac";

/** The LANs of the engine's host. */
export interface HostLans {
  /** The name of an interface's LAN. */
  readonly lanOfInterface: (name: string) => string;
  /** By name; undefined when they are not known. */
  readonly hosts: ReadonlyMap<string, HostInterface> | undefined;
}

/**
 * Whether an entry of the neighbour table is another machine on the LAN of `parent`, on any LAN without
 * one. An old answer is none: machines go, and their entries stay. The host sees none of its own containers
 * over their parent. Over a macvlan device of its own it does, and there a made-up MAC may be one that a
 * container had before. `own`: MACs of containers, as `plainMac` writes them.
 */
export function isOtherMachine(
  { mac, old, interface: name }: Neighbour,
  parent: string | undefined,
  own: ReadonlySet<string>,
  { lanOfInterface, hosts }: HostLans,
): boolean {
  if (mac === undefined || old === true || own.has(plainMac(mac))) return false;
  if (name === undefined) return isFactoryMac(mac);
  if (parent !== undefined && lanOfInterface(name) !== lanOfInterface(parent)) return false;
  return hosts?.get(name)?.kind === "macvlan" ? isFactoryMac(mac) : true;
}

/** The same text for every spelling of a MAC. */
export function plainMac(text: string): string {
  const mac = parseMac(text);
  return mac ? formatMac(mac) : text;
}

/** Given by a maker: the bit for locally administered addresses is not set. */
function isFactoryMac(mac: string): boolean {
  const byte = parseMac(mac)?.[0];
  return byte !== undefined && (byte & 2) === 0;
}
