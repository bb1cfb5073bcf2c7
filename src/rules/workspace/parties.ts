/** Who claims what: the members of a workspace and the single claims that the index holds. */
import type { Prefix } from "../../model/cidr";
import type { EngineProfile } from "../../model/engineProfile";
import type { RuleContext } from "../context";
import type { Severity } from "../rule";
import type { NetworkClaim, ProjectClaims } from "./claims";
import type { Relation, Side } from "./relation";
import type { Whereabouts } from "./whereabouts";

/** A project as its owner hands it to the index. */
export interface Project {
  readonly where: Whereabouts;
  readonly claims: ProjectClaims;
  /** The project's views, for fixes; absent for one that nobody can edit now. */
  readonly context?: () => RuleContext | undefined;
}

export interface Member extends Project, Side {
  readonly id: string;
  readonly claims: ProjectClaims;
}

/** One claim of one member. */
export interface Party<C> {
  readonly member: Member;
  readonly claim: C;
}

/** What the judges of a clash may ask. */
export interface Court {
  readonly engine: EngineProfile;
  /** LANs that all hosts share: setting `macvlan.lan`. */
  readonly lans: readonly Prefix[];
  relation(a: Member, b: Member): Relation;
  /** The network's definition in another project of its host, where it is external itself. */
  definition(network: NetworkClaim, member: Member): NetworkClaim;
}

/** What is wrong with a claim because of another one. */
export interface Verdict {
  readonly severity: Extract<Severity, "warning" | "information">;
  readonly message: string;
  readonly engineMessage?: string;
  /** What stands at the other place. */
  readonly related: string;
}

export type Judge<C> = (court: Court, mine: Party<C>, theirs: Party<C>) => Verdict | undefined;

/** The graver verdicts come first; at equal weight the order of the files decides. */
export function weightOf(severity: Severity): number {
  return ["error", "warning", "information", "hint"].indexOf(severity);
}

export function milder(a: Verdict["severity"], b: Verdict["severity"]): Verdict["severity"] {
  return a === "warning" ? b : a;
}
