/** The static addresses of a project's services, and what the engine will say to each. */
import type { ServiceDeclaration, ServiceNetwork } from "../../compose/project";
import type { Value } from "../../compose/value";
import type { Address, Family } from "../../model/cidr";
import type { AttachmentView, NetworkView, PoolView, RuleContext } from "../context";
import { type AddressTable, type Reservation, networkIdentity, tablesOf } from "./addressTables";
import { Claims } from "./claims";

/** A readable static address of a service, enabled or not, on a network that is declared. */
export class StaticAddress {
  readonly value: Value;
  readonly address: Address;
  readonly standing: Standing;
  private readonly attachment: AttachmentView;

  constructor(attachment: AttachmentView, value: Value, address: Address, standing: Standing) {
    this.attachment = attachment;
    this.value = value;
    this.address = address;
    this.standing = standing;
  }

  get service(): ServiceDeclaration {
    return this.attachment.service;
  }
  get tie(): ServiceNetwork {
    return this.attachment.tie;
  }
  get network(): NetworkView {
    return this.attachment.network;
  }
  /** Compose makes a container of the service: its profile is active, and it is not scaled to 0. */
  get started(): boolean {
    return isStarted(this.service);
  }
}

export function isStarted(service: ServiceDeclaration): boolean {
  return service.enabled && service.replicas !== 0;
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
  /** Services that ask for a MAC, found on the same way through the file. */
  readonly withMac: readonly ServiceDeclaration[];
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
  const judge = judgeOf(context, tables, hidden);
  const all: StaticAddress[] = [];
  const malformed: MalformedAddress[] = [];
  const withMac: ServiceDeclaration[] = [];
  const read = (attachment: AttachmentView, value: Value, family: Family) => {
    // A number is refused for its type: "must be a string".
    if (!value.known || value.text === "" || value.type !== "string") return;
    const { address } = value;
    if (!address || !isAddressOf(address, family)) {
      const { service, network } = attachment;
      malformed.push({ service, network, value, family });
      return;
    }
    const standing = judge(attachment.network, address);
    const made = new StaticAddress(attachment, value, address, standing);
    all.push(made);
    if (standing.kind === "available") standing.table.claims.add(made);
    else if (standing.kind === "unknown") standing.claims.add(made);
  };
  const visit = (attachment: AttachmentView) => {
    const { tie, service } = attachment;
    if (tie.ipv4) read(attachment, tie.ipv4, 4);
    if (tie.ipv6) read(attachment, tie.ipv6, 6);
    if ((tie.mac ?? service.mac) && withMac.at(-1) !== service) withMac.push(service);
  };
  for (const attachment of context.attachments) visit(attachment);
  for (const service of context.project.services) {
    const { enabled, networks } = service;
    if (enabled && networks.length > 0) continue;
    for (const tie of networks) {
      const network = context.network(tie.key);
      if (network) visit({ service, tie, network });
    }
    if (service.mac && withMac.at(-1) !== service) withMac.push(service);
  }
  return { all, malformed, tables, hidden, withMac };
}

/** What one network says to an address of one family. */
interface Judge {
  readonly slots: readonly (Standing & { kind: "available" })[];
  /** For an address in none of them. */
  readonly otherwise: Standing;
}

/** Judges addresses; what can be worked out per network is worked out once. */
function judgeOf(
  context: RuleContext,
  tables: ReadonlyMap<PoolView, AddressTable>,
  hidden: Map<string, Claims>,
): (network: NetworkView, address: Address) => Standing {
  const judges = new Map<NetworkView, Record<Family, Judge>>();
  const make = (network: NetworkView, family: Family): Judge => {
    const pools = network.pools.filter(({ subnet }) => subnet.family === family);
    const slots = pools.flatMap((pool) => {
      const table = tables.get(pool);
      return table ? [{ kind: "available" as const, pool, table }] : [];
    });
    if (slots.length < pools.length) return { slots, otherwise: ignored };
    const partial = pools.length === 0 && context.project.partial;
    if (!network.poolsKnown || partial) return { slots, otherwise: unknown(network, hidden) };
    return { slots, otherwise: pools.length === 0 ? noSubnet : { kind: "outside", pools } };
  };
  return (network, { family, value }) => {
    let judge = judges.get(network);
    if (!judge) {
      judge = { 4: make(network, 4), 6: make(network, 6) };
      judges.set(network, judge);
    }
    const { slots, otherwise } = judge[family];
    for (const slot of slots) {
      const { first, last, reserved } = slot.table;
      if (value < first || value > last) continue;
      const reservation = reserved.get(value);
      return reservation ? { kind: "reserved", pool: slot.pool, reservation } : slot;
    }
    return otherwise;
  };
}

function unknown(network: NetworkView, hidden: Map<string, Claims>): Standing {
  const name = networkIdentity(network);
  const claims = hidden.get(name) ?? new Claims();
  hidden.set(name, claims);
  return { kind: "unknown", claims };
}
