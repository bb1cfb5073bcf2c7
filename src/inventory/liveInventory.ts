import { hostname } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { type Clock, systemClock } from "../docker/clock";
import { connect } from "../docker/connect";
import { type DockerContext, listContexts } from "../docker/contexts";
import type { Endpoint } from "../docker/dockerHost";
import type { EndpointWorld } from "../docker/endpoint";
import { type EngineClient, EngineError } from "../docker/engineClient";
import { thisWorld } from "../docker/world";
import type { Facts, LanPlan } from "../model/facts";
import { type Disposable, Emitter } from "./emitter";
import { EngineHost } from "./engineHost";
import { EngineLink, type LinkFailure } from "./engineLink";
import { EngineReader } from "./engineReader";
import { FactsJoin } from "./factsJoin";
import type { HostReader } from "./hostWatch";
import type { EndpointOptions, EngineState, Inventory } from "./inventory";
import type { remoteReader } from "./remoteHost";
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
  readonly #host: EngineHost;
  readonly #watchers: Watchers;
  #trusted: boolean;
  #started = false;
  #wish: EndpointOptions;
  #lan: readonly LanPlan[];
  #link: EngineLink | undefined;
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
    this.#watchers = new Watchers(this.#clock, (watched) => {
      this.#setWatched(watched);
    });
    this.#host = new EngineHost({
      ...options,
      clock: this.#clock,
      hostName: options.hostName ?? hostname(),
      connect: this.#connect,
      log: (line) => options.log?.(line),
      onChange: () => {
        const endpoint = this.#link?.session?.endpoint;
        if (endpoint && this.#state.kind === "connected") this.#showEngine(endpoint);
      },
    });
    this.#reader = new EngineReader({
      clock: this.#clock,
      session: () => this.#link?.session,
      // The first reading is shown with the interfaces that it is about.
      prepare: (info, endpoint) => this.#host.begin(info, endpoint),
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

  readonly #connect = (endpoint: Endpoint): Promise<EngineClient> =>
    (this.#options.connect ?? connect)(endpoint);

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
    return this.#watchers.add(ms);
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

  setHostConsents(ids: ReadonlySet<string>): void {
    this.#host.setConsents(ids);
  }

  setLan(lan: readonly LanPlan[]): void {
    this.#lan = lan;
    this.#update(this.#state);
  }

  dispose(): void {
    this.#started = false;
    this.#changed.dispose();
    this.#watchers.dispose();
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
      connect: this.#connect,
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
  }

  #show(endpoint: Endpoint): void {
    this.#showEngine(endpoint);
    if (this.#reader.isCurrent) this.#settle();
  }

  #showEngine(endpoint: Endpoint): void {
    const { info } = this.#reader.objects;
    if (!info) return;
    this.#update(connected(info, endpoint, this.#host.stateOf(info, endpoint)));
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
          host: this.#host.facts,
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
