/** The parent interfaces that a project names, and the host that they are looked for on. */
import type { Value } from "../../compose/value";
import type { LanDriver } from "../../model/driverOptions";
import type { HostInterface } from "../../model/hostInterface";
import { isLanDriver } from "../../model/network";
import type { NetworkView, RuleContext } from "../context";

/** A macvlan or ipvlan network of the project that names a parent. */
export interface ParentUse {
  readonly network: NetworkView;
  readonly driver: LanDriver;
  readonly parent: string;
  readonly value: Value;
}

/** Networks that the project itself makes: not external, and known not to be. */
export function ownLanNetworks(
  context: RuleContext,
): { readonly network: NetworkView; readonly driver: LanDriver }[] {
  return context.networks.flatMap((network) =>
    network.declaration?.external === false && isLanDriver(network.driver)
      ? [{ network, driver: network.driver }]
      : [],
  );
}

/** The known, non-empty parents of the project's own networks, in the order of the file. */
export function parentUses(context: RuleContext): ParentUse[] {
  return ownLanNetworks(context).flatMap(({ network, driver }) => {
    const value = optionOf(network, "parent");
    if (!value?.known || value.text === "") return [];
    return [{ network, driver, parent: value.text, value }];
  });
}

/** A driver option's value. */
export function optionOf(network: NetworkView, key: string): Value | undefined {
  return network.declaration?.driverOpts.find((entry) => entry.key === key)?.value;
}

/**
 * The interfaces that the engine sees, by name. Undefined when they are not known: no facts, or an
 * engine that runs in a virtual machine (Desktop) or in a network namespace of its own (rootless).
 */
export function engineInterfaces(
  context: RuleContext,
): ReadonlyMap<string, HostInterface> | undefined {
  const { interfaces, engine } = context.facts;
  if (!interfaces || engine?.desktop === true || engine?.rootless === true) return undefined;
  return new Map(interfaces.map((host) => [host.name, host]));
}

/** Bridges that networks of the project name themselves: they exist once Compose made them. */
export function ownBridges(context: RuleContext): ReadonlySet<string> {
  return new Set(
    context.networks.flatMap((network) => {
      const name = optionOf(network, "com.docker.network.bridge.name");
      return name?.known ? [name.text] : [];
    }),
  );
}
