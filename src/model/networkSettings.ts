/** Everything of a network that is needed to make it again, as the engine keeps it. */
import { type IpamPool, type NetworkSpec, modeOption } from "./network";
import { sameJson } from "./json";

export interface NetworkSettings {
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  /** Absent: the engine does not say (before API 1.48), and it is on. */
  readonly enableIpv4?: boolean;
  readonly enableIpv6: boolean;
  /** driver_opts, `parent` and the mode among them; without a parent that the engine made itself. */
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>>;
  readonly pools: readonly IpamPool[];
  /** What this extension does not make again: networks of a swarm, and templates for them. */
  readonly kind: "local" | "swarm" | "template";
}

/** A network of the engine with all its settings. */
export interface NetworkDetails {
  readonly id: string;
  readonly settings: NetworkSettings;
}

/** The settings of a planned network. */
export function settingsOfSpec(spec: NetworkSpec): NetworkSettings {
  return {
    name: spec.name,
    driver: spec.driver,
    internal: spec.internal,
    attachable: false,
    enableIpv6: spec.enableIpv6,
    options: {
      ...(spec.parent !== undefined && { parent: spec.parent }),
      ...(spec.mode !== undefined && { [modeOption(spec.driver)]: spec.mode }),
    },
    labels: {},
    ipamDriver: "default",
    ipamOptions: {},
    pools: spec.pools,
    kind: "local",
  };
}

/** Whether two networks would be the same one. IPv4 that nobody spoke of is on. */
export function sameSettings(a: NetworkSettings, b: NetworkSettings): boolean {
  return sameJson(
    { ...a, enableIpv4: a.enableIpv4 ?? true },
    { ...b, enableIpv4: b.enableIpv4 ?? true },
  );
}
