/**
 * Address tables: which pools draw from one table in the engine, and which addresses of it no
 * service can have.
 */
import type { Place } from "../../compose/place";
import { type Address, firstOf, formatPrefix, lastOf } from "../../model/cidr";
import { structuralParts } from "../../model/addressPlan";
import type { NetworkView, PoolView, RuleContext } from "../context";
import { Claims } from "./claims";

/** Why the engine gives an address to nobody. */
export interface Reservation {
  readonly use: "network" | "broadcast" | "gateway" | "hidden-gateway" | "aux";
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
  /** At least one; all of the same subnet. */
  readonly pools: PoolView[];
  readonly reserved: Map<bigint, Reservation>;
  readonly claims: Claims;
}

/** The table of each pool that the engine allocates. */
export function tablesOf(context: RuleContext): Map<PoolView, AddressTable> {
  const tables = new Map<PoolView, AddressTable>();
  const shared = new Map<string, AddressTable>();
  for (const network of context.networks) {
    for (const pool of network.pools) {
      if (!pool.active) continue;
      const subnet = formatPrefix(pool.subnet);
      const known = network.used ? shared.get(subnet) : undefined;
      const joins = known !== undefined && canJoin(known, pool);
      const table = joins ? known : newTable(pool);
      if (joins) table.pools.push(pool);
      else if (network.used && !known) shared.set(subnet, table);
      reserve(table, pool);
      tables.set(pool, table);
    }
  }
  return tables;
}

/**
 * Whether both networks can exist at once: the engine takes a second one of the same subnet only
 * with another ip_range, and never two bridges. Those that exist already have proved it.
 */
function canJoin(table: AddressTable, pool: PoolView): boolean {
  return table.pools.every((other) => {
    const [a, b] = [other.network, pool.network];
    if (a.external && b.external) return true;
    if (a === b || (a.driver === "bridge" && b.driver === "bridge")) return false;
    const [one, two] = [other.range, pool.range];
    return one?.address !== two?.address || one?.length !== two?.length;
  });
}

function newTable(pool: PoolView): AddressTable {
  const { subnet } = pool;
  return {
    first: firstOf(subnet),
    last: lastOf(subnet),
    pools: [pool],
    reserved: new Map(),
    claims: new Claims(),
  };
}

function reserve(table: AddressTable, pool: PoolView): void {
  const { entry } = pool;
  const add = (address: Address | undefined, reservation: Omit<Reservation, "pool">) => {
    if (address?.family !== pool.subnet.family) return;
    if (!table.reserved.has(address.value)) {
      table.reserved.set(address.value, { ...reservation, pool });
    }
  };
  const { family } = pool.subnet;
  for (const { use, range } of structuralParts(pool.subnet)) {
    if (use !== "network" && use !== "broadcast") continue;
    add({ family, value: range.first }, { use, place: entry?.subnet?.place });
  }
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
