/** The subnets among which `subnet-overlap` looks for clashes. */
import {
  type Prefix,
  canonicalPrefix,
  formatPrefix,
  parseAddress,
  parsePrefix,
} from "../../model/cidr";
import type { EngineNetwork } from "../../model/network";
import type { Conditions, NetworkView, PoolView } from "../context";
import { type DeclaredPool, declaredPools } from "./declaredEntries";
import type { Pool, WantedAddress } from "./poolClash";
import { isSet } from "./staticAddresses";

/** A pool that Compose makes, or one that the engine has. */
export interface Candidate extends Pool {
  readonly declared: DeclaredPool | undefined;
  /** Whether the network is in the engine already, with this subnet: nothing is made. */
  readonly settled: boolean;
  /** Name for messages. */
  readonly words: string;
  /** Position in the file. */
  readonly order: number;
}

/** The pools that Compose makes for the project's networks, in the order of the file. */
export function ownPools(networks: readonly NetworkView[], { engine }: Conditions): Candidate[] {
  const pools = networks.flatMap((network) => declaredPools(network, engine));
  return pools.flatMap((declared, order): Candidate[] => {
    const { network, entry, pool } = declared;
    if (!network.used || (network.driver !== "bridge" && !network.onLan)) return [];
    const words = `"${network.key}"`;
    const settled = isSettled(network, pool.subnet);
    return [{ ...clashPool(pool), declared, settled, words, order, entry }];
  });
}

/** What decides whether the pool clashes with another. */
export function clashPool(pool: PoolView): Pool {
  const { network, entry, gateway, hiddenGateway, aux, subnet } = pool;
  const wanted: WantedAddress[] = [
    ...(gateway ? [{ address: gateway, use: "gateway" } as const] : []),
    ...(hiddenGateway ? [{ address: hiddenGateway, use: "hidden" } as const] : []),
    ...aux.map(({ name, address }) => ({ address, use: { aux: name } })),
  ];
  return {
    subnet,
    range: pool.range ?? (isSet(entry?.ipRange) ? "unknown" : "none"),
    wanted,
    bridge: network.driver === "bridge",
    link: network.onLan ? network.parent : undefined,
    network,
    entry,
  };
}

/** The pools that other networks of the engine hold. */
export function livePools(
  networks: readonly NetworkView[],
  { facts, projectName }: Conditions,
): Candidate[] {
  const own = new Map(
    networks.flatMap((network) =>
      network.realName === undefined ? [] : [[network.realName, network] as const],
    ),
  );
  const keys = new Set(networks.flatMap(({ declaration }) => declaration?.key ?? []));
  return (facts.networks ?? []).flatMap((live) => {
    // The project's own networks are not made a second time, or are removed first.
    const isOwn =
      projectName === undefined
        ? live.project !== undefined
        : live.project === projectName && keys.has(live.composeKey ?? "");
    if (!isLocal(live) || isOwn || own.get(live.name)?.external === false) return [];
    return (live.ipam ?? []).flatMap((pool): Candidate[] => {
      const subnet = pool.subnet === undefined ? undefined : parsePrefix(pool.subnet);
      if (!subnet) return [];
      const range = pool.ipRange === undefined ? "none" : parsePrefix(pool.ipRange);
      const wanted = [pool.gateway, ...Object.values(pool.aux ?? {})].flatMap((text) => {
        const address = text === undefined ? undefined : parseAddress(text);
        return address ? [{ address, use: "gateway" } as const] : [];
      });
      const candidate: Candidate = {
        subnet: canonicalPrefix(subnet),
        range: typeof range === "object" ? canonicalPrefix(range) : (range ?? "unknown"),
        wanted,
        bridge: live.driver === "bridge",
        link: live.parent,
        network: { key: live.name },
        entry: undefined,
        declared: undefined,
        settled: true,
        words: `"${live.name}", which the engine has`,
        order: -1,
      };
      return [candidate];
    });
  });
}

/** Swarm networks have a space of their own; `--config-only` ones no pool. */
function isLocal({ scope, configOnly, driver }: EngineNetwork): boolean {
  return scope !== "swarm" && configOnly !== true && !["host", "null", "overlay"].includes(driver);
}

function isSettled({ live }: NetworkView, subnet: Prefix): boolean {
  return (live?.ipam ?? []).some((pool) => {
    const prefix = pool.subnet === undefined ? undefined : parsePrefix(pool.subnet);
    return prefix !== undefined && formatPrefix(canonicalPrefix(prefix)) === formatPrefix(subnet);
  });
}
