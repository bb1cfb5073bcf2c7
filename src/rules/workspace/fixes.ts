/** Fixes for clashes between projects, worked out in the project that is open. */
import type { Place } from "../../compose/place";
import { formatPrefix } from "../../model/cidr";
import type { RuleContext } from "../context";
import { freeSubnet } from "../free";
import type { Finding, Fix } from "../rule";
import { nextFreeFix } from "../support/addressFixes";
import { newMacFix } from "../support/macFixes";
import { moveSubnet } from "../support/moveSubnet";
import { ownPools } from "../support/overlapCandidates";

/** Edits that end the clash at a place of the context's project. */
type Fixer = (context: RuleContext, place: Place) => readonly Fix[];

/**
 * The fixes of a finding between two projects, for the project of the context, whose text the place is
 * of. Preferred is one only in the project that yields.
 */
export function fixesBetween(
  context: RuleContext,
  { rule, place, yields }: Pick<Finding, "rule" | "place" | "yields">,
): readonly Fix[] {
  const fixes = fixers[rule]?.(context, place) ?? [];
  return fixes.map((fix) => ({ ...fix, preferred: fix.preferred && yields === true }));
}

const fixAddress: Fixer = (context, place) => {
  const addresses = context.services.flatMap((service) => service.addresses);
  const claim = addresses.find(({ value }) => isAt(value.place, place));
  if (claim?.standing.kind !== "available") return [];
  return nextFreeFix(context, claim.value, claim.standing.pool, claim.address);
};

const fixMac: Fixer = (context, place) => {
  const claims = context.services.flatMap(({ macClaims }) => macClaims);
  const claim = claims.find(({ value }) => isAt(value.place, place));
  return claim ? newMacFix(context, claim.value, `${claim.service.key}/${claim.tie.key}`) : [];
};

/** A bridge can be anywhere; the subnet of a LAN is what it is. */
const fixSubnet: Fixer = (context, place) => {
  const found = ownPools(context.networks, context).find(({ entry }) =>
    isAt(entry?.subnet?.place, place),
  );
  if (!found?.bridge || !found.declared) return [];
  const { pool, network } = found.declared;
  const target = freeSubnet(context, pool.subnet);
  const edits = target && moveSubnet(context, pool, target);
  if (!edits) return [];
  const title = `Move "${network.key}" to ${formatPrefix(target)}`;
  return [{ title, preferred: true, safe: false, edits }];
};

const fixers: Readonly<Record<string, Fixer>> = {
  "duplicate-address": fixAddress,
  "duplicate-mac": fixMac,
  "subnet-overlap": fixSubnet,
};

function isAt(a: Place | undefined, b: Place): boolean {
  return a?.path === b.path && a.from === b.from && a.to === b.to;
}
