/**
 * Addresses, prefixes and ranges of both families as numeric bounds.
 *
 * Texts are read as Go's `net/netip` reads them (no leading zeros, no blanks, RFC 4291 section 2.2
 * for IPv6), because that is what decides whether Docker accepts them; see docs/architecture.md.
 */

export type Family = 4 | 6;

/** One address; `value` is the 32- or 128-bit number. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** An address with a prefix length, as written: `address` may carry host bits. */
export interface Prefix {
  readonly family: Family;
  readonly address: bigint;
  /** 0 to 32, or 0 to 128. */
  readonly length: number;
}

/** From `first` to `last`, both inclusive. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** Number of bits of an address: 32 or 128. */
export function familyBits(family: Family): number {
  return family === 4 ? 32 : 128;
}

/** Reads an address; undefined when the text is none. Zones (`fe80::1%eth0`) are none: no pool holds one. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(":")) {
    const value = parseV6(text);
    return value === undefined ? undefined : { family: 6, value };
  }
  const value = parseV4(text);
  return value < 0 ? undefined : { family: 4, value: BigInt(value) };
}

/** Reads `address/length`; undefined when the text is none. Host bits are kept. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  if (!address) return undefined;
  const digits = text.slice(slash + 1);
  if (!/^(0|[1-9][0-9]{0,2})$/.test(digits)) return undefined;
  const length = Number(digits);
  if (length > familyBits(address.family)) return undefined;
  return { family: address.family, address: address.value, length };
}

/** Reads `a-b` (inclusive), a prefix, or one address. The ends of `a-b` must be of one family and in order. */
export function parseRange(text: string): AddressRange | undefined {
  const prefix = parsePrefix(text);
  if (prefix) return rangeOf(prefix);
  const dash = text.indexOf("-");
  const first = parseAddress((dash < 0 ? text : text.slice(0, dash)).trim());
  const last = dash < 0 ? first : parseAddress(text.slice(dash + 1).trim());
  if (!first || first.family !== last?.family || first.value > last.value) return undefined;
  return { family: first.family, first: first.value, last: last.value };
}

/** IPv4 dotted, IPv6 in the form of RFC 5952. */
export function formatAddress(address: Address): string {
  return address.family === 4 ? formatV4(Number(address.value)) : formatV6(address.value);
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress({ family: prefix.family, value: prefix.address })}/${prefix.length}`;
}

export function formatRange(range: AddressRange): string {
  const { family, first, last } = range;
  const text = formatAddress({ family, value: first });
  return first === last ? text : `${text}-${formatAddress({ family, value: last })}`;
}

/** Number of addresses in the prefix. */
export function prefixSize(prefix: Prefix): bigint {
  return 1n << BigInt(familyBits(prefix.family) - prefix.length);
}

/** Bounds of prefixes that were asked for: rules ask for those of one subnet once for each address in it. */
const bounds = new WeakMap<Prefix, AddressRange>();

/** From the network address to the highest address of the prefix. */
export function rangeOf(prefix: Prefix): AddressRange {
  let range = bounds.get(prefix);
  if (!range) {
    const hostBits = BigInt(familyBits(prefix.family) - prefix.length);
    const first = (prefix.address >> hostBits) << hostBits;
    range = { family: prefix.family, first, last: first + (1n << hostBits) - 1n };
    bounds.set(prefix, range);
  }
  return range;
}

/** Lowest address of the prefix (the network address). */
export function firstOf(prefix: Prefix): bigint {
  return rangeOf(prefix).first;
}

/** Highest address of the prefix (the broadcast address of an IPv4 subnet). */
export function lastOf(prefix: Prefix): bigint {
  return rangeOf(prefix).last;
}

/** The same prefix without host bits: what Docker says it "should be". */
export function canonicalPrefix(prefix: Prefix): Prefix {
  return { ...prefix, address: firstOf(prefix) };
}

export function hasHostBits(prefix: Prefix): boolean {
  return prefix.address !== firstOf(prefix);
}

export function containsAddress(prefix: Prefix, address: Address): boolean {
  return (
    prefix.family === address.family &&
    address.value >= firstOf(prefix) &&
    address.value <= lastOf(prefix)
  );
}

export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  return (
    outer.family === inner.family &&
    firstOf(inner) >= firstOf(outer) &&
    lastOf(inner) <= lastOf(outer)
  );
}

export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return a.family === b.family && firstOf(a) <= lastOf(b) && firstOf(b) <= lastOf(a);
}

export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** The fewest prefixes that together are exactly the range, ascending. */
export function splitRange(range: AddressRange): Prefix[] {
  const bits = familyBits(range.family);
  const prefixes: Prefix[] = [];
  let first = range.first;
  while (first <= range.last) {
    let hostBits = 0;
    while (
      hostBits < bits &&
      (first & ((1n << BigInt(hostBits + 1)) - 1n)) === 0n &&
      first + (1n << BigInt(hostBits + 1)) - 1n <= range.last
    ) {
      hostBits++;
    }
    prefixes.push({ family: range.family, address: first, length: bits - hostBits });
    first += 1n << BigInt(hostBits);
  }
  return prefixes;
}

/** The number, or -1. Plain arithmetic: this runs for every address of a file. */
function parseV4(text: string): number {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (digits === 0 || ++dots > 3) return -1;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
    } else if (code >= 48 && code <= 57) {
      if (digits === 1 && octet === 0) return -1;
      octet = octet * 10 + (code - 48);
      if (++digits > 3 || octet > 255) return -1;
    } else {
      return -1;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : -1;
}

function parseV6(text: string): bigint | undefined {
  const gap = text.indexOf("::");
  if (gap >= 0 && text.includes("::", gap + 1)) return undefined;
  const head = parseGroups(gap < 0 ? text : text.slice(0, gap), gap < 0);
  const tail = gap < 0 ? [] : parseGroups(text.slice(gap + 2), true);
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (gap < 0 ? missing !== 0 : missing < 1) return undefined;
  let value = 0n;
  for (const group of [...head, ...new Array<number>(missing).fill(0), ...tail]) {
    value = (value << 16n) | BigInt(group);
  }
  return value;
}

/** 16-bit groups of one side of `::`; only the text's end may be a dotted IPv4 address. */
function parseGroups(text: string, endsAddress: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else if (endsAddress && index === parts.length - 1 && part.includes(".")) {
      const v4 = parseV4(part);
      if (v4 < 0) return undefined;
      groups.push(Math.floor(v4 / 65536), v4 % 65536);
    } else {
      return undefined;
    }
  }
  return groups.length > 8 ? undefined : groups;
}

function formatV4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

function formatV6(value: bigint): string {
  // RFC 5952 section 5, and what Go prints: an IPv4 address in IPv6 stays readable.
  if (value >> 32n === 0xffffn) return `::ffff:${formatV4(Number(value & 0xffffffffn))}`;
  const groups: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((value >> shift) & 0xffffn));
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(":");
  if (best.length < 2) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}
