import type { StaticAddress } from "./staticAddresses";

/** The static addresses of services that draw from one table. */
export class Claims {
  private readonly inOrder: StaticAddress[] = [];
  private readonly latest = new Map<bigint, StaticAddress>();
  private readonly repeated = new Set<bigint>();

  /** In the order of the file. Runs for every address of a file: one look-up. */
  add(claim: StaticAddress): void {
    const { value } = claim.address;
    const before = this.latest.size;
    this.latest.set(value, claim);
    if (this.latest.size === before) this.repeated.add(value);
    this.inOrder.push(claim);
  }

  get size(): number {
    return this.inOrder.length;
  }

  /** In the order of the file; first the services that are enabled. */
  holders(): readonly StaticAddress[] {
    return this.inOrder;
  }

  /** Whether a container that Compose starts asks for the address. */
  isStarted(value: bigint): boolean {
    const latest = this.latest.get(value);
    if (latest?.started || !this.repeated.has(value)) return latest?.started === true;
    return this.inOrder.some((claim) => claim.started && claim.address.value === value);
  }

  /** All holders of each address that has more than one, in the order of the file. */
  contested(): Iterable<readonly StaticAddress[]> {
    const groups = new Map<bigint, StaticAddress[]>();
    if (this.repeated.size === 0) return [];
    for (const claim of this.inOrder) {
      const { value } = claim.address;
      if (!this.repeated.has(value)) continue;
      const group = groups.get(value);
      if (group) group.push(claim);
      else groups.set(value, [claim]);
    }
    return groups.values();
  }

  /** Whether an earlier claim has the same address. */
  isRepeated(claim: StaticAddress): boolean {
    const { value } = claim.address;
    return (
      this.repeated.has(value) &&
      this.inOrder.find((other) => other.address.value === value) !== claim
    );
  }
}
