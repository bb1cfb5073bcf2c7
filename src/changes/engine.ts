import type { EngineContainer } from "../model/attachment";
import type { ContainerDetails, EndpointSettings } from "../model/endpoint";
import type { NetworkDetails, NetworkSettings } from "../model/networkSettings";
import type { RunSpec } from "../model/runSpec";

interface Options {
  readonly signal?: AbortSignal;
}

/** What a change needs of the engine; the engine's client is one. Errors carry a `kind`, as its do. */
export interface ChangeEngine {
  readNetworks(options?: Options): Promise<NetworkDetails[]>;
  /** By id or name. Rejects with kind `notFound` without such a container. */
  readContainer(id: string, options?: Options): Promise<ContainerDetails>;
  /** Stopped ones too. */
  listContainers(options?: Options): Promise<EngineContainer[]>;
  createNetwork(settings: NetworkSettings): Promise<string>;
  removeNetwork(id: string): Promise<void>;
  connect(
    spec: EndpointSettings & { readonly networkId: string; readonly containerId: string },
  ): Promise<void>;
  disconnect(networkId: string, containerId: string): Promise<void>;
  createContainer(spec: RunSpec): Promise<string>;
  startContainer(id: string): Promise<void>;
  removeContainer(id: string, options: { readonly force: true }): Promise<void>;
}

/** The kind of an engine's error, by its shape: its class belongs to another bundle. */
export function kindOf(error: unknown): string | undefined {
  const kind = error instanceof Error && "kind" in error ? error.kind : undefined;
  return typeof kind === "string" ? kind : undefined;
}
