/** Networks of two projects whose subnets overlap. */
import { formatAddress, formatPrefix } from "../../model/cidr";
import { clashWords } from "../support/clashWords";
import { clashOf } from "../support/poolClash";
import type { NetworkClaim, PoolClaim } from "./claims";
import { isOneNetwork } from "./meeting";
import { type Judge, type Verdict, milder } from "./parties";

export const judgeSubnet: Judge<PoolClaim> = (court, mine, theirs) => {
  const { oneHost, level } = court.relation(mine.member, theirs.member);
  const [one, two] = [mine.claim.network, theirs.claim.network];
  if (!oneHost || !level || isOneNetwork(one, two) || mayBeOneNetwork(one, two)) return undefined;
  if (mine.claim.settled && theirs.claim.settled) return undefined;
  const clash = clashOf(mine.claim, theirs.claim);
  if (!clash) return undefined;
  const { where } = theirs.member;
  const words = (pool: PoolClaim) => `"${pool.network.key}" (${formatPrefix(pool.subnet)})`;
  const pair = `${words(mine.claim)} and ${words(theirs.claim)} in ${where.shown}`;
  const verdict = (message: string, rest: Partial<Verdict> = {}): Verdict => ({
    severity: level,
    message,
    related: `The subnet of "${theirs.claim.network.key}"`,
    ...rest,
  });
  const [engineMessage = ""] = clashWords(court.engine, clash);
  switch (clash.kind) {
    case "refused":
      return clash.refusal.by === "address"
        ? verdict(
            `${pair} share a subnet, and both ask for ${formatAddress(clash.refusal.wanted.address)}: Docker ` +
              "refuses whichever is made second. Write it in one of them only.",
            { engineMessage },
          )
        : verdict(
            `The subnets of ${pair} overlap: Docker refuses to have both networks. ${way(mine.claim, theirs.claim)}`,
            { engineMessage },
          );
    case "order":
      return verdict(
        clash.refusal.by === "address"
          ? `${pair} share a subnet, and Docker may take ${formatAddress(clash.refusal.wanted.address)} as a ` +
              "gateway for one before the other asks for it. Write a gateway in both."
          : `The subnets of ${pair} overlap. Docker accepts that only if "${clash.first.network.key}", which ` +
              "has no ip_range, is made first. Give both an ip_range.",
        { severity: milder(level, "information"), engineMessage },
      );
    case "twice":
      return verdict(
        `Docker gives the same addresses to both ${pair}: their subnets and ranges overlap on one ` +
          "parent interface, but are not the same. Write the same subnet for both.",
      );
  }
};

/** A name that is written but not known may be that of the other. */
function mayBeOneNetwork(a: NetworkClaim, b: NetworkClaim): boolean {
  return [a, b].some(({ named, realName }) => named && realName === undefined);
}

function way(mine: PoolClaim, theirs: PoolClaim): string {
  if (mine.bridge || theirs.bridge) return "Move one of them.";
  return (
    "Let one project make the network and the other use it (external: true), or give each an ip_range " +
    "of its own."
  );
}
