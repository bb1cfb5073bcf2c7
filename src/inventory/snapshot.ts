/** Joins what the engine and its host said into facts; pure. */
import { isDeepStrictEqual } from "node:util";
import type { EngineInfo } from "../docker/engineClient";
import type { HostFacts } from "../host/interfaces";
import type { EngineContainer } from "../model/attachment";
import type { Facts, LanPlan } from "../model/facts";
import type { Neighbour } from "../model/hostInterface";
import type { EngineNetwork } from "../model/network";

/** One reading of everything. */
export interface Snapshot {
  readonly info: EngineInfo;
  readonly networks: readonly EngineNetwork[];
  readonly containers: readonly EngineContainer[];
  /** Absent when the engine's host is another machine than this one. */
  readonly host: HostFacts | undefined;
}

/** Facts of a reading; without one only the LAN plan is known. */
export function factsOf(
  snapshot: Snapshot | undefined,
  lan: readonly LanPlan[] | undefined,
): Facts {
  const plan = lan && lan.length > 0 ? { lan } : {};
  if (!snapshot) return plan;
  const { info, networks, host } = snapshot;
  const containers = withNetworkNames(snapshot.containers, networks);
  return {
    engine: { version: info.version, rootless: info.rootless, desktop: info.desktop },
    networks,
    containers,
    ...(host && { interfaces: host.interfaces }),
    ...(host?.neighbours && { neighbours: strangers(host.neighbours, containers) }),
    ...plan,
  };
}

/** A container that was created with a network's id is listed by some versions under that id. */
function withNetworkNames(
  containers: readonly EngineContainer[],
  networks: readonly EngineNetwork[],
): EngineContainer[] {
  const names = new Map(networks.map(({ id, name }) => [id, name]));
  return containers.map((container) => ({
    ...container,
    attachments: container.attachments.map((attachment) => ({
      ...attachment,
      network: names.get(attachment.network) ?? attachment.network,
    })),
  }));
}

/**
 * Without the engine's own containers: seen over a bridge of the engine, or over a macvlan device of
 * the host. They are no machines of the LAN.
 */
function strangers(
  neighbours: readonly Neighbour[],
  containers: readonly EngineContainer[],
): Neighbour[] {
  const own = new Set(
    containers.flatMap(({ attachments }) => attachments.flatMap(({ mac }) => mac ?? [])),
  );
  return neighbours
    .filter(({ mac, interface: name }) => {
      if (name !== undefined && /^(docker0|docker_gwbridge|br-[0-9a-f]{12})$/.test(name))
        return false;
      return mac === undefined || !own.has(mac.toLowerCase());
    })
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** `next`, or `previous` when it says the same: so that nobody works anew for nothing. */
export function keepEqual<T>(previous: T, next: T): T {
  return isDeepStrictEqual(previous, next) ? previous : next;
}
