/** Claims by what they are about. */
import type { Member, Party } from "./parties";

/** Of those that have the same key, so many are looked at: beyond that they say the same over and over. */
const scanned = 200;

const none: readonly never[] = [];

/** Parties by a key; projects come and go. */
export class Buckets<K, C> {
  private readonly byKey = new Map<K, Party<C>[]>();

  add(key: K, party: Party<C>): void {
    const bucket = this.byKey.get(key);
    if (bucket) bucket.push(party);
    else this.byKey.set(key, [party]);
  }

  /** Removes what the member has there. */
  delete(key: K, member: Member): void {
    const bucket = this.byKey.get(key);
    const rest = bucket && bucket.length > 1 ? bucket.filter((p) => p.member !== member) : [];
    if (rest.length > 0) this.byKey.set(key, rest);
    else this.byKey.delete(key);
  }

  /** Those of other members, not endlessly many. */
  others(key: K, member: Member): readonly Party<C>[] {
    const bucket = this.byKey.get(key);
    if (!bucket || (bucket.length === 1 && bucket[0]?.member === member)) return none;
    return bucket.slice(0, scanned).filter((party) => party.member !== member);
  }
}
