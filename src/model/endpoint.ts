/** What ties one container to one network, with all that has to be asked for to tie it again. */

/** What was asked for; nothing that the engine chose by itself. */
export interface EndpointSettings {
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly linkLocal?: readonly string[];
  /** Heard only by engines of API 1.54 and later when a container is connected. */
  readonly mac?: string;
  /** Without the container's own short id, which older engines add to them. */
  readonly aliases?: readonly string[];
  readonly links?: readonly string[];
  readonly driverOpts?: Readonly<Record<string, string>>;
  readonly gwPriority?: number;
}

export interface EndpointDetails {
  /** Name of the network; older engines may say its id. */
  readonly network: string;
  /** Absent for a container that never started since it was connected. */
  readonly networkId?: string;
  readonly settings: EndpointSettings;
  /** What it has now; absent while the container does not run. */
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  /** The default gateway that the engine gave it here. */
  readonly gateway?: string;
}

export interface ContainerDetails {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
  readonly image?: string;
  /** Name or id of the network that it was created on, or `none`, `host`, `container:<id>`. */
  readonly networkMode: string;
  /** MAC address that was asked for when it was created. */
  readonly mac?: string;
  /** Compose project and service, from the labels. */
  readonly project?: string;
  readonly service?: string;
  readonly endpoints: readonly EndpointDetails[];
}

/** The endpoint of the container on the network, whichever way the engine names it there. */
export function endpointOn(
  container: ContainerDetails,
  network: { readonly name: string; readonly id?: string | undefined },
): EndpointDetails | undefined {
  return container.endpoints.find(
    (endpoint) =>
      endpoint.network === network.name ||
      (network.id !== undefined &&
        (endpoint.network === network.id || endpoint.networkId === network.id)),
  );
}
