/** The claims of all projects, to be asked who else claims a thing. */
import type {
  AddressClaim,
  ContainerClaim,
  MacClaim,
  NetworkClaim,
  PoolClaim,
  ProjectClaims,
} from "./claims";
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
  private readonly names = new Buckets<string, NetworkClaim>();
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
      if (realName !== undefined) this.names.add(realName, { member, claim });
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
    for (const { realName, parent } of claims.networks) {
      if (realName !== undefined) this.names.delete(realName, member);
      if (parent !== undefined) this.parents.delete(parent, member);
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

  sameName(claim: NetworkClaim, member: Member): readonly Party<NetworkClaim>[] {
    return claim.realName === undefined ? [] : this.names.others(claim.realName, member);
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
  *neighbours(member: Member, claims: ProjectClaims): Generator<Member> {
    const groups = [
      ...claims.addresses.map((claim) => this.sameAddress(claim, member)),
      ...claims.macs.map((claim) => this.sameMac(claim, member)),
      ...claims.containers.map((claim) => this.sameContainer(claim, member)),
      ...claims.networks.map((claim) => this.sameParent(claim, member)),
      ...claims.pools.map((claim) => this.overlapping(claim, member)),
    ];
    for (const group of groups) for (const party of group) yield party.member;
    for (const claim of claims.networks) {
      for (const user of this.sameName(claim, member)) {
        yield user.member;
        // It is where their addresses and MACs are, too.
        if (claim.made && !user.claim.made) yield* this.meeting(user.member);
      }
    }
  }

  private *meeting(member: Member): Generator<Member> {
    for (const claim of member.claims.addresses) {
      for (const party of this.sameAddress(claim, member)) yield party.member;
    }
    for (const claim of member.claims.macs) {
      for (const party of this.sameMac(claim, member)) yield party.member;
    }
  }
}
