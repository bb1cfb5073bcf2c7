/** The parent interfaces that a project names, and the host that they are looked for on. */
import type { Value } from "../../compose/value";
import type { LanDriver } from "../../model/driverOptions";
import type { HostInterface } from "../../model/hostInterface";
import { isLanDriver } from "../../model/network";
import type { Facts } from "../../model/facts";
import type { NetworkView } from "../context";
import { remembering } from "./remembering";

/** A macvlan or ipvlan network of the project that names a parent. */
export interface ParentUse {
  readonly network: NetworkView;
  readonly driver: LanDriver;
  readonly parent: string;
  readonly value: Value;
}

/** Networks that the project itself makes: not external, and known not to be. */
export function ownLanNetworks(
  networks: readonly NetworkView[],
): { readonly network: NetworkView; readonly driver: LanDriver }[] {
  return networks.flatMap((network) =>
    network.declaration?.external === false && isLanDriver(network.driver)
      ? [{ network, driver: network.driver }]
      : [],
  );
}

/** The known, non-empty parents of the project's own networks, in the order of the file. */
export function parentUses(networks: readonly NetworkView[]): ParentUse[] {
  return ownLanNetworks(networks).flatMap(({ network, driver }) => {
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
export const engineInterfaces = remembering(
  ({ interfaces, engine }: Facts): ReadonlyMap<string, HostInterface> | undefined => {
    if (!interfaces || engine?.desktop === true || engine?.rootless === true) return undefined;
    return new Map(interfaces.map((host) => [host.name, host]));
  },
);

/** Bridges that networks of the project name themselves: they exist once Compose made them. */
export function ownBridges(networks: readonly NetworkView[]): ReadonlySet<string> {
  return new Set(
    networks.flatMap((network) => {
      const name = optionOf(network, "com.docker.network.bridge.name");
      return name?.known ? [name.text] : [];
    }),
  );
}
