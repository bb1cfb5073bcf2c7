/** Two projects with one MAC. */
import { prefixesOverlap } from "../../model/cidr";
import type { MacClaim } from "./claims";
import { serviceLevel } from "./level";
import { isOneNetwork, onOneLink } from "./meeting";
import type { Court, Judge, Party } from "./parties";

export const judgeMac: Judge<MacClaim> = (court, mine, theirs) => {
  const level = serviceLevel(court, mine, theirs);
  if (!level) return undefined;
  const [where, refused] = meetingOf(court, mine, theirs) ?? [];
  if (where === undefined) return undefined;
  const { service } = theirs.claim;
  return {
    severity: level,
    message:
      `${mine.claim.text} is also the MAC of "${service.key}" in ${theirs.member.where.shown}, ${where}: ` +
      (refused === true
        ? "the parent interface takes a MAC once, and whichever starts second is refused."
        : "their packets reach now the one, now the other."),
    ...(refused === true ? { engineMessage: "address already in use" } : {}),
    related: `"${service.key}" has the MAC here.`,
  };
};

/** Where the two meet, and whether the kernel refuses the second; it does on a macvlan parent only. */
function meetingOf(
  court: Court,
  mine: Party<MacClaim>,
  theirs: Party<MacClaim>,
): [where: string, refused: boolean] | undefined {
  const one = court.definition(mine.claim.network, mine.member);
  const two = court.definition(theirs.claim.network, theirs.member);
  const macvlan = one.driver === "macvlan" && two.driver === "macvlan";
  if (!court.relation(mine.member, theirs.member).oneHost) {
    const shared = court.lans.some((lan) =>
      [one, two].every(({ subnets }) => subnets.some((subnet) => prefixesOverlap(subnet, lan))),
    );
    return macvlan && shared ? ["on another host of the same LAN", false] : undefined;
  }
  if (isOneNetwork(mine.claim.network, theirs.claim.network))
    return [`on the same network "${one.realName ?? ""}"`, macvlan];
  if (macvlan && onOneLink(one, two)) return [`on the same parent ${one.parent ?? ""}`, true];
  return undefined;
}
