import { formatPrefix } from "../model/cidr";
import type { TableUse } from "./context";
import type { Report, Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import { clashSeverity, worstHolder } from "./support/clash";
import { duplicateOnEngine } from "./support/duplicateOnEngine";
import type { StaticAddress } from "./support/staticAddresses";

export const duplicateAddress: Rule = {
  id: "duplicate-address",
  severity: "error",
  summary: "Two containers have the same static address on one network or one LAN.",
  hasFix: true,
  check(context, report) {
    const reported = new Set<StaticAddress>();
    const take = (claim: StaticAddress, finding: Report) => {
      if (reported.has(claim)) return;
      reported.add(claim);
      report(finding);
    };
    for (const { claims } of context.tableUses) {
      for (const same of claims.contested()) {
        for (let index = 1; index < same.length; index++) {
          const claim = same[index];
          const first = claim && worstHolder(claim, same.slice(0, index));
          if (claim && first) take(claim, inFile(claim, first));
        }
      }
    }
    for (const [claim, other] of acrossTables(context.tableUses))
      take(claim, onOneLan(claim, other));
    for (const [claim, finding] of duplicateOnEngine(context)) take(claim, finding);
  },
};

function inFile(claim: StaticAddress, first: StaticAddress): Report {
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
    engineMessage: "Address already in use",
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
function* acrossTables(
  uses: readonly TableUse[],
): Generator<[claim: StaticAddress, other: StaticAddress]> {
  const parents = new Map<string, Set<TableUse>>();
  for (const use of uses) {
    for (const { network } of use.table.pools) {
      if (!network.onLan || network.parent === undefined) continue;
      const others = parents.get(network.parent);
      if (others) others.add(use);
      else parents.set(network.parent, new Set([use]));
    }
  }
  for (const tables of parents.values()) {
    if (tables.size < 2) continue;
    const holders = new Map<bigint, StaticAddress>();
    for (const { claims } of tables) {
      for (const claim of claims.holders()) {
        const { value } = claim.address;
        const other = holders.get(value);
        if (!other) holders.set(value, claim);
        else if (subnetOf(other) !== subnetOf(claim)) yield [claim, other];
      }
    }
  }
}
