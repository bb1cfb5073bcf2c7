/** What each address of a subnet is used for, which ones are free, and a picture of it all. */
import {
  type Address,
  type AddressRange,
  type Prefix,
  familyBits,
  firstOf,
  lastOf,
  rangeOf,
} from "./cidr";

/** In order of precedence for the picture: an earlier use hides a later one. */
export const addressUses = [
  "network",
  "broadcast",
  "gateway",
  "host",
  "reserved",
  "claimed",
  "neighbour",
  "dhcp",
  "dynamic",
  "free",
] as const;
export type AddressUse = (typeof addressUses)[number];

export interface PlanPart {
  readonly use: Exclude<AddressUse, "free">;
  readonly range: AddressRange;
  /** Who uses it: a container, an auxiliary name, an interface. */
  readonly label?: string;
}

export interface AddressPlan {
  /** Without host bits. */
  readonly subnet: Prefix;
  /** In any order; may overlap and reach beyond the subnet. */
  readonly parts: readonly PlanPart[];
}

/** A stretch of the picture: like a part, with what is left over as `free`. */
export interface LayoutPart {
  readonly use: AddressUse;
  readonly range: AddressRange;
  readonly labels: readonly string[];
}

/**
 * The addresses that the engine never hands out of this subnet: network and broadcast (IPv4 up to
 * /30), the all-zero address (IPv6). moby ipams/defaultipam newPoolData.
 */
export function structuralParts(subnet: Prefix): PlanPart[] {
  const single = (use: "network" | "broadcast", value: bigint): PlanPart => ({
    use,
    range: { family: subnet.family, first: value, last: value },
  });
  if (subnet.family === 6) return [single("network", firstOf(subnet))];
  if (subnet.length >= 31) return [];
  return [single("network", firstOf(subnet)), single("broadcast", lastOf(subnet))];
}

/** A plan of the subnet with its structural parts and the given ones. */
export function addressPlan(subnet: Prefix, parts: Iterable<PlanPart>): AddressPlan {
  return { subnet, parts: [...structuralParts(subnet), ...parts] };
}

/**
 * The lowest address that nothing uses, at or after `from`, then from the subnet's start. With
 * `within`, only addresses of that range count. Undefined when there is none.
 */
export function nextFreeAddress(
  plan: AddressPlan,
  options: {
    readonly from?: bigint;
    readonly within?: AddressRange;
    readonly ignore?: AddressUse[];
  } = {},
): Address | undefined {
  const { family } = plan.subnet;
  const whole = rangeOf(plan.subnet);
  const within = options.within ?? whole;
  const first = within.first > whole.first ? within.first : whole.first;
  const last = within.last < whole.last ? within.last : whole.last;
  const used = usedRanges(plan, options.ignore ?? []);
  const start = options.from !== undefined && options.from > first ? options.from : first;
  const value = firstGap(used, start, last) ?? firstGap(used, first, last);
  return value === undefined ? undefined : { family, value };
}

/**
 * The lowest aligned block of the prefix length in which nothing is used, for an ip_range; undefined
 * when there is none.
 */
export function nextFreeBlock(plan: AddressPlan, length: number): Prefix | undefined {
  const { family } = plan.subnet;
  if (length < plan.subnet.length || length > familyBits(family)) return undefined;
  const size = 1n << BigInt(familyBits(family) - length);
  const last = lastOf(plan.subnet);
  let address = firstOf(plan.subnet);
  for (const used of mergeRanges(plan.parts)) {
    if (address + size - 1n < used.first) break;
    if (used.last < address) continue;
    address = ((used.last + size) / size) * size;
  }
  return address + size - 1n <= last ? { family, address, length } : undefined;
}

/** The whole subnet as ascending stretches without overlap; see `addressUses` for who hides whom. */
export function layoutOf(plan: AddressPlan): LayoutPart[] {
  const { family } = plan.subnet;
  const whole = rangeOf(plan.subnet);
  const cuts = new Set<bigint>([whole.first, whole.last + 1n]);
  const parts = plan.parts.filter(
    (p) => p.range.first <= whole.last && p.range.last >= whole.first,
  );
  for (const { range } of parts) {
    if (range.first > whole.first) cuts.add(range.first);
    if (range.last < whole.last) cuts.add(range.last + 1n);
  }
  const edges = [...cuts].sort((a, b) => (a < b ? -1 : 1));
  const layout: LayoutPart[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [first = 0n, next = 0n] = edges.slice(i, i + 2);
    const last = next - 1n;
    const here = parts.filter((p) => p.range.first <= first && p.range.last >= last);
    const use = addressUses.find((u) => here.some((p) => p.use === u)) ?? "free";
    const labels = here.flatMap((p) => (p.use === use && p.label !== undefined ? [p.label] : []));
    layout.push({ use, range: { family, first, last }, labels });
  }
  return layout;
}

/** How many addresses the subnet has, and how many of them nothing uses (`dynamic` counts as free). */
export function countAddresses(plan: AddressPlan): { total: bigint; free: bigint } {
  const whole = rangeOf(plan.subnet);
  let used = 0n;
  for (const range of mergeRanges(plan.parts.filter((part) => part.use !== "dynamic"))) {
    const first = range.first > whole.first ? range.first : whole.first;
    const last = range.last < whole.last ? range.last : whole.last;
    if (first <= last) used += last - first + 1n;
  }
  const total = whole.last - whole.first + 1n;
  return { total, free: total - used };
}

/** What is used of the plan, uses to ignore left out; kept, because a plan is asked many times. */
function usedRanges(plan: AddressPlan, ignore: readonly AddressUse[]): readonly UsedRange[] {
  const key = ignore.join();
  const known = usedByPlan.get(plan) ?? new Map<string, readonly UsedRange[]>();
  usedByPlan.set(plan, known);
  const used =
    known.get(key) ?? mergeRanges(plan.parts.filter(({ use }) => !ignore.some((i) => i === use)));
  known.set(key, used);
  return used;
}

interface UsedRange {
  readonly first: bigint;
  readonly last: bigint;
}
const usedByPlan = new WeakMap<AddressPlan, Map<string, readonly UsedRange[]>>();

/** Ascending, disjoint. */
function mergeRanges(parts: readonly PlanPart[]): { first: bigint; last: bigint }[] {
  const sorted = parts
    .map((part) => ({ first: part.range.first, last: part.range.last }))
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: { first: bigint; last: bigint }[] = [];
  for (const range of sorted) {
    const previous = merged.at(-1);
    if (previous && range.first <= previous.last + 1n) {
      if (range.last > previous.last) previous.last = range.last;
    } else {
      merged.push(range);
    }
  }
  return merged;
}

function firstGap(
  used: readonly { first: bigint; last: bigint }[],
  start: bigint,
  last: bigint,
): bigint | undefined {
  let value = start;
  for (const range of used) {
    if (range.last < value) continue;
    if (range.first > value) break;
    value = range.last + 1n;
  }
  return value <= last ? value : undefined;
}
