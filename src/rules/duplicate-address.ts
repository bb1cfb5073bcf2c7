import { formatPrefix } from "../model/cidr";
import type { EngineProfile } from "../model/engineProfile";
import type { LinkUse, TableUse } from "./context";
import type { Report, Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import { clashSeverity, worstHolder } from "./support/clash";
import { duplicateOnEngine } from "./support/duplicateOnEngine";
import { addressTaken } from "./support/ipamMessages";
import { visitOverlaps } from "./support/overlaps";
import type { StaticAddress } from "./support/staticAddresses";

export const duplicateAddress: Rule = {
  id: "duplicate-address",
  severity: "error",
  summary: "Two containers have the same static address on one network or one LAN.",
  hasFix: true,
  checkTable({ claims }, conditions, report) {
    for (const same of claims.contested()) {
      const earlier: StaticAddress[] = [];
      for (const claim of same) {
        const first = worstHolder(claim, earlier);
        if (first) report(inFile(conditions.engine, claim, first));
        earlier.push(claim);
      }
    }
    for (const [claim, finding] of duplicateOnEngine(claims.holders(), conditions)) {
      if (!claims.isRepeated(claim)) report(finding);
    }
  },
  checkLink(link, _, report) {
    for (const [claim, other] of acrossTables(link)) report(onOneLan(claim, other));
  },
};

function inFile(engine: EngineProfile, claim: StaticAddress, first: StaticAddress): Report {
  const severity = clashSeverity(claim, first, "error");
  const { value, network, service } = claim;
  const where =
    first.network === network
      ? `on network "${network.key}"`
      : `on networks "${first.network.key}" and "${network.key}", which share a subnet`;
  const [one, two] = [`"${first.service.key}"`, `"${service.key}"`];
  return {
    ...placeOf(claim, first),
    severity,
    message:
      `${value.text} is the address of both ${one} and ${two} ${where}. ` +
      (severity === "error"
        ? "Docker starts the one that comes first and refuses the other."
        : "Docker refuses to run them at the same time."),
    ...addressTaken(engine),
  };
}

function onOneLan(claim: StaticAddress, other: StaticAddress): Report {
  const { value, network, service } = claim;
  return {
    ...placeOf(claim, other),
    severity: clashSeverity(claim, other, "warning"),
    message:
      `${value.text} is also the address of "${other.service.key}" on network ` +
      `"${other.network.key}", which has the same parent ${network.parent ?? ""}. Docker keeps a table for ` +
      `each subnet (${subnetOf(other)}, ${subnetOf(claim)}) and starts both; on the LAN, ` +
      `"${service.key}" and "${other.service.key}" then answer for one address.`,
  };
}

/** Where the later holder takes its address, the first one, and the way out. */
function placeOf(
  claim: StaticAddress,
  first: StaticAddress,
): Pick<Report, "place" | "related" | "fixes"> {
  const { value, standing } = claim;
  const message = `"${first.service.key}" has the address here.`;
  const shared =
    value.place.path === first.value.place.path && value.place.from === first.value.place.from;
  return {
    // Of one scalar that both use by an alias or a merge, the way to it is the later one's own.
    place: shared ? (value.through[0] ?? claim.tie.place) : value.place,
    related: [{ place: first.value.place, message }],
    fixes: (context) =>
      shared || standing.kind !== "available"
        ? []
        : nextFreeFix(context, value, standing.pool, claim.address),
  };
}

function subnetOf({ standing }: StaticAddress): string {
  return standing.kind === "available" ? formatPrefix(standing.pool.subnet) : "";
}

/** Later holders of an address that is in different but overlapping subnets of one LAN parent. */
function* acrossTables({
  parent,
  networks,
}: LinkUse): Generator<[claim: StaticAddress, other: StaticAddress]> {
  if (parent === undefined) return;
  const tables = overlapping([...new Set(networks.flatMap(({ tables }) => [...tables.values()]))]);
  const holders = new Map<bigint, StaticAddress>();
  for (const { claims } of tables) {
    for (const claim of claims.holders()) {
      if (!claim.network.onLan || claim.network.parent !== parent) continue;
      const { value } = claim.address;
      const other = holders.get(value);
      if (!other) holders.set(value, claim);
      // A second one in its own table is refused: that is said there.
      else if (subnetOf(other) !== subnetOf(claim) && !claims.isRepeated(claim)) {
        yield [claim, other];
      }
    }
  }
}

/** Those whose subnet overlaps another's, in the order given. */
function overlapping(tables: readonly TableUse[]): readonly TableUse[] {
  const found = new Set<TableUse>();
  const placed = tables.flatMap((use) => {
    const subnet = use.table.pools[0]?.subnet;
    return subnet ? [{ use, subnet }] : [];
  });
  // Whatever contains others is the innermost around one of them.
  visitOverlaps(placed, (outer, inner) => found.add(outer.use).add(inner.use), 1);
  return tables.filter((use) => found.has(use));
}
