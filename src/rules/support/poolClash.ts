/**
 * What the engine does with two networks whose subnets overlap (moby defaultipam allocateSubnet, the
 * same since 1.12): a pool without ip_range is refused if anything overlaps it; one with an ip_range
 * only if subnet and range are those of another. Two bridges are refused in any case. Networks with
 * the same subnet draw from one table; those with different ones from two.
 */
import type { IpamEntry } from "../../compose/project";
import { type Address, type Prefix, formatPrefix, prefixesOverlap } from "../../model/cidr";
import type { Severity } from "../rule";

/** A subnet of the file or of the engine. */
export interface Pool {
  readonly subnet: Prefix;
  /** `unknown`: written, but not readable. */
  readonly range: Prefix | "none" | "unknown";
  /** Gateway and auxiliary addresses that are asked for when the network is made. */
  readonly wanted: readonly Address[];
  readonly bridge: boolean;
  /** Parent of a LAN network, where it is known: networks with the same one are on one link. */
  readonly link: string | undefined;
  readonly network: { readonly key: string };
  readonly entry: IpamEntry | undefined;
}

export type ClashKind =
  /** The second is refused, whichever it is. */
  | { readonly kind: "refused"; readonly by: "pools" | "bridges" }
  /** The second asks for an address that the first has. */
  | { readonly kind: "address"; readonly address: Address }
  /** Refused only if the one without ip_range comes second. */
  | { readonly kind: "order"; readonly first: Pool }
  /** Both exist, and the engine gives the same address to both. */
  | { readonly kind: "twice" };

export function severityOf({ kind }: ClashKind): Severity {
  return kind === "refused" || kind === "address" ? "error" : "warning";
}

/** Two pools of different networks, in no order. */
export function clashOf(a: Pool, b: Pool): ClashKind | undefined {
  if (!prefixesOverlap(a.subnet, b.subnet)) return undefined;
  const ranges = rangesOf(a, b);
  if (a.bridge && b.bridge) {
    return { kind: "refused", by: ranges === "neither" ? "pools" : "bridges" };
  }
  if (ranges === "unknown") return undefined;
  if (ranges === "neither" || ranges === "equal") return { kind: "refused", by: "pools" };
  return sharedAddress(a, b) ?? (ranges === "one" ? order(a, b) : twice(a, b));
}

/** A pool that exists, or comes first for certain, and one that is made then. */
export function clashWithExisting(existing: Pool, made: Pool): ClashKind | undefined {
  if (!prefixesOverlap(existing.subnet, made.subnet)) return undefined;
  if (made.range === "none") return { kind: "refused", by: "pools" };
  if (existing.bridge && made.bridge) return { kind: "refused", by: "bridges" };
  if (made.range === "unknown" || existing.range === "unknown") return undefined;
  if (rangesOf(existing, made) === "equal") return { kind: "refused", by: "pools" };
  return sharedAddress(existing, made) ?? twice(existing, made);
}

function rangesOf(a: Pool, b: Pool): "unknown" | "neither" | "one" | "equal" | "different" {
  if (a.range === "unknown" || b.range === "unknown") return "unknown";
  if (a.range === "none" || b.range === "none") return a.range === b.range ? "neither" : "one";
  return sameSubnet(a, b) && formatPrefix(a.range) === formatPrefix(b.range)
    ? "equal"
    : "different";
}

function order(a: Pool, b: Pool): ClashKind {
  return { kind: "order", first: a.range === "none" ? a : b };
}

/** The first address that both ask for when they are made; one table gives it once. */
function sharedAddress(a: Pool, b: Pool): ClashKind | undefined {
  if (!sameSubnet(a, b)) return undefined;
  const address = b.wanted.find((x) => a.wanted.some((y) => x.value === y.value));
  return address && { kind: "address", address };
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
