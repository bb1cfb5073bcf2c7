/** What the engine says to two LAN networks on one parent interface (moby macvlan and ipvlan createNetwork). */
import type { LanDriver } from "../../model/driverOptions";
import type { EngineProfile } from "../../model/engineProfile";

/** A network, as far as it matters to its neighbour on the parent. */
export interface ParentUser {
  readonly driver: LanDriver;
  /** Undefined when unknown. */
  readonly mode: string | undefined;
}

/**
 * `refused`: the second network is not made. `busy`: both are, but containers of only one of them run at
 * a time, because the kernel gives the interface to one driver.
 */
export function parentClash(
  one: ParentUser,
  other: ParentUser,
  engine: EngineProfile,
): "refused" | "busy" | undefined {
  if (one.driver !== other.driver) return "busy";
  if (one.driver === "ipvlan" || !engine.macvlanSharesParent) return "refused";
  return [one.mode, other.mode].includes("passthru") ? "refused" : undefined;
}

/** Behind "Docker refuses". */
export function refusalReason(one: ParentUser, other: ParentUser, engine: EngineProfile): string {
  if (one.driver === "ipvlan") return "a second ipvlan network on an interface";
  if (!engine.macvlanSharesParent)
    return "a second macvlan network on an interface before version 27.0";
  const both = one.mode === "passthru" && other.mode === "passthru";
  const passthru = both ? "both use" : "one uses";
  return `a second one, because ${passthru} the mode passthru, which takes the interface for itself`;
}

/** `id`: of the network that is there already; the engine gives it the prefix of a dummy link. */
export function refusalText(
  made: ParentUser,
  existing: ParentUser,
  parent: string,
  id: string,
  engine: EngineProfile,
): string {
  if (made.driver === "ipvlan")
    return `network di-${id.slice(0, 12)} is already using parent interface ${parent}`;
  if (!engine.macvlanSharesParent) {
    return `network dm-${id.slice(0, 12)} is already using parent interface ${parent}`;
  }
  return made.mode === "passthru" || existing.mode !== "passthru"
    ? `cannot use mode passthru, macvlan network ${id} is already using parent interface ${parent}`
    : `macvlan network ${id} is already using parent interface ${parent} in mode passthru`;
}

/** What the kernel says when a container of the other driver runs. */
export function busyText(driver: LanDriver): string {
  return `failed to create the ${driver} port: device or resource busy`;
}
