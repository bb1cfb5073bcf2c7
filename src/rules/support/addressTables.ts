/**
 * Address tables: which pools draw from one table in the engine, and which addresses of it no
 * service can have.
 */
import type { Place } from "../../compose/place";
import { type Address, firstOf, formatPrefix, lastOf } from "../../model/cidr";
import { structuralParts } from "../../model/addressPlan";
import type { NetworkView, PoolView } from "../context";

/** Why the engine gives an address to nobody. */
export interface Reservation {
  readonly use: "network" | "broadcast" | "missing" | "gateway" | "hidden-gateway" | "aux";
  readonly pool: PoolView;
  /** Name of an auxiliary address. */
  readonly name?: string;
  /** What in the file makes it so. */
  readonly place: Place | undefined;
}

/**
 * The engine keeps one table for each subnet, whichever networks use it (moby defaultipam
 * addrSpace.subnets), so an address is given once among all of them.
 */
export interface AddressTable {
  readonly first: bigint;
  readonly last: bigint;
  /** All of the same subnet; none of a table that hidden pools have, of which nothing else is known. */
  readonly pools: readonly PoolView[];
  readonly reserved: ReadonlyMap<bigint, Reservation>;
}

/**
 * The table of each pool that the engine allocates. A table of `before` is kept where the same pools
 * draw from it.
 */
export function tablesOf(
  networks: readonly NetworkView[],
  before?: ReadonlyMap<PoolView, AddressTable>,
): Map<PoolView, AddressTable> {
  const tables = new Map<PoolView, AddressTable>();
  for (const pools of sharedPools(networks)) {
    const [first] = pools;
    const old = first && before?.get(first);
    const table = old && isSameList(old.pools, pools) ? old : makeTable(pools);
    for (const pool of pools) tables.set(pool, table);
  }
  return tables;
}

/** Pools by the table that they draw from, in the order of the file. */
function sharedPools(networks: readonly NetworkView[]): Iterable<readonly PoolView[]> {
  const groups: PoolView[][] = [];
  const shared = new Map<string, PoolView[]>();
  for (const network of networks) {
    for (const pool of network.pools) {
      if (!pool.active) continue;
      const subnet = network.used ? formatPrefix(pool.subnet) : "";
      const known = shared.get(subnet);
      if (known && canJoin(known, pool)) {
        known.push(pool);
        continue;
      }
      const group = [pool];
      groups.push(group);
      if (network.used && !known) shared.set(subnet, group);
    }
  }
  return groups;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/**
 * Whether both networks can exist at once: the engine takes a second one of the same subnet only
 * with another ip_range, and never two bridges. Those that exist already have proved it.
 */
function canJoin(pools: readonly PoolView[], pool: PoolView): boolean {
  return pools.every((other) => {
    const [a, b] = [other.network, pool.network];
    if (a.external && b.external) return true;
    if (a === b || (a.driver === "bridge" && b.driver === "bridge")) return false;
    const [one, two] = [other.range, pool.range];
    return one?.address !== two?.address || one?.length !== two?.length;
  });
}

function makeTable(pools: readonly PoolView[]): AddressTable {
  const reserved = new Map<bigint, Reservation>();
  for (const pool of pools) reserve(reserved, pool);
  const subnet = pools[0]?.subnet;
  return {
    first: subnet ? firstOf(subnet) : 0n,
    last: subnet ? lastOf(subnet) : -1n,
    pools,
    reserved,
  };
}

/** A table for addresses that may be in a hidden pool. */
export function hiddenTable(): AddressTable {
  return makeTable([]);
}

function reserve(reserved: Map<bigint, Reservation>, pool: PoolView): void {
  const { entry } = pool;
  const add = (address: Address | undefined, reservation: Omit<Reservation, "pool">) => {
    if (address?.family !== pool.subnet.family) return;
    if (!reserved.has(address.value)) reserved.set(address.value, { ...reservation, pool });
  };
  const { family } = pool.subnet;
  for (const { use, range } of structuralParts(pool.subnet)) {
    if (use !== "network" && use !== "broadcast") continue;
    add({ family, value: range.first }, { use, place: entry?.subnet?.place });
  }
  add(pool.missing, { use: "missing", place: entry?.subnet?.place });
  add(pool.gateway, { use: "gateway", place: entry?.gateway?.place });
  add(pool.hiddenGateway, { use: "hidden-gateway", place: entry?.subnet?.place });
  for (const { name, address, value } of pool.aux) {
    add(address, { use: "aux", name, place: value?.place });
  }
}

/** Networks that are one in the engine have one name there. */
export function networkIdentity(network: NetworkView): string {
  return network.realName ?? `key ${network.key}`;
}
