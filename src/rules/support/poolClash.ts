/**
 * What the engine does with two networks whose subnets overlap (moby defaultipam allocateSubnet, the
 * same since 1.12): a pool without ip_range is refused if anything overlaps it; one with an ip_range
 * only if subnet and range are those of another. Networks with the same subnet draw from one table,
 * in which an address is taken once; those with different ones from two. Then the bridge driver
 * refuses a second bridge in any case.
 */
import type { IpamEntry } from "../../compose/project";
import { type Address, type Prefix, formatPrefix, prefixesOverlap } from "../../model/cidr";
import type { Severity } from "../rule";

/** An address that a network takes when it is made. */
export interface WantedAddress {
  readonly address: Address;
  /** `hidden`: the gateway that the engine chooses itself, another one if that is taken. */
  readonly use: "gateway" | "hidden" | { readonly aux: string };
}

/** A subnet of the file or of the engine. */
export interface Pool {
  readonly subnet: Prefix;
  /** `unknown`: written, but not readable. */
  readonly range: Prefix | "none" | "unknown";
  /** In the order in which the engine takes them. */
  readonly wanted: readonly WantedAddress[];
  readonly bridge: boolean;
  /** Parent of a LAN network, where it is known: networks with the same one are on one link. */
  readonly link: string | undefined;
  readonly network: { readonly key: string };
  readonly entry: IpamEntry | undefined;
}

/** Why the second of two is refused. */
export type Refusal =
  | { readonly by: "pools" }
  | { readonly by: "bridges"; readonly family: 4 | 6 }
  | { readonly by: "address"; readonly wanted: WantedAddress };

export type ClashKind =
  /** The second is refused, whichever it is; `other` is what the engine says if it is the other one. */
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly other?: Refusal }
  /** Refused only if `first` comes second. */
  | { readonly kind: "order"; readonly first: Pool; readonly refusal: Refusal }
  /** Both exist, and the engine gives the same address to both. */
  | { readonly kind: "twice" };

export function severityOf({ kind }: ClashKind): Severity {
  return kind === "refused" ? "error" : "warning";
}

/** Two pools of different networks, in no order. */
export function clashOf(a: Pool, b: Pool): ClashKind | undefined {
  if (!prefixesOverlap(a.subnet, b.subnet)) return undefined;
  const [ofB, ofA] = [refusalOfSecond(a, b), refusalOfSecond(b, a)];
  if (ofB === "unknown" || ofA === "unknown") return bothBridges(a, b);
  if (ofB && ofA) return { kind: "refused", refusal: ofB, other: ofA };
  if (ofB) return { kind: "order", first: b, refusal: ofB };
  if (ofA) return { kind: "order", first: a, refusal: ofA };
  return twice(a, b);
}

/** A pool that exists, or comes first for certain, and one that is made then. */
export function clashWithExisting(existing: Pool, made: Pool): ClashKind | undefined {
  if (!prefixesOverlap(existing.subnet, made.subnet)) return undefined;
  const refusal = refusalOfSecond(existing, made);
  if (refusal === "unknown") return bothBridges(existing, made);
  return refusal ? { kind: "refused", refusal } : twice(existing, made);
}

/** Why `second` is refused when `first` is there. Their subnets overlap. */
function refusalOfSecond(first: Pool, second: Pool): Refusal | "unknown" | undefined {
  if (second.range === "none") return { by: "pools" };
  if (second.range === "unknown") return "unknown";
  if (sameSubnet(first, second)) {
    if (first.range === "unknown") return "unknown";
    const same = first.range !== "none" && formatPrefix(first.range) === formatPrefix(second.range);
    if (same) return { by: "pools" };
    const wanted = second.wanted.find(
      ({ address, use }) =>
        use !== "hidden" && first.wanted.some((held) => held.address.value === address.value),
    );
    if (wanted) return { by: "address", wanted };
  }
  return first.bridge && second.bridge ? bridges(first) : undefined;
}

function bridges({ subnet }: Pool): Refusal {
  return { by: "bridges", family: subnet.family };
}

/** Two bridges are refused whatever their ranges are. */
function bothBridges(a: Pool, b: Pool): ClashKind | undefined {
  return a.bridge && b.bridge
    ? { kind: "refused", refusal: bridges(a), other: { by: "pools" } }
    : undefined;
}

/** Two tables for one link, and ranges in which both hand out the same addresses. */
function twice(a: Pool, b: Pool): ClashKind | undefined {
  if (sameSubnet(a, b) || a.link === undefined || a.link !== b.link) return undefined;
  return prefixesOverlap(handedOut(a), handedOut(b)) ? { kind: "twice" } : undefined;
}

function handedOut({ range, subnet }: Pool): Prefix {
  return typeof range === "string" ? subnet : range;
}

function sameSubnet(a: Pool, b: Pool): boolean {
  return a.subnet.address === b.subnet.address && a.subnet.length === b.subnet.length;
}
