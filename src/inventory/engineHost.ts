/** What is known of the engine's host, and by which way: this machine itself, a login, or a container. */
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../docker/clock";
import type { Endpoint } from "../docker/dockerHost";
import type { EngineClient, EngineInfo } from "../docker/engineClient";
import type { HostFacts } from "../host/interfaces";
import { platformOf, seesInterfaces } from "../host/platform";
import { type HostTrouble, containerInterval, containerReader } from "./containerHost";
import { hostReading } from "./hostReading";
import { type HostReader, HostWatch } from "./hostWatch";
import type { HostState } from "./inventory";
import { remoteInterval, remoteReader } from "./remoteHost";

export interface EngineHostOptions {
  readonly clock: Clock;
  /** What this machine is called. */
  readonly hostName: string;
  readonly connect: (endpoint: Endpoint) => Promise<EngineClient>;
  /** The host, or why it cannot be read, is another than before. */
  readonly onChange: () => void;
  readonly log: (line: string) => void;
  /** Parts of the machine, for tests to replace. */
  readonly readHost?: HostReader;
  readonly remoteReader?: typeof remoteReader;
}

const readThisHost: HostReader = async (options) => (await hostReading()).readHost(options);

export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #watch: HostWatch;
  /** Ids of hosts that may be read with a container. */
  #consents: ReadonlySet<string> = new Set();
  #trouble: HostTrouble | undefined;
  #facts: HostFacts | undefined;
  /** The way that is in use. */
  #way: { readonly state: HostState; readonly endpoint: Endpoint } | undefined;
  #engine: { readonly info: EngineInfo; readonly endpoint: Endpoint } | undefined;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#watch = new HostWatch(options.clock, (facts) => {
      this.#facts = facts;
      options.onChange();
    });
    this.#watch.setActive(false);
  }

  /** Undefined where it is not known. */
  get facts(): HostFacts | undefined {
    return this.#facts;
  }

  /** How the host of an engine is read. */
  stateOf(info: EngineInfo, endpoint: Endpoint): HostState {
    const id = `${endpoint.label} ${info.hostName}`;
    if (this.#isHere(info, endpoint)) return { id, way: "local" };
    if (platformOf(info) !== "linux") return { id, way: "none" };
    if (endpoint.kind === "ssh") return { id, way: "login" };
    if (!this.#consents.has(id)) return { id, way: "askable" };
    return { id, way: "container", ...(this.#trouble && { trouble: this.#trouble }) };
  }

  /** Whether the engine runs on this machine. */
  #isHere(info: EngineInfo, endpoint: Endpoint): boolean {
    return seesInterfaces(info, endpoint.local, this.#options.hostName);
  }

  setConsents(consents: ReadonlySet<string>): void {
    if (haveSame(this.#consents, consents)) return;
    this.#consents = consents;
    if (!this.#engine) return;
    void this.begin(this.#engine.info, this.#engine.endpoint);
    this.#options.onChange();
  }

  setActive(active: boolean): void {
    this.#watch.setActive(active);
  }

  /** The engine said who it is. Resolves when its host is known, where that takes no time. */
  async begin(info: EngineInfo, endpoint: Endpoint): Promise<void> {
    this.#engine = { info, endpoint };
    const state = this.stateOf(info, endpoint);
    const isSame =
      this.#way?.state.id === state.id &&
      this.#way.state.way === state.way &&
      isDeepStrictEqual(this.#way.endpoint, endpoint);
    if (isSame) {
      // A container for each look at the engine would be too much; networks that come or go ask for it.
      if (state.way !== "container") this.#watch.readSoon();
      return;
    }
    this.#forget();
    this.#way = { state, endpoint };
    const { readHost: read = readThisHost, remoteReader: remote = remoteReader } = this.#options;
    switch (state.way) {
      case "local":
        await this.#watch.begin(read);
        return;
      // Networks and containers do not wait for a login or a container.
      case "login": {
        const reader = remote(endpoint, info.hostName);
        if (reader) void this.#watch.begin(reader, remoteInterval);
        return;
      }
      case "container":
        void this.#watch.begin(this.#containerReader(endpoint), containerInterval);
        return;
      case "askable":
      case "none":
    }
  }

  /** Something happened that may have made or removed an interface. */
  readSoon(): void {
    this.#watch.readSoon();
  }

  /** Resolves when it was read anew; never rejects. */
  readNow(): Promise<void> {
    return this.#watch.readNow();
  }

  /** The connection is gone: nothing is known any more. */
  end(): void {
    this.#engine = undefined;
    this.#forget();
  }

  #forget(): void {
    this.#watch.end();
    this.#way = undefined;
    this.#trouble = undefined;
    this.#facts = undefined;
  }

  #containerReader(endpoint: Endpoint): HostReader {
    return containerReader(
      () => this.#options.connect(endpoint),
      (trouble) => {
        if (trouble && trouble.message !== this.#trouble?.message) {
          this.#options.log(`The engine's host could not be read: ${trouble.message}`);
        }
        this.#trouble = trouble;
      },
    );
  }
}

/** Node loads its comparison of everything when it is first used, which activation need not wait for. */
function haveSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
