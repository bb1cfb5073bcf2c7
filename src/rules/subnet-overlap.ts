import { formatAddress, formatPrefix } from "../model/cidr";
import type { EngineProfile } from "../model/engineProfile";
import type { NetworkView, RuleContext } from "./context";
import { freeSubnet } from "./free";
import type { Fix, Report, Rule } from "./rule";
import { clashWords } from "./support/clashWords";
import { moveSubnet } from "./support/moveSubnet";
import { type Candidate, livePools, ownPools } from "./support/overlapCandidates";
import { visitOverlaps } from "./support/overlaps";
import { type ClashKind, clashOf, clashWithExisting, severityOf } from "./support/poolClash";

interface Clash {
  readonly other: Candidate;
  readonly kind: ClashKind;
}

export const subnetOverlap: Rule = {
  id: "subnet-overlap",
  severity: "error",
  summary: "The subnets of two networks overlap in a way that the engine refuses.",
  hasFix: true,
  checkNetworks(networks, conditions, report) {
    const candidates = [...ownPools(networks, conditions), ...livePools(networks, conditions)];
    const worst = new Map<Candidate, Clash>();
    visitOverlaps(candidates, (a, b) => {
      const [earlier, later] = inOrder(a, b);
      const kind = clashBetween(earlier, later);
      if (!kind) return;
      const before = worst.get(later);
      const graver = before && severityOf(kind) === "error" && severityOf(before.kind) !== "error";
      if (!before || graver) worst.set(later, { other: earlier, kind });
    });
    for (const [candidate, clash] of worst) {
      const { entry } = candidate;
      if (entry?.subnet) report(describe(conditions.engine, candidate, clash, entry.subnet.place));
    }
  },
};

/** The one that is reported is the second: of a bridge and a LAN network the bridge, which can move. */
function inOrder(a: Candidate, b: Candidate): [Candidate, Candidate] {
  if (!a.declared || !b.declared) return a.declared ? [b, a] : [a, b];
  if (a.bridge !== b.bridge) return a.bridge ? [b, a] : [a, b];
  return a.order < b.order ? [a, b] : [b, a];
}

function clashBetween(earlier: Candidate, later: Candidate): ClashKind | undefined {
  if (!later.declared || (earlier.settled && later.settled)) return undefined;
  if (!earlier.declared) return clashWithExisting(earlier, later);
  const [one, two] = [earlier.declared.network, later.declared.network];
  // Entries of one network are made in the order of the list; of a bridge the second is too many anyway.
  if (one === two) return later.bridge ? undefined : clashWithExisting(earlier, later);
  return isSameNetwork(one, two) ? undefined : clashOf(earlier, later);
}

/** Two keys with one `name` are one network: the second is not made. */
function isSameNetwork(a: NetworkView, b: NetworkView): boolean {
  const [one, two] = [a.declaration?.name, b.declaration?.name];
  if (!one || !two) return false;
  return !one.known || !two.known || one.text === two.text;
}

function describe(
  engine: EngineProfile,
  candidate: Candidate,
  { other, kind }: Clash,
  place: Report["place"],
): Report {
  const [mine, theirs] = [formatPrefix(candidate.subnet), formatPrefix(other.subnet)];
  const pair = `${candidate.words} (${mine}) and ${other.words} (${theirs})`;
  const otherPlace = other.entry?.subnet?.place;
  const [engineMessage, ...otherMessages] = clashWords(engine, kind);
  return {
    place,
    severity: severityOf(kind),
    message: message(candidate, other, kind, pair),
    ...(otherPlace && {
      related: [{ place: otherPlace, message: `The subnet of ${other.words}` }],
    }),
    ...(engineMessage === undefined ? {} : { engineMessage }),
    ...(otherMessages.length > 0 ? { otherMessages } : {}),
    fixes: (context) => move(context, candidate),
  };
}

function message(candidate: Candidate, other: Candidate, kind: ClashKind, pair: string): string {
  switch (kind.kind) {
    case "refused":
      if (kind.refusal.by === "address") {
        const { address } = kind.refusal.wanted;
        return (
          `Docker refuses the second of the two: ${pair} share a subnet, and both ask for ` +
          `${formatAddress(address)}. Write it in one of them only.`
        );
      }
      return other.declared
        ? `Docker refuses one of the two: the subnets of ${pair} overlap.`
        : `Docker refuses "${candidate.network.key}": the subnets of ${pair} overlap.`;
    case "order":
      return kind.refusal.by === "address"
        ? `${pair} share a subnet, and Docker may take ${formatAddress(kind.refusal.wanted.address)} for ` +
            `one that has no gateway written before the other asks for it. Write a gateway in both.`
        : `The subnets of ${pair} overlap. Docker accepts that only if "${kind.first.network.key}", which ` +
            "has no ip_range, is made first, and Compose makes them in any order. Give both an ip_range.";
    case "twice":
      return (
        `Docker gives the same addresses to both ${pair}: their subnets and ranges overlap on one ` +
        "parent interface, but are not the same. Write the same subnet for both."
      );
  }
}

/** A bridge can be anywhere; the subnet of a LAN is what it is. */
function move(context: RuleContext, { declared, bridge }: Candidate): Fix[] {
  if (!declared || !bridge) return [];
  const target = freeSubnet(context, declared.pool.subnet);
  const edits = target && moveSubnet(context, declared.pool, target);
  if (!edits) return [];
  const title = `Move "${declared.network.key}" to ${formatPrefix(target)}`;
  return [{ title, preferred: true, safe: false, edits }];
}
