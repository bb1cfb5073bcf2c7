/** The findings of one project against all others. */
import type { Place } from "../../compose/place";
import type { Finding } from "../rule";
import { judgeAddress } from "./addressVerdict";
import type { ProjectClaims } from "./claims";
import { fixesBetween } from "./fixes";
import type { Ledger } from "./ledger";
import { judgeMac } from "./macVerdict";
import { judgeContainer, judgeNetworkName } from "./nameVerdicts";
import { judgeParent } from "./parentVerdict";
import { type Court, type Judge, type Member, type Party, type Verdict, weightOf } from "./parties";
import { judgeSubnet } from "./subnetVerdict";

/** So many projects with one claim are a collection that is never up as a whole. */
const collection = 6;
/** Other places that a finding names. */
const shownRelated = 3;

interface Kind<C> {
  readonly rule: string;
  readonly claims: (claims: ProjectClaims) => readonly C[];
  /** Parties of other projects that may clash. */
  readonly others: (ledger: Ledger, claim: C, member: Member) => readonly Party<C>[];
  readonly judge: Judge<C>;
  readonly place: (claim: C) => Place;
}

function kind<C extends { readonly place: Place }>(
  init: Omit<Kind<C>, "place"> & Partial<Pick<Kind<C>, "place">>,
): (member: Member, ledger: Ledger, court: Court) => Generator<Finding> {
  const whole: Kind<C> = { place: ({ place }) => place, ...init };
  return (member, ledger, court) => findingsOfKind(whole, member, ledger, court);
}

const kinds = [
  kind({
    rule: "duplicate-address",
    claims: ({ addresses }) => addresses,
    others: (ledger, claim, member) => ledger.sameAddress(claim, member),
    judge: judgeAddress,
  }),
  kind({
    rule: "duplicate-mac",
    claims: ({ macs }) => macs,
    others: (ledger, claim, member) => ledger.sameMac(claim, member),
    judge: judgeMac,
  }),
  kind({
    rule: "container-name-taken",
    claims: ({ containers }) => containers,
    others: (ledger, claim, member) => ledger.sameContainer(claim, member),
    judge: judgeContainer,
  }),
  kind({
    rule: "network-name-taken",
    claims: ({ networks }) => networks.filter(({ made }) => made),
    others: (ledger, claim, member) => ledger.makers(claim, member),
    judge: judgeNetworkName,
    place: ({ namePlace, place }) => namePlace ?? place,
  }),
  kind({
    rule: "subnet-overlap",
    claims: ({ pools }) => pools,
    others: (ledger, claim, member) => ledger.overlapping(claim, member),
    judge: judgeSubnet,
  }),
  kind({
    rule: "parent-shared",
    claims: ({ networks }) => networks,
    others: (ledger, claim, member) => ledger.sameParent(claim, member),
    judge: judgeParent,
    place: ({ parentPlace, place }) => parentPlace ?? place,
  }),
];

/** What is wrong with the member's claims because of those of others, by place. */
export function clashesOf(member: Member, ledger: Ledger, court: Court): Finding[] {
  const findings = new Map<string, Finding>();
  for (const findingsOf of kinds) {
    for (const finding of findingsOf(member, ledger, court)) {
      const { path, from, to } = finding.place;
      const what = `${finding.rule} ${path}:${from}-${to} ${finding.message}`;
      if (!findings.has(what)) findings.set(what, finding);
    }
  }
  return [...findings.values()];
}

interface Clash<C> {
  readonly other: Party<C>;
  readonly verdict: Verdict;
}

function* findingsOfKind<C>(
  kind: Kind<C>,
  member: Member,
  ledger: Ledger,
  court: Court,
): Generator<Finding> {
  for (const claim of kind.claims(member.claims)) {
    const clashes: Clash<C>[] = [];
    for (const other of kind.others(ledger, claim, member)) {
      const verdict = kind.judge(court, { member, claim }, other);
      if (verdict) clashes.push({ other, verdict });
    }
    clashes.sort(compareClashes);
    const [worst] = clashes;
    if (worst) yield findingOf(kind, { member, claim }, worst, clashes);
  }
}

function compareClashes(a: Clash<unknown>, b: Clash<unknown>): number {
  const weight = weightOf(a.verdict.severity) - weightOf(b.verdict.severity);
  return weight || (shownOf(a) < shownOf(b) ? -1 : shownOf(a) > shownOf(b) ? 1 : 0);
}

function shownOf({ other }: Clash<unknown>): string {
  return other.member.where.shown;
}

function findingOf<C>(
  { rule, place }: Kind<C>,
  { member, claim }: Party<C>,
  { verdict, other }: Clash<C>,
  clashes: readonly Clash<C>[],
): Finding {
  const projects = new Set(clashes.map((clash) => clash.other.member)).size;
  const severity = projects + 1 >= collection ? "information" : verdict.severity;
  // Of two projects one is to change: that which is named later.
  const yields = severity === "warning" && shownOf({ other, verdict }) < member.where.shown;
  const { message, engineMessage } = verdict;
  const mine = place(claim);
  return {
    rule,
    severity,
    place: mine,
    message,
    ...(engineMessage === undefined ? {} : { engineMessage }),
    related: clashes.slice(0, shownRelated).map((clash) => ({
      place: place(clash.other.claim),
      message: clash.verdict.related,
    })),
    yields,
    fixes: () => {
      const context = member.context?.();
      return context ? fixesBetween(context, { rule, place: mine, yields }) : [];
    },
  };
}
