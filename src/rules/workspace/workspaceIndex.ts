/** All projects of a workspace, and what is wrong between them. */
import type { Prefix } from "../../model/cidr";
import { type EngineProfile, newestProfile } from "../../model/engineProfile";
import type { Finding } from "../rule";
import { clashesOf } from "./clashes";
import type { NetworkClaim } from "./claims";
import { Ledger } from "./ledger";
import { type OtherClaims, othersOf, summaryOf } from "./otherClaims";
import type { Court, Member, Project } from "./parties";
import { type Relation, relationOf } from "./relation";
import { traitsOf } from "./whereabouts";

/** What the judgements depend on besides the projects. */
export interface WorkspaceSurroundings {
  readonly engine: EngineProfile;
  /** LANs that the hosts share: setting `macvlan.lan`. */
  readonly lans: readonly Prefix[];
}

/**
 * Keeps the claims of each project, so that a change of one costs its own claims and those that meet
 * them. Findings are worked out when they are asked for.
 */
export class WorkspaceIndex {
  private readonly ledger = new Ledger();
  private readonly members = new Map<string, Member>();
  private readonly known = new Map<string, readonly Finding[]>();
  private stale = new Set<string>();
  private surroundings: WorkspaceSurroundings = { engine: newestProfile, lans: [] };

  setSurroundings(surroundings: WorkspaceSurroundings): void {
    this.surroundings = surroundings;
    for (const id of this.members.keys()) this.touch(id);
  }

  /** Adds the project, or takes its new claims. `id`: any text that is the same for the same project. */
  set(id: string, project: Project): void {
    this.remove(id);
    const member: Member = {
      id,
      ...project,
      traits: traitsOf(project.where),
      services: new Set(project.claims.services),
    };
    this.members.set(id, member);
    this.ledger.add(member);
    this.touch(id);
    for (const other of this.ledger.neighbours(member)) this.touch(other.id);
  }

  delete(id: string): void {
    this.remove(id);
    this.known.delete(id);
    this.stale.delete(id);
  }

  has(id: string): boolean {
    return this.members.has(id);
  }

  /** Projects whose findings may be others than before the last call, those that are new among them. */
  takeStale(): string[] {
    const ids = [...this.stale];
    this.stale = new Set();
    return ids;
  }

  /** What is wrong between the project and the others; the same list until `takeStale` names it. */
  findings(id: string): readonly Finding[] {
    const member = this.members.get(id);
    if (!member) return [];
    let findings = this.known.get(id);
    if (!findings) {
      findings = clashesOf(member, this.ledger, this.court());
      this.known.set(id, findings);
    }
    return findings;
  }

  /** What all other projects claim, as of the call that uses it. */
  others(id: string): OtherClaims {
    return othersOf(() =>
      [...this.members.values()].flatMap(({ id: other, claims, where }) =>
        other === id ? [] : [summaryOf(claims, where.shown)],
      ),
    );
  }

  private remove(id: string): void {
    const member = this.members.get(id);
    if (!member) return;
    for (const other of this.ledger.neighbours(member)) this.touch(other.id);
    this.ledger.delete(member);
    this.members.delete(id);
  }

  private touch(id: string): void {
    this.known.delete(id);
    this.stale.add(id);
  }

  private court(): Court {
    const relations = new Map<Member, Relation>();
    const { ledger } = this;
    return {
      ...this.surroundings,
      // Asked for one member only, against many others.
      relation: (a, b) => {
        const relation = relations.get(b) ?? relationOf(a, b);
        relations.set(b, relation);
        return relation;
      },
      definition: (network, member) => definitionIn(ledger, network, member),
    };
  }
}

/** An external network is what another project of the host makes of it. */
function definitionIn(ledger: Ledger, network: NetworkClaim, member: Member): NetworkClaim {
  if (network.made || network.driver !== undefined) return network;
  const maker = ledger.makers(network, member).find(({ claim, member: other }) => {
    const { oneHost, level } = relationOf(member, other);
    return claim.made && oneHost && level !== undefined;
  });
  return maker?.claim ?? network;
}
