import type { EndpointWorld } from "../../../src/docker/endpoint";
import {
  type EngineClient,
  EngineError,
  type EngineEvent,
  type EngineInfo,
  type EventsListener,
  type ListOptions,
} from "../../../src/docker/engineClient";
import type { EngineContainer } from "../../../src/model/attachment";
import { keepSame } from "../../../src/model/json";
import type { EngineNetwork } from "../../../src/model/network";

export const info: EngineInfo = {
  version: "28.5.2",
  apiVersion: "1.51",
  os: "linux",
  operatingSystem: "Debian",
  kernel: "6.12",
  hostName: "nas",
  rootless: false,
  desktop: false,
};
export const gone = new EngineError("absent", "Nothing answers.");

/** An engine as the inventory uses it: comes, goes, and notes what it is asked. */
export class FakeEngine {
  running = true;
  about = info;
  networks: EngineNetwork[] = [];
  containers: EngineContainer[] = [];
  /** Set to let lists take long: each waits until the test ends it. */
  slow: (() => void)[] | undefined;
  /** What a container that reads the host prints, or why it does not run. */
  hostOutput: string | EngineError = "";
  hostRuns = 0;
  failLists: EngineError | undefined;
  infos = 0;
  /** Whole lists of networks. */
  lists = 0;
  /** Questions for single objects, as `container c1 c2`. */
  singles: string[] = [];
  disposed = 0;
  streams: { listener: EventsListener; signal: AbortSignal }[] = [];

  readonly client = {
    info: () => {
      this.infos++;
      return this.running ? Promise.resolve(this.about) : Promise.reject(gone);
    },
    listNetworks: (options: ListOptions<EngineNetwork> = {}) => {
      if (options.ids) this.singles.push(["network", ...options.ids].join(" "));
      else this.lists++;
      return this.#answer(this.networks, options);
    },
    listContainers: (options: ListOptions<EngineContainer> = {}) => {
      if (options.ids) this.singles.push(["container", ...options.ids].join(" "));
      return this.#answer(this.containers, options);
    },
    events: (listener: EventsListener, { signal }: { signal: AbortSignal }) => {
      if (!this.running) {
        listener.onEnd(gone);
        return;
      }
      this.streams.push({ listener, signal });
      listener.onOpen?.();
    },
    removeLeftOnHost: () => Promise.resolve(),
    localImages: () => Promise.resolve([{ id: "i", names: ["busybox:latest"], size: 1 }]),
    runOnHost: () => {
      this.hostRuns++;
      const output = this.hostOutput;
      return output instanceof EngineError ? Promise.reject(output) : Promise.resolve(output);
    },
    dispose: () => this.disposed++,
  } as unknown as EngineClient;

  async #answer<T extends { readonly id: string }>(
    objects: readonly T[],
    { signal, ids, known }: ListOptions<T>,
  ): Promise<T[]> {
    if (this.slow) await new Promise<void>((resolve) => this.slow?.push(resolve));
    signal?.throwIfAborted();
    if (this.failLists) throw this.failLists;
    return objects
      .filter(({ id }) => ids?.includes(id) ?? true)
      .map((item) => keepSame(known?.get(item.id), item));
  }

  emit(event: EngineEvent = { type: "network", action: "create", id: "1" }): void {
    this.streams.at(-1)?.listener.onEvent(event);
  }

  stop(): void {
    this.running = false;
    this.streams.at(-1)?.listener.onEnd(undefined);
  }
}

export const world: EndpointWorld = {
  env: {},
  platform: "linux",
  homeDir: "/home/ann",
  readFile: () => Promise.resolve(undefined),
  exists: (path) => Promise.resolve(path === "/var/run/docker.sock"),
};
