/** What somebody meant who wrote a text that is no address or prefix. */
import {
  type Address,
  type Prefix,
  familyBits,
  formatAddress,
  formatPrefix,
  parseAddress,
  parsePrefix,
} from "../../model/cidr";

/** A text, and whether nothing else can have been meant. */
export interface Meant {
  readonly text: string;
  readonly certain: boolean;
}

/**
 * A prefix but for zeros before its length, `10.0.0.0/024`, which Go's net.ParseCIDR reads, and net/netip does not; undefined for
 * every other text.
 */
export function paddedPrefix(text: string): string | undefined {
  const plain = text.replace(/\/0+(?=[0-9])/, "/");
  return plain !== text && parsePrefix(plain) ? plain : undefined;
}

/** A prefix with blanks, with zeros before its length, with a netmask (`/255.255.255.0`), or without a length; host bits stay. */
export function meantPrefix(text: string): Meant | undefined {
  const tight = text.replace(/\s+/g, "");
  const padded = paddedPrefix(tight);
  if (parsePrefix(tight) ?? padded) return { text: padded ?? tight, certain: true };
  const [head = "", mask] = tight.split("/");
  const address = parseAddress(head);
  if (address?.family !== 4) return undefined;
  const length = mask === undefined ? classfulLength(address) : maskLength(mask);
  if (length === undefined) return undefined;
  const prefix: Prefix = { family: 4, address: address.value, length };
  return { text: formatPrefix(prefix), certain: mask !== undefined };
}

/** An address with blanks, or with the length of its subnet. */
export function meantAddress(text: string): Meant | undefined {
  const tight = text.replace(/\s+/g, "");
  const prefix = parsePrefix(tight);
  const address = prefix ? { family: prefix.family, value: prefix.address } : parseAddress(tight);
  return address && { text: formatAddress(address), certain: true };
}

/** /8, /16 or /24, by the zeros at the end: `10.0.0.0` is 10.0.0.0/8. */
function classfulLength({ value }: Address): number | undefined {
  if (value === 0n) return undefined;
  if (value % 0x1000000n === 0n) return 8;
  return value % 0x10000n === 0n ? 16 : 24;
}

function maskLength(text: string): number | undefined {
  const mask = parseAddress(text);
  if (mask?.family !== 4) return undefined;
  const bits = mask.value.toString(2).padStart(familyBits(4), "0");
  return /^1+0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : undefined;
}
