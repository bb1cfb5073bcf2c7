/** Prefixes that can be asked for what overlaps one of them. */
import { type Prefix, familyBits, firstOf, lastOf } from "../../model/cidr";

interface Slot<T> {
  readonly first: bigint;
  readonly items: T[];
}

/**
 * Prefixes overlap only where one contains the other. So there are two questions: which prefixes contain
 * this one (a look-up for each length in use), and which begin inside it (a stretch of a sorted list).
 */
export class PrefixIndex<T extends { readonly subnet: Prefix }> {
  private readonly byPrefix = new Map<string, Slot<T>>();
  /** Of each family, by first address. */
  private readonly sorted: Readonly<Record<4 | 6, Slot<T>[]>> = { 4: [], 6: [] };
  /** How many prefixes have this length. */
  private readonly lengths: Readonly<Record<4 | 6, Map<number, number>>> = {
    4: new Map(),
    6: new Map(),
  };

  add(item: T): void {
    const { family, length } = item.subnet;
    const key = keyOf(item.subnet);
    const slot = this.byPrefix.get(key);
    if (slot) {
      slot.items.push(item);
      return;
    }
    const made = { first: firstOf(item.subnet), items: [item] };
    this.byPrefix.set(key, made);
    const list = this.sorted[family];
    list.splice(this.position(list, made.first), 0, made);
    const counts = this.lengths[family];
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }

  delete(item: T): void {
    const { family, length } = item.subnet;
    const key = keyOf(item.subnet);
    const slot = this.byPrefix.get(key);
    const at = slot?.items.indexOf(item) ?? -1;
    if (!slot || at < 0) return;
    slot.items.splice(at, 1);
    if (slot.items.length > 0) return;
    this.byPrefix.delete(key);
    const list = this.sorted[family];
    list.splice(list.indexOf(slot, this.position(list, slot.first)), 1);
    const counts = this.lengths[family];
    const count = (counts.get(length) ?? 1) - 1;
    if (count > 0) counts.set(length, count);
    else counts.delete(length);
  }

  /** Everything whose prefix shares an address with this one; the item itself too, if it is in. */
  *overlapping(subnet: Prefix): Generator<T> {
    const { family, length } = subnet;
    const [first, last] = [firstOf(subnet), lastOf(subnet)];
    for (const wider of this.lengths[family].keys()) {
      if (wider >= length) continue;
      const hostBits = BigInt(familyBits(family) - wider);
      const address = (first >> hostBits) << hostBits;
      yield* this.byPrefix.get(keyOf({ family, address, length: wider }))?.items ?? [];
    }
    const list = this.sorted[family];
    for (let at = this.position(list, first); ; at++) {
      const slot = list[at];
      if (!slot || slot.first > last) return;
      // Wider ones that begin at the same address were visited above.
      if ((slot.items[0]?.subnet.length ?? 0) >= length) yield* slot.items;
    }
  }

  /** Where the first slot at or behind `first` is. */
  private position(list: readonly Slot<T>[], first: bigint): number {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.first ?? 0n) < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function keyOf({ family, address, length }: Prefix): string {
  return `${family} ${address} ${length}`;
}
