import { hostname } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { type Clock, systemClock } from "../docker/clock";
import { connect } from "../docker/connect";
import { type DockerContext, listContexts } from "../docker/contexts";
import type { Endpoint } from "../docker/dockerHost";
import type { EndpointWorld } from "../docker/endpoint";
import { type EngineClient, EngineError, type EngineInfo } from "../docker/engineClient";
import { thisWorld } from "../docker/world";
import { type HostFacts, readHost } from "../host/interfaces";
import { platformOf, seesInterfaces } from "../host/platform";
import type { Facts, LanPlan } from "../model/facts";
import { type Disposable, Emitter } from "./emitter";
import { EngineLink, type LinkFailure } from "./engineLink";
import { EngineReader } from "./engineReader";
import { FactsJoin } from "./factsJoin";
import { type HostReader, HostWatch } from "./hostWatch";
import type { EndpointOptions, EngineState, Inventory } from "./inventory";
import { remoteInterval, remoteReader } from "./remoteHost";
import { connected, connecting, failed, untrusted } from "./stateText";
import { Watchers } from "./watchers";

export interface InventoryOptions {
  readonly trusted: boolean;
  readonly endpoint?: EndpointOptions;
  readonly lan?: readonly LanPlan[];
  /** Gets a line for each change of state and for each failure that has no other place. */
  readonly log?: (line: string) => void;
  /** What follows are the parts of the machine, for tests to replace. */
  readonly world?: EndpointWorld;
  readonly connect?: (endpoint: Endpoint) => Promise<EngineClient>;
  readonly readHost?: HostReader;
  readonly remoteReader?: typeof remoteReader;
  readonly hostName?: string;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** An inventory on a real engine. Connects to nothing before somebody looks. */
export function createInventory(options: InventoryOptions): Inventory {
  return new LiveInventory(options);
}

class LiveInventory implements Inventory {
  readonly #options: InventoryOptions;
  readonly #clock: Clock;
  readonly #changed = new Emitter<undefined>();
  readonly #join = new FactsJoin();
  readonly #reader: EngineReader;
  readonly #host: HostWatch;
  readonly #watchers: Watchers;
  /** Watches that end by themselves. */
  readonly #limited = new Set<Disposable>();
  #trusted: boolean;
  #started = false;
  #wish: EndpointOptions;
  #lan: readonly LanPlan[];
  #link: EngineLink | undefined;
  #hostFacts: HostFacts | undefined;
  #state: EngineState;
  #facts: Facts;
  /** They wait until everything is current, or cannot be. */
  #waiting: (() => void)[] = [];

  constructor(options: InventoryOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#trusted = options.trusted;
    this.#wish = options.endpoint ?? {};
    this.#lan = options.lan ?? [];
    this.#state = options.trusted ? connecting : untrusted;
    this.#facts = this.#join.of({ lan: this.#lan });
    this.#watchers = new Watchers((watched) => {
      this.#setWatched(watched);
    });
    this.#host = new HostWatch(this.#clock, (host) => {
      this.#hostFacts = host;
      if (this.#state.kind === "connected") this.#update(this.#state);
    });
    this.#host.setActive(false);
    this.#reader = new EngineReader({
      clock: this.#clock,
      session: () => this.#link?.session,
      // The first reading is shown with the interfaces that it is about.
      prepare: (info, endpoint) => this.#beginHost(info, endpoint),
      onRead: (endpoint) => {
        this.#show(endpoint);
      },
      onFailed: (error) => {
        options.log?.(`The engine's networks could not be read: ${String(error)}`);
        this.#link?.fail(
          error instanceof EngineError ? error : new EngineError("unreachable", String(error)),
        );
      },
    });
  }

  get state(): EngineState {
    return this.#state;
  }

  get facts(): Facts {
    return this.#facts;
  }

  get client(): EngineClient | undefined {
    return this.#state.kind === "connected" ? this.#link?.session?.client : undefined;
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  watch(ms?: number): Disposable {
    const watch = this.#watchers.add();
    if (ms === undefined) return watch;
    const timer = this.#clock.setTimeout(() => {
      limited.dispose();
    }, ms);
    const limited = {
      dispose: () => {
        this.#clock.clearTimeout(timer);
        this.#limited.delete(limited);
        watch.dispose();
      },
    };
    this.#limited.add(limited);
    return limited;
  }

  current(): Promise<void> {
    return this.#whenUp(() => this.#reader.readNow());
  }

  refresh(): Promise<void> {
    return this.#whenUp(async () => {
      await Promise.all([this.#reader.readAllNow(), this.#host.readNow()]);
    });
  }

  /** Reads, if there is a connection; without one waits for the outcome of the next attempt, and that reads all. */
  async #whenUp(read: () => Promise<void>): Promise<void> {
    const watch = this.watch();
    try {
      if (this.#link?.isUp) await read();
      else if (this.#link) {
        const settled = new Promise<void>((resolve) => this.#waiting.push(resolve));
        this.#link.retryNow();
        await settled;
      }
    } finally {
      watch.dispose();
    }
  }

  contexts(): Promise<DockerContext[]> {
    if (!this.#trusted) return Promise.resolve([]);
    return listContexts(this.#options.world ?? thisWorld());
  }

  setTrusted(trusted: boolean): void {
    if (trusted === this.#trusted) return;
    this.#trusted = trusted;
    this.#restart();
  }

  setEndpoint(endpoint: EndpointOptions): void {
    if (isDeepStrictEqual(this.#wish, endpoint)) return;
    this.#wish = endpoint;
    this.#restart();
  }

  setLan(lan: readonly LanPlan[]): void {
    this.#lan = lan;
    this.#update(this.#state);
  }

  dispose(): void {
    this.#started = false;
    this.#changed.dispose();
    for (const watch of this.#limited) watch.dispose();
    this.#end();
    this.#reader.dispose();
  }

  #setWatched(watched: boolean): void {
    this.#reader.setActive(watched);
    this.#host.setActive(watched);
    if (this.#link) this.#link.setActive(watched);
    else if (watched) {
      this.#started = true;
      this.#begin();
    }
  }

  #restart(): void {
    this.#end();
    this.#reader.reset();
    this.#update(this.#trusted ? connecting : untrusted);
    this.#begin();
  }

  #begin(): void {
    if (!this.#started || !this.#trusted) return;
    this.#link = new EngineLink({
      wish: this.#wish,
      world: this.#options.world ?? thisWorld(),
      connect: this.#options.connect ?? connect,
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
      onUp: () => {
        this.#reader.begin();
      },
      onEvent: (event) => {
        // An engine makes the sub-interface of a VLAN itself, and removes it.
        if (event.type === "network" && /^(create|destroy)$/.test(event.action)) {
          this.#host.readSoon();
        }
        this.#reader.noteEvent(event);
      },
      onDown: (failure) => {
        this.#down(failure);
      },
      onMoved: () => {
        this.#restart();
      },
    });
    this.#link.setActive(this.#watchers.some);
  }

  #end(): void {
    this.#link?.dispose();
    this.#link = undefined;
    this.#forget();
    this.#settle();
  }

  #down(failure: LinkFailure): void {
    this.#forget();
    this.#update(
      failure.kind === "failed"
        ? failed(failure.error, failure.endpoint)
        : {
            kind: failure.kind,
            detail: failure.message,
            ...(failure.reason && { reason: failure.reason }),
          },
    );
    this.#settle();
  }

  #forget(): void {
    this.#reader.end();
    this.#host.end();
    this.#hostFacts = undefined;
  }

  async #beginHost(info: EngineInfo, endpoint: Endpoint): Promise<void> {
    if (!this.#isHere(info, endpoint)) {
      this.#beginRemoteHost(info, endpoint);
      return;
    }
    if (this.#hostFacts) this.#host.readSoon();
    else await this.#host.begin(this.#options.readHost ?? readHost);
  }

  /** A login takes its time: networks and containers do not wait for it. */
  #beginRemoteHost(info: EngineInfo, endpoint: Endpoint): void {
    const canSee = platformOf(info) === "linux";
    const reader = this.#options.remoteReader ?? remoteReader;
    const read = canSee ? reader(endpoint, info.hostName) : undefined;
    if (!read) this.#host.end();
    else if (this.#hostFacts) this.#host.readSoon();
    else void this.#host.begin(read, remoteInterval);
  }

  #isHere(info: EngineInfo, endpoint: Endpoint): boolean {
    return seesInterfaces(info, endpoint.local, this.#options.hostName ?? hostname());
  }

  #show(endpoint: Endpoint): void {
    const { info } = this.#reader.objects;
    if (info) this.#update(connected(info, endpoint, this.#isHere(info, endpoint)));
    if (this.#reader.isCurrent) this.#settle();
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #update(state: EngineState): void {
    const [previousState, previousFacts] = [this.#state, this.#facts];
    const { info, networks, containers } = this.#reader.objects;
    this.#state = isDeepStrictEqual(previousState, state) ? previousState : state;
    this.#facts = this.#join.of({
      lan: this.#lan,
      ...(state.kind === "connected" &&
        info && {
          engine: { info, networks: networks.list, containers: containers.list },
          host: this.#hostFacts,
        }),
    });
    if (this.#state !== previousState) {
      this.#options.log?.(`${this.#state.kind}: ${this.#state.detail}`);
    }
    if (this.#state !== previousState || this.#facts !== previousFacts) {
      this.#changed.fire(undefined);
    }
  }
}
