/** From where containers without a static address get theirs. */
import type { EngineContainer } from "../../model/attachment";
import { type AddressRange, type Family, rangeOf } from "../../model/cidr";
import type { Conditions, NetworkUse, NetworkView, PoolView } from "../context";
import { isSet } from "./staticAddresses";

/** Who gets dynamic addresses of a network. */
export interface DynamicPeers {
  /** Containers, replicas counted. */
  readonly count: number;
  /** Services of the file, then containers of the engine. */
  readonly names: readonly string[];
}

/**
 * Started services without a static address of the family on the network, and running containers
 * of others that did not ask for theirs.
 */
export function dynamicPeers(
  { foreignContainers }: Conditions,
  { network, attachments }: NetworkUse,
  family: Family,
): DynamicPeers {
  const names: string[] = [];
  let count = 0;
  for (const { service, tie } of attachments) {
    if (isSet(family === 4 ? tie.ipv4 : tie.ipv6)) continue;
    const containers = service.replicas ?? 1;
    if (containers === 0) continue;
    names.push(service.key);
    count += containers;
  }
  for (const container of foreignContainers) {
    if (!isDynamicOn(container, network, family)) continue;
    names.push(container.name);
    count++;
  }
  return { count, names };
}

function isDynamicOn(container: EngineContainer, network: NetworkView, family: Family): boolean {
  return (
    container.running &&
    container.attachments.some(
      (attachment) =>
        attachment.network === network.realName &&
        attachment.static !== true &&
        (family === 4 ? attachment.ipv4 : attachment.ipv6),
    )
  );
}

/**
 * The pool that dynamic addresses of a family come from: the engine fills the first one before it
 * turns to the next (engine: lowest free address).
 */
export function dynamicPool(network: NetworkView, family: Family): PoolView | undefined {
  return network.pools.find((pool) => pool.active && pool.subnet.family === family);
}

/** The ip_range, or the whole subnet. */
export function dynamicRange(pool: PoolView): AddressRange {
  return rangeOf(pool.range ?? pool.subnet);
}

/**
 * The part of the dynamic range that `peers` containers can fill, the engine always taking the
 * lowest free address: up to the last of as many addresses as are neither static nor reserved.
 * A static address in it is lost when the others start first; behind it, none can be.
 */
export function firstFit(
  { tables }: Pick<NetworkUse, "tables">,
  pool: PoolView,
  peers: number,
): AddressRange | undefined {
  const use = tables.get(pool);
  if (!use || peers === 0) return undefined;
  const { table, claims } = use;
  const { family, first, last } = dynamicRange(pool);
  // So many addresses hold enough that nobody has.
  const held = new Uint8Array(peers + claims.size + table.reserved.size);
  const hold = (value: bigint) => {
    const offset = Number(value - first);
    if (offset >= 0 && offset < held.length) held[offset] = 1;
  };
  for (const { address, started } of claims.holders()) if (started) hold(address.value);
  for (const value of table.reserved.keys()) hold(value);
  let left = peers;
  const end = held.findIndex((taken) => taken === 0 && --left === 0);
  const value = first + BigInt(end);
  return { family, first, last: value < last ? value : last };
}
