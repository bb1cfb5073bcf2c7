/** The claims of all projects, to be asked who else claims a thing. */
import type { AddressClaim, ContainerClaim, MacClaim, NetworkClaim, PoolClaim } from "./claims";
import { Buckets } from "./buckets";
import type { Member, Party } from "./parties";
import { PrefixIndex } from "./prefixIndex";

interface PoolParty extends Party<PoolClaim> {
  readonly subnet: PoolClaim["subnet"];
}

export class Ledger {
  private readonly addresses = new Buckets<bigint, AddressClaim>();
  private readonly macs = new Buckets<number, MacClaim>();
  private readonly containers = new Buckets<string, ContainerClaim>();
  /** Networks by name: those that Compose makes, and those that are there already. */
  private readonly made = new Buckets<string, NetworkClaim>();
  private readonly used = new Buckets<string, NetworkClaim>();
  private readonly parents = new Buckets<string, NetworkClaim>();
  private readonly pools = new PrefixIndex<PoolParty>();
  private readonly poolsOf = new Map<Member, readonly PoolParty[]>();

  add(member: Member): void {
    const { claims } = member;
    for (const claim of claims.addresses)
      this.addresses.add(claim.address.value, { member, claim });
    for (const claim of claims.macs) this.macs.add(claim.mac, { member, claim });
    for (const claim of claims.containers) this.containers.add(claim.name, { member, claim });
    for (const claim of claims.networks) {
      const { realName, parent, made, onLan } = claim;
      if (realName !== undefined) (made ? this.made : this.used).add(realName, { member, claim });
      if (made && onLan && parent !== undefined) this.parents.add(parent, { member, claim });
    }
    const pools = claims.pools.map((claim) => ({ member, claim, subnet: claim.subnet }));
    this.poolsOf.set(member, pools);
    for (const pool of pools) this.pools.add(pool);
  }

  delete(member: Member): void {
    const { claims } = member;
    for (const { address } of claims.addresses) this.addresses.delete(address.value, member);
    for (const { mac } of claims.macs) this.macs.delete(mac, member);
    for (const { name } of claims.containers) this.containers.delete(name, member);
    for (const { realName, parent, made, onLan } of claims.networks) {
      if (realName !== undefined) (made ? this.made : this.used).delete(realName, member);
      if (made && onLan && parent !== undefined) this.parents.delete(parent, member);
    }
    for (const pool of this.poolsOf.get(member) ?? []) this.pools.delete(pool);
    this.poolsOf.delete(member);
  }

  sameAddress(claim: AddressClaim, member: Member): readonly Party<AddressClaim>[] {
    return this.addresses.others(claim.address.value, member);
  }

  sameMac(claim: MacClaim, member: Member): readonly Party<MacClaim>[] {
    return this.macs.others(claim.mac, member);
  }

  sameContainer(claim: ContainerClaim, member: Member): readonly Party<ContainerClaim>[] {
    return this.containers.others(claim.name, member);
  }

  /** Other projects that make the network of this name. */
  makers({ realName }: NetworkClaim, member: Member): readonly Party<NetworkClaim>[] {
    return realName === undefined ? [] : this.made.others(realName, member);
  }

  sameParent(claim: NetworkClaim, member: Member): readonly Party<NetworkClaim>[] {
    return claim.parent === undefined ? [] : this.parents.others(claim.parent, member);
  }

  overlapping(claim: PoolClaim, member: Member): Party<PoolClaim>[] {
    const found: Party<PoolClaim>[] = [];
    for (const pool of this.pools.overlapping(claim.subnet)) {
      if (pool.member !== member && found.push(pool) >= 200) break;
    }
    return found;
  }

  /** Members whose findings may depend on claims of `member`: those that claim the same. */
  neighbours(member: Member): Set<Member> {
    const { addresses, macs, containers, networks, pools } = member.claims;
    const found = new Set<Member>();
    const add = (parties: readonly Party<unknown>[]) => {
      for (const party of parties) found.add(party.member);
    };
    for (const claim of containers) add(this.sameContainer(claim, member));
    for (const claim of pools) add(this.overlapping(claim, member));
    this.addMeeting(member, addresses, macs, add);
    for (const claim of networks) {
      add(this.sameParent(claim, member));
      if (!claim.made || claim.realName === undefined) continue;
      add(this.makers(claim, member));
      // It is where the addresses and MACs of its users are, too.
      for (const user of this.used.others(claim.realName, member)) {
        found.add(user.member);
        this.addMeeting(user.member, user.member.claims.addresses, user.member.claims.macs, add);
      }
    }
    return found;
  }

  private addMeeting(
    member: Member,
    addresses: readonly AddressClaim[],
    macs: readonly MacClaim[],
    add: (parties: readonly Party<unknown>[]) => void,
  ): void {
    for (const claim of addresses) add(this.sameAddress(claim, member));
    for (const claim of macs) add(this.sameMac(claim, member));
  }
}
