/** Reads what is wanted of an engine into what is known of it. */
import type { EngineClient, EngineInfo } from "../docker/engineClient";
import type { EngineContainer } from "../model/attachment";
import type { EngineNetwork } from "../model/network";
import { ObjectList } from "./objectList";
import type { Wanted } from "./wanted";

/** What is known of one engine. */
export class EngineObjects {
  /** Who it is; asked for apart. */
  info: EngineInfo | undefined;
  readonly networks = new ObjectList<EngineNetwork>();
  readonly containers = new ObjectList<EngineContainer>();
}

/**
 * Asks the engine for what is wanted, and notes it; one request for each kind of object. Returns the
 * containers that were read. Rejects as the client does, and nothing is noted then.
 */
export async function readInto(
  objects: EngineObjects,
  wanted: Wanted,
  client: EngineClient,
  signal: AbortSignal,
): Promise<readonly EngineContainer[]> {
  if (wanted.kind === "nothing") return [];
  const { networks, containers } = objects;
  if (wanted.kind === "all") {
    const [foundNetworks, foundContainers] = await Promise.all([
      client.listNetworks({ signal, known: networks.byId }),
      client.listContainers({ signal, known: containers.byId }),
    ]);
    signal.throwIfAborted();
    networks.setAll(foundNetworks);
    containers.setAll(foundContainers);
    return foundContainers;
  }
  const [foundNetworks, foundContainers] = await Promise.all([
    wanted.networks.length === 0
      ? []
      : client.listNetworks({ signal, ids: wanted.networks, known: networks.byId }),
    wanted.containers.length === 0
      ? []
      : client.listContainers({ signal, ids: wanted.containers, known: containers.byId }),
  ]);
  signal.throwIfAborted();
  networks.setSome(wanted.networks, foundNetworks);
  containers.setSome(wanted.containers, foundContainers);
  return foundContainers;
}
