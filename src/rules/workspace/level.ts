/** How much a clash of two services weighs. */
import type { Holder } from "../support/clash";
import { type Court, type Party, type Verdict, milder } from "./parties";

type ServiceParty = Party<Holder & { readonly service: { readonly key: string } }>;

/**
 * Undefined when the projects have nothing to do with each other. A service of the same key is most
 * likely the same thing in another variant, and one that does not start need not collide.
 */
export function serviceLevel(
  court: Court,
  mine: ServiceParty,
  theirs: ServiceParty,
): Verdict["severity"] | undefined {
  const { level } = court.relation(mine.member, theirs.member);
  if (!level) return undefined;
  const same = mine.claim.service.key === theirs.claim.service.key;
  const both = mine.claim.started && theirs.claim.started;
  return milder(level, both && !same ? "warning" : "information");
}
