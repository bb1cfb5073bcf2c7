/** The static addresses of a project's services, and what the engine will say to each. */
import type { ServiceDeclaration, ServiceNetwork } from "../../compose/project";
import type { Value } from "../../compose/value";
import type { Address, Family } from "../../model/cidr";
import type { AttachmentView, NetworkView, PoolView } from "../context";
import type { AddressTable, Reservation } from "./addressTables";

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
  | { readonly kind: "unknown"; readonly table: AddressTable };

const ignored: Standing = { kind: "ignored" };
const noSubnet: Standing = { kind: "no-subnet" };

/** A written address that the engine does not take in its field. */
export interface MalformedAddress {
  readonly service: ServiceDeclaration;
  readonly network: NetworkView;
  readonly value: Value;
  readonly family: Family;
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

/** The address that the engine takes from the field of this family; undefined where it takes none. */
export function addressIn(address: Address, family: Family): Address | undefined {
  if (family === 4 && isMapped(address)) return { family: 4, value: address.value & 0xffff_ffffn };
  return isAddressOf(address, family) ? address : undefined;
}

/** An IPv4 address in IPv6 clothes, `::ffff:192.0.2.1` (RFC 4291 section 2.5.5.2). */
export function isMapped({ family, value }: Address): boolean {
  return family === 6 && value >= 0xffff_0000_0000n && value <= 0xffff_ffff_ffffn;
}

/** What one network says to an address of one family. */
interface Verdicts {
  readonly slots: readonly (Standing & { kind: "available" })[];
  /** For an address in none of them. */
  readonly otherwise: Standing;
}

/** Judges the addresses that are asked for on one network. */
export class Judge {
  readonly network: NetworkView;
  private readonly v4: Verdicts;
  private readonly v6: Verdicts;

  /**
   * `hidden`: the table of addresses that may be in a hidden pool. `partial`: files that were not
   * read may give the network a subnet.
   */
  constructor(
    network: NetworkView,
    tables: ReadonlyMap<PoolView, AddressTable>,
    hidden: AddressTable,
    partial: boolean,
  ) {
    this.network = network;
    this.v4 = verdictsOf(network, 4, tables, hidden, partial);
    this.v6 = verdictsOf(network, 6, tables, hidden, partial);
  }

  standingOf({ family, value }: Address): Standing {
    const { slots, otherwise } = family === 4 ? this.v4 : this.v6;
    for (const slot of slots) {
      const { first, last, reserved } = slot.table;
      if (value < first || value > last) continue;
      const reservation = reserved.get(value);
      return reservation ? { kind: "reserved", pool: slot.pool, reservation } : slot;
    }
    return otherwise;
  }

  /** Whether the other judge of one network says the same to every address. */
  agreesWith(other: Judge): boolean {
    return (
      this.network === other.network &&
      isSameVerdict(this.v4, other.v4) &&
      isSameVerdict(this.v6, other.v6)
    );
  }
}

function isSameVerdict(a: Verdicts, b: Verdicts): boolean {
  return (
    a.otherwise.kind === b.otherwise.kind &&
    a.slots.length === b.slots.length &&
    a.slots.every(({ table }, index) => table === b.slots[index]?.table)
  );
}

function verdictsOf(
  network: NetworkView,
  family: Family,
  tables: ReadonlyMap<PoolView, AddressTable>,
  hidden: AddressTable,
  partial: boolean,
): Verdicts {
  const pools = network.pools.filter(({ subnet }) => subnet.family === family);
  const slots = pools.flatMap((pool) => {
    const table = tables.get(pool);
    return table ? [{ kind: "available" as const, pool, table }] : [];
  });
  if (slots.length < pools.length) return { slots, otherwise: ignored };
  if (!network.poolsKnown || (pools.length === 0 && partial)) {
    return { slots, otherwise: { kind: "unknown", table: hidden } };
  }
  return { slots, otherwise: pools.length === 0 ? noSubnet : { kind: "outside", pools } };
}
