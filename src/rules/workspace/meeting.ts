/** Where networks of two projects are one, or one wire. Both functions are for projects of one host. */
import { type NetworkClaim, shareSubnet } from "./claims";

/** One name in one engine is one network. */
export function isOneNetwork(a: NetworkClaim, b: NetworkClaim): boolean {
  return a.realName !== undefined && a.realName === b.realName;
}

/**
 * Whether two LAN networks are on one link: the same parent, or, where one is not known, the same
 * subnet. A VLAN sub-interface is a link of its own.
 */
export function onOneLink(a: NetworkClaim, b: NetworkClaim): boolean {
  if (!a.onLan || !b.onLan) return false;
  if (a.parentKnown && b.parentKnown) return a.parent !== undefined && a.parent === b.parent;
  return shareSubnet(a, b);
}
