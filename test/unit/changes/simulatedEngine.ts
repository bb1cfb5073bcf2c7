import type { ChangeEngine } from "../../../src/changes/engine";
import { EngineError } from "../../../src/docker/engineClient";
import type { EngineContainer } from "../../../src/model/attachment";
import type {
  ContainerDetails,
  EndpointDetails,
  EndpointSettings,
} from "../../../src/model/endpoint";
import type { NetworkDetails, NetworkSettings } from "../../../src/model/networkSettings";
import type { RunSpec } from "../../../src/model/runSpec";

/** How a request goes wrong: refused; done, but the answer lost; neither done nor answered. */
export type Fault = "refused" | "answer lost" | "request lost";

export interface SimulatedContainer extends Omit<ContainerDetails, "endpoints"> {
  endpoints: EndpointDetails[];
}

/**
 * An engine in memory that keeps the rules of the real ones which changes depend on: a network with
 * running containers stays, an address is given once, the lowest free one goes to who asks for none.
 */
export class SimulatedEngine implements ChangeEngine {
  networks: NetworkDetails[] = [];
  containers: SimulatedContainer[] = [];
  /** What was asked for that changes something, in words. */
  readonly requests: string[] = [];
  /** By the number of the request, from 1. */
  faults = new Map<number, Fault>();
  /** Called before each request, with its number. */
  onRequest: ((number: number) => void) | undefined;
  #made = 0;

  addNetwork(settings: NetworkSettings): NetworkDetails {
    const network = { id: (++this.#made).toString(16).padStart(64, "a"), settings };
    this.networks.push(network);
    return network;
  }

  /** Puts a container on a network; a running one gets its address. */
  addContainer(
    name: string,
    network: string,
    settings: EndpointSettings = {},
    about: Partial<SimulatedContainer> = {},
  ): SimulatedContainer {
    const id = (++this.#made).toString(16).padStart(64, "c");
    const container: SimulatedContainer = {
      id,
      name,
      running: true,
      networkMode: network,
      endpoints: [],
      ...about,
    };
    this.containers.push(container);
    this.#tie(container, this.#named(network), settings);
    return container;
  }

  readNetworks(): Promise<NetworkDetails[]> {
    return Promise.resolve(structuredClone(this.networks));
  }

  readContainer(id: string): Promise<ContainerDetails> {
    const container = this.containers.find((one) => one.id === id || one.name === id);
    return container
      ? Promise.resolve(structuredClone(container))
      : Promise.reject(new EngineError("notFound", `No such container: ${id}`));
  }

  listContainers(): Promise<EngineContainer[]> {
    return Promise.resolve(
      this.containers.map(({ id, name, running, endpoints }) => ({
        id,
        name,
        running,
        attachments: endpoints.map((endpoint) => ({ network: endpoint.network })),
      })),
    );
  }

  createNetwork(settings: NetworkSettings): Promise<string> {
    return this.#request(`create ${settings.name}`, () => {
      if (this.networks.some((one) => one.settings.name === settings.name)) {
        throw new EngineError("conflict", `network with name ${settings.name} already exists`);
      }
      return this.addNetwork(structuredClone(settings)).id;
    });
  }

  removeNetwork(id: string): Promise<void> {
    return this.#request(`remove ${this.#nameOf(id)}`, () => {
      const network = this.#withId(id);
      const { name } = network.settings;
      const isUsed = this.containers.some(
        (one) => one.running && one.endpoints.some((endpoint) => endpoint.networkId === id),
      );
      if (isUsed) {
        throw new EngineError(
          "inUse",
          `error while removing network: network ${name} id ${id} has active endpoints`,
        );
      }
      this.networks = this.networks.filter((one) => one !== network);
    });
  }

  connect({
    networkId,
    containerId,
    ...settings
  }: EndpointSettings & { networkId: string; containerId: string }): Promise<void> {
    const container = this.containers.find(({ id }) => id === containerId);
    return this.#request(`connect ${container?.name ?? ""} ${this.#nameOf(networkId)}`, () => {
      const network = this.#withId(networkId);
      if (!container) throw new EngineError("notFound", `No such container: ${containerId}`);
      if (container.endpoints.some((endpoint) => endpoint.network === network.settings.name)) {
        throw new EngineError("rejected", "endpoint already exists in network");
      }
      this.#tie(container, network, settings);
    });
  }

  createContainer({ image, name = "", networkName, ipv4, ipv6 }: RunSpec): Promise<string> {
    return this.#request(`create container ${name}`, () => {
      if (this.containers.some((one) => one.name === name)) {
        throw new EngineError("conflict", `The container name "/${name}" is already in use`);
      }
      const settings = { ...(ipv4 !== undefined && { ipv4 }), ...(ipv6 !== undefined && { ipv6 }) };
      return this.addContainer(name, networkName, settings, { image, running: false }).id;
    });
  }

  startContainer(id: string): Promise<void> {
    const container = this.containers.find((one) => one.id === id);
    return this.#request(`start container ${container?.name ?? ""}`, () => {
      if (!container) throw new EngineError("notFound", `No such container: ${id}`);
      const ties = container.endpoints;
      const before = { running: container.running, endpoints: ties };
      Object.assign(container, { running: true, endpoints: [] });
      try {
        for (const { network, settings } of ties)
          this.#tie(container, this.#named(network), settings);
      } catch (error) {
        Object.assign(container, before);
        throw error;
      }
    });
  }

  removeContainer(id: string, { force }: { readonly force: boolean }): Promise<void> {
    const container = this.containers.find((one) => one.id === id);
    return this.#request(`remove container ${container?.name ?? ""}`, () => {
      if (!container) throw new EngineError("notFound", `No such container: ${id}`);
      if (container.running && !force) throw new EngineError("conflict", "container is running");
      this.containers = this.containers.filter((one) => one !== container);
    });
  }

  disconnect(networkId: string, containerId: string): Promise<void> {
    const container = this.containers.find(({ id }) => id === containerId);
    return this.#request(`disconnect ${container?.name ?? ""} ${this.#nameOf(networkId)}`, () => {
      const { name } = this.#withId(networkId).settings;
      if (!container?.endpoints.some((endpoint) => endpoint.network === name)) {
        throw new EngineError("rejected", `container is not connected to network ${name}`);
      }
      container.endpoints = container.endpoints.filter((endpoint) => endpoint.network !== name);
    });
  }

  /** Everything that a change must give back, in a form to compare; ids do not count, nor do the addresses of these containers. */
  picture(anyAddress: readonly string[] = []): unknown {
    return {
      networks: this.networks
        .map(({ settings }) => settings)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      containers: this.containers.map(({ name, running, endpoints }) => ({
        name,
        running,
        endpoints: endpoints
          .map(({ network, settings: { ipv4: four, ipv6: six, ...asked }, ipv4, ipv6 }) => ({
            network,
            asked,
            ...(!anyAddress.includes(name) && { ipv4, ipv6, fixed: [four, six] }),
          }))
          .sort((a, b) => (a.network < b.network ? -1 : 1)),
      })),
    };
  }

  /** What a container has on a network now. */
  endpoint(container: string, network: string): EndpointDetails | undefined {
    return this.containers
      .find(({ name }) => name === container)
      ?.endpoints.find((endpoint) => endpoint.network === network);
  }

  async #request<T>(words: string, work: () => T): Promise<T> {
    await Promise.resolve();
    this.requests.push(words);
    const number = this.requests.length;
    this.onRequest?.(number);
    const fault = this.faults.get(number);
    if (fault === "refused") throw new EngineError("rejected", `refused: ${words}`);
    if (fault === "request lost")
      throw new EngineError("unreachable", "did not answer within 15 s.");
    const result = work();
    if (fault === "answer lost") throw new EngineError("unreachable", "The connection broke off.");
    return result;
  }

  #tie(container: SimulatedContainer, network: NetworkDetails, settings: EndpointSettings): void {
    const taken = new Set(
      this.containers.flatMap((one) =>
        one.endpoints.flatMap(({ networkId, ipv4 }) =>
          networkId === network.id && one.running && ipv4 ? [ipv4] : [],
        ),
      ),
    );
    if (container.running && settings.ipv4 !== undefined && taken.has(settings.ipv4)) {
      throw new EngineError("conflict", "Address already in use");
    }
    const base = network.settings.pools[0]?.subnet?.replace(/\d+\/\d+$/, "") ?? "10.0.0.";
    let last = 2;
    while (taken.has(`${base}${last}`)) last++;
    container.endpoints.push({
      network: network.settings.name,
      networkId: network.id,
      settings: structuredClone(settings),
      ...(container.running && {
        ipv4: settings.ipv4 ?? `${base}${last}`,
        gateway: `${base}1`,
        mac: "02:42:00:00:00:01",
        ...(settings.ipv6 !== undefined && { ipv6: settings.ipv6 }),
      }),
    });
  }

  #named(name: string): NetworkDetails {
    const network = this.networks.find(({ settings }) => settings.name === name);
    if (!network) throw new EngineError("notFound", `network ${name} not found`);
    return network;
  }

  #withId(id: string): NetworkDetails {
    const network = this.networks.find((one) => one.id === id);
    if (!network) throw new EngineError("notFound", `network ${id} not found`);
    return network;
  }

  #nameOf(id: string): string {
    return this.networks.find((one) => one.id === id)?.settings.name ?? id;
  }
}
