/** Networks of two projects on one parent interface. */
import { isLanDriver } from "../../model/network";
import {
  type ParentUser,
  busyText,
  parentClash,
  refusalReason,
  refusalText,
} from "../support/parentClash";
import type { NetworkClaim } from "./claims";
import { isOneNetwork } from "./meeting";
import type { Judge } from "./parties";

/** Of networks that both projects make, with the same known parent. */
export const judgeParent: Judge<NetworkClaim> = (court, mine, theirs) => {
  const { oneHost, level } = court.relation(mine.member, theirs.member);
  const [one, two] = [userOf(mine.claim), userOf(theirs.claim)];
  if (!oneHost || !level || !one || !two) return undefined;
  if (isOneNetwork(mine.claim, theirs.claim)) return undefined;
  const clash = parentClash(one, two, court.engine);
  if (!clash) return undefined;
  const { key, parent = "" } = mine.claim;
  const there = `"${theirs.claim.key}" (${two.driver}) in ${theirs.member.where.shown}`;
  const related = `Network "${theirs.claim.key}" (${two.driver}) is on ${parent}.`;
  if (clash === "busy") {
    return {
      severity: level,
      message:
        `"${key}" (${one.driver}) and ${there} share the parent ${parent}: as long as a container of one runs, ` +
        "none of the other starts.",
      engineMessage: busyText(one.driver),
      related,
    };
  }
  return {
    severity: level,
    message:
      `"${key}" and ${there} share the parent ${parent}, and Docker refuses ` +
      `${refusalReason(one, two, court.engine)}. Let one project make the network and the other use it ` +
      `(external: true), or take a VLAN sub-interface of ${parent}.`,
    engineMessage: refusalText(one, two, parent, "<id>", court.engine),
    related,
  };
};

function userOf({ driver, mode, made }: NetworkClaim): ParentUser | undefined {
  return made && isLanDriver(driver) ? { driver, mode } : undefined;
}
