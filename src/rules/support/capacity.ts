/** How many containers a network has to serve, and how many addresses it has for them. */
import { structuralParts } from "../../model/addressPlan";
import {
  type Address,
  type Family,
  type Prefix,
  containsAddress,
  prefixSize,
} from "../../model/cidr";
import type { AttachmentView, NetworkView, PoolView } from "../context";

/** Containers that Compose would start on a network; services of unknown scale do not count. */
export function containersOn(attachments: readonly AttachmentView[]): number {
  return attachments.reduce((sum, { service }) => sum + (service.replicas ?? 0), 0);
}

/** Addresses of the pool's subnet that a container can have. */
export function usableAddresses(pool: PoolView): bigint {
  const held = new Set<bigint>();
  const hold = (address: Address | undefined) => {
    if (address && containsAddress(pool.subnet, address)) held.add(address.value);
  };
  for (const value of structuralAddresses(pool.subnet)) held.add(value);
  hold(pool.gateway);
  hold(pool.hiddenGateway);
  for (const { address } of pool.aux) hold(address);
  return prefixSize(pool.subnet) - BigInt(held.size);
}

/** Network and broadcast address. */
export function structuralAddresses(subnet: Prefix): bigint[] {
  return structuralParts(subnet).map(({ range }) => range.first);
}

/** The pools of a family that the engine allocates, if all that the network has are known. */
export function knownPools(network: NetworkView, family: Family): readonly PoolView[] {
  if (!network.poolsKnown || network.external) return [];
  if (family === 4 && network.ipv4 !== true) return [];
  return network.pools.filter(({ active, subnet }) => active && subnet.family === family);
}

/** Whether all subnets of a family together are too small for the network's containers. */
export function isTooSmall(pools: readonly PoolView[], containers: number): boolean {
  return pools.reduce((sum, pool) => sum + usableAddresses(pool), 0n) < BigInt(containers);
}
