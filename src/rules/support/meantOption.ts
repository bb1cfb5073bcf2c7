/** Which option of a LAN driver a key that it does not know was meant to be. */
import type { Value } from "../../compose/value";
import {
  type LanDriver,
  driverOptionKeys,
  ipvlanFlags,
  macvlanModes,
} from "../../model/driverOptions";
import type { EngineProfile } from "../../model/engineProfile";
import { nearest } from "./nearest";

/** Names that other tools, and people, use for the parent (CNI `master`, iproute2 `link` and `dev`). */
const parentNames = new Set([
  "dev",
  "device",
  "host_iface",
  "host_interface",
  "if",
  "iface",
  "interface",
  "link",
  "master",
  "nic",
  "parent_dev",
  "parent_device",
  "parent_if",
  "parent_iface",
  "parent_interface",
  "parent_name",
  "parent_nic",
]);

/** Names for the mode and the flag, once the driver's prefix is off. */
const modeNames = new Set(["mode", "type"]);
const flagNames = new Set(["flag", "flags"]);

/** The values that an option takes; undefined for the parent, which takes any. */
export function optionValues(key: string, engine: EngineProfile): readonly string[] | undefined {
  if (key === "macvlan_mode") return macvlanModes;
  if (key === "ipvlan_mode") return engine.ipvlanModes;
  return key === "ipvlan_flag" ? ipvlanFlags : undefined;
}

/**
 * The option that was meant, judged by the key and by whether the driver would take the value.
 * Undefined when the key is not like any.
 */
export function meantOption(
  key: string,
  value: Value,
  driver: LanDriver,
  engine: EngineProfile,
): string | undefined {
  const meant = byName(key, driver) ?? nearest(key, driverOptionKeys[driver]);
  if (meant === undefined) return undefined;
  const values = optionValues(meant, engine);
  return !value.known || !values || values.includes(value.text) ? meant : undefined;
}

function byName(key: string, driver: LanDriver): string | undefined {
  const name = key
    .toLowerCase()
    .replaceAll("-", "_")
    .replace(/^(?:com\.docker\.network\.)?(?:driver\.)?(?:(?:mac|ip)vlan[._]?)?/, "");
  if (parentNames.has(name) || name === "parent") return "parent";
  if (modeNames.has(name)) return `${driver}_mode`;
  return flagNames.has(name) && driver === "ipvlan" ? "ipvlan_flag" : undefined;
}
