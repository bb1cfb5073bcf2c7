/** The static addresses of a project's services, and what the engine will say to each. */
import type { ServiceDeclaration, ServiceNetwork } from "../../compose/project";
import type { Value } from "../../compose/value";
import type { Address, Family } from "../../model/cidr";
import type { NetworkView, PoolView, RuleContext } from "../context";
import { type AddressTable, type Reservation, networkIdentity, tablesOf } from "./addressTables";
import { Claims } from "./claims";

/** A readable static address of a service, enabled or not, on a network that is declared. */
export interface StaticAddress {
  readonly service: ServiceDeclaration;
  readonly tie: ServiceNetwork;
  readonly network: NetworkView;
  readonly value: Value;
  readonly address: Address;
  /** Compose makes a container of the service: its profile is active, and it is not scaled to 0. */
  readonly started: boolean;
  readonly standing: Standing;
}

export type Standing =
  /** In a pool, and the network itself does not hold it. */
  | { readonly kind: "available"; readonly pool: PoolView; readonly table: AddressTable }
  | { readonly kind: "reserved"; readonly pool: PoolView; readonly reservation: Reservation }
  /** All pools are known, and none holds it. */
  | { readonly kind: "outside"; readonly pools: readonly PoolView[] }
  /** The network has no configured subnet of the address's family. */
  | { readonly kind: "no-subnet" }
  /** An IPv6 address on a network that has IPv6 subnets but no IPv6: another rule's matter. */
  | { readonly kind: "ignored" }
  /** Some pool is hidden, and it may be in that. */
  | { readonly kind: "unknown"; readonly claims: Claims };

const ignored: Standing = { kind: "ignored" };
const noSubnet: Standing = { kind: "no-subnet" };

/** A written address that the engine does not take in its field. */
export interface MalformedAddress {
  readonly service: ServiceDeclaration;
  readonly network: NetworkView;
  readonly value: Value;
  readonly family: Family;
}

export interface StaticAddresses {
  /** In the order of the file; first the services that are enabled. */
  readonly all: readonly StaticAddress[];
  readonly malformed: readonly MalformedAddress[];
  /** Of each pool that the engine allocates. */
  readonly tables: ReadonlyMap<PoolView, AddressTable>;
  /** Addresses that may be in a hidden pool, by `networkIdentity`. */
  readonly hidden: ReadonlyMap<string, Claims>;
}

const known = new WeakMap<RuleContext, StaticAddresses>();

/** Worked out once for all rules. */
export function staticAddresses(context: RuleContext): StaticAddresses {
  let addresses = known.get(context);
  if (!addresses) {
    addresses = readAll(context);
    known.set(context, addresses);
  }
  return addresses;
}

/** An empty text counts as unset for Compose; what is not known may well be an address. */
export function isSet(value: Value | undefined): value is Value {
  return value !== undefined && !(value.known && value.text === "");
}

/**
 * Whether the engine takes the address in the field of this family: not the unspecified one, and
 * in the IPv6 field no `::ffff:192.0.2.1` (moby EndpointIPAMConfig.Validate).
 */
export function isAddressOf(address: Address, family: Family): boolean {
  if (address.family !== family || address.value === 0n) return false;
  return family === 4 || !isMapped(address);
}

/** An IPv4 address in IPv6 clothes, `::ffff:192.0.2.1` (RFC 4291 section 2.5.5.2). */
export function isMapped({ family, value }: Address): boolean {
  return family === 6 && value >= 0xffff_0000_0000n && value <= 0xffff_ffff_ffffn;
}

function readAll(context: RuleContext): StaticAddresses {
  const tables = tablesOf(context);
  const hidden = new Map<string, Claims>();
  const reader: Reader = {
    judge: judgeOf(context, tables, hidden),
    all: [],
    malformed: [],
  };
  for (const { service, tie, network } of context.attachments) {
    readTie(reader, service, tie, network);
  }
  for (const service of context.project.services) {
    if (service.enabled) continue;
    for (const tie of service.networks) {
      const network = context.network(tie.key);
      if (network) readTie(reader, service, tie, network);
    }
  }
  return { all: reader.all, malformed: reader.malformed, tables, hidden };
}

interface Reader {
  readonly judge: (network: NetworkView, address: Address) => Standing;
  readonly all: StaticAddress[];
  readonly malformed: MalformedAddress[];
}

function readTie(
  reader: Reader,
  service: ServiceDeclaration,
  tie: ServiceNetwork,
  network: NetworkView,
): void {
  if (tie.ipv4) read(reader, service, tie, network, tie.ipv4, 4);
  if (tie.ipv6) read(reader, service, tie, network, tie.ipv6, 6);
}

function read(
  { judge, all, malformed }: Reader,
  service: ServiceDeclaration,
  tie: ServiceNetwork,
  network: NetworkView,
  value: Value,
  family: Family,
): void {
  // A number is refused for its type: "must be a string".
  if (!value.known || value.text === "" || value.type !== "string") return;
  const { address } = value;
  if (!address || !isAddressOf(address, family)) {
    malformed.push({ service, network, value, family });
    return;
  }
  const standing = judge(network, address);
  const started = service.enabled && service.replicas !== 0;
  const made = { service, tie, network, value, address, started, standing };
  all.push(made);
  if (standing.kind === "available") standing.table.claims.add(made);
  else if (standing.kind === "unknown") standing.claims.add(made);
}

/** Judges addresses; what can be worked out per pool or network is worked out once. */
function judgeOf(
  context: RuleContext,
  tables: ReadonlyMap<PoolView, AddressTable>,
  hidden: Map<string, Claims>,
): (network: NetworkView, address: Address) => Standing {
  const available = new Map<PoolView, Standing & { kind: "available" }>();
  for (const [pool, table] of tables) available.set(pool, { kind: "available", pool, table });
  const unknown = (network: NetworkView): Standing => {
    const name = networkIdentity(network);
    const claims = hidden.get(name) ?? new Claims();
    hidden.set(name, claims);
    return { kind: "unknown", claims };
  };
  return (network, { family, value }) => {
    let inactive = false;
    let found = false;
    for (const pool of network.pools) {
      if (pool.subnet.family !== family) continue;
      found = true;
      const standing = available.get(pool);
      if (!standing) {
        inactive = true;
        continue;
      }
      const { table } = standing;
      if (value < table.first || value > table.last) continue;
      const reservation = table.reserved.get(value);
      return reservation ? { kind: "reserved", pool, reservation } : standing;
    }
    if (inactive) return ignored;
    if (!network.poolsKnown) return unknown(network);
    if (!found) return context.project.partial ? unknown(network) : noSubnet;
    return { kind: "outside", pools: network.pools.filter((p) => p.subnet.family === family) };
  };
}
