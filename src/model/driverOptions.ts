/** What the macvlan and ipvlan drivers read of a network's driver options (moby newConfigFromLabels). */
import type { NetworkSpec } from "./network";

export type LanDriver = NetworkSpec["driver"];

/** Keys that the driver reads; every other key is stored and has no effect. */
export const driverOptionKeys: Readonly<Record<LanDriver, readonly string[]>> = {
  macvlan: ["parent", "macvlan_mode"],
  ipvlan: ["parent", "ipvlan_mode", "ipvlan_flag"],
};

/** Case-sensitive; the first is the default. `source`, which the kernel has, is none of them. */
export const macvlanModes: readonly string[] = ["bridge", "private", "vepa", "passthru"];

/** Case-sensitive; the first is the default. The modes of ipvlan depend on the engine: see EngineProfile. */
export const ipvlanFlags: readonly string[] = ["bridge", "private", "vepa"];

/** What the driver takes when no mode is written; undefined for other drivers. */
export function defaultMode(driver: string | undefined): string | undefined {
  return driver === "macvlan" ? "bridge" : driver === "ipvlan" ? "l2" : undefined;
}
