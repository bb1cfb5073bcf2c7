import { hostname } from "node:os";
import { type Clock, systemClock } from "../docker/clock";
import { connect } from "../docker/connect";
import type { Endpoint } from "../docker/dockerHost";
import type { EndpointWorld } from "../docker/endpoint";
import { type EngineClient, EngineError, type EngineInfo } from "../docker/engineClient";
import { thisWorld } from "../docker/world";
import { type HostFacts, readHost } from "../host/interfaces";
import { seesInterfaces } from "../host/platform";
import type { Facts, LanPlan } from "../model/facts";
import { type Disposable, Emitter } from "./emitter";
import { EngineLink, type LinkFailure, type Session } from "./engineLink";
import type { EndpointOptions, EngineState, Inventory } from "./inventory";
import { type Snapshot, factsOf, keepEqual } from "./snapshot";
import { connected, connecting, failed, untrusted } from "./stateText";
import { Throttle } from "./throttle";

export interface InventoryOptions {
  readonly trusted: boolean;
  readonly endpoint?: EndpointOptions;
  readonly lan?: readonly LanPlan[];
  /** Gets a line for each change of state and for each failure that has no other place. */
  readonly log?: (line: string) => void;
  /** What follows are the parts of the machine, for tests to replace. */
  readonly world?: EndpointWorld;
  readonly connect?: (endpoint: Endpoint) => Promise<EngineClient>;
  readonly readHost?: (options: { readonly signal: AbortSignal }) => Promise<HostFacts | undefined>;
  readonly hostName?: string;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** An inventory on a real engine. Connects to nothing before `start`. */
export function createInventory(options: InventoryOptions): Inventory {
  return new LiveInventory(options);
}

class LiveInventory implements Inventory {
  readonly #options: InventoryOptions;
  readonly #clock: Clock;
  readonly #changed = new Emitter<undefined>();
  readonly #throttle: Throttle;
  #trusted: boolean;
  #started = false;
  #wish: EndpointOptions;
  #lan: readonly LanPlan[];
  #link: EngineLink | undefined;
  /** Of the engine that is connected; asked again after each new connection. */
  #info: EngineInfo | undefined;
  #snapshot: Snapshot | undefined;
  #state: EngineState;
  #facts: Facts;
  #refreshes: (() => void)[] = [];

  constructor(options: InventoryOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#trusted = options.trusted;
    this.#wish = options.endpoint ?? {};
    this.#lan = options.lan ?? [];
    this.#state = options.trusted ? connecting : untrusted;
    this.#facts = factsOf(undefined, this.#lan);
    this.#throttle = new Throttle(() => this.#read(), this.#clock);
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

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#begin();
  }

  async refresh(): Promise<void> {
    if (!this.#link) return;
    if (this.#link.session) {
      this.#info = undefined;
      await this.#throttle.now();
      return;
    }
    const settled = new Promise<void>((resolve) => this.#refreshes.push(resolve));
    this.#link.retryNow();
    await settled;
  }

  setTrusted(trusted: boolean): void {
    if (trusted === this.#trusted) return;
    this.#trusted = trusted;
    this.#restart();
  }

  setEndpoint(endpoint: EndpointOptions): void {
    if (keepEqual(this.#wish, endpoint) === this.#wish) return;
    this.#wish = endpoint;
    this.#restart();
  }

  setLan(lan: readonly LanPlan[]): void {
    this.#lan = lan;
    this.#update(this.#state, this.#snapshot);
  }

  dispose(): void {
    this.#started = false;
    this.#changed.dispose();
    this.#end();
    this.#throttle.dispose();
  }

  #restart(): void {
    this.#end();
    this.#update(this.#trusted ? connecting : untrusted, undefined);
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
        this.#info = undefined;
        void this.#throttle.now();
      },
      onEvent: () => {
        this.#throttle.request();
      },
      onDown: (failure) => {
        this.#down(failure);
      },
    });
  }

  #end(): void {
    this.#link?.dispose();
    this.#link = undefined;
    this.#throttle.cancel();
    this.#settle();
  }

  #down(failure: LinkFailure): void {
    this.#throttle.cancel();
    const state: EngineState =
      failure.kind === "failed"
        ? failed(failure.error, failure.endpoint)
        : { kind: failure.kind, detail: failure.message };
    this.#update(state, undefined);
    this.#settle();
  }

  /** Reads everything anew; never rejects. What arrives after the session ended is dropped. */
  async #read(): Promise<void> {
    const session = this.#link?.session;
    if (!session) return;
    const { endpoint, signal } = session;
    try {
      const snapshot = await this.#readSnapshot(session);
      if (signal.aborted) return;
      this.#info = snapshot.info;
      const state = connected(snapshot.info, endpoint, this.#isHere(snapshot.info, endpoint));
      this.#update(state, state.kind === "connected" ? snapshot : undefined);
      this.#settle();
    } catch (error) {
      if (signal.aborted) return;
      this.#options.log?.(`The engine's networks could not be read: ${String(error)}`);
      this.#link?.fail(
        error instanceof EngineError ? error : new EngineError("unreachable", String(error)),
      );
    }
  }

  async #readSnapshot({ client, endpoint, signal }: Session): Promise<Snapshot> {
    const asked = this.#info ? Promise.resolve(this.#info) : client.info({ signal });
    const [info, networks, containers, host] = await Promise.all([
      asked,
      client.listNetworks({ signal }),
      client.listContainers({ signal }),
      asked.then((about) =>
        this.#isHere(about, endpoint)
          ? (this.#options.readHost ?? readHost)({ signal })
          : undefined,
      ),
    ]);
    return { info, networks, containers, host };
  }

  #isHere(info: EngineInfo, endpoint: Endpoint): boolean {
    return seesInterfaces(info, endpoint.local, this.#options.hostName ?? hostname());
  }

  #settle(): void {
    for (const resolve of this.#refreshes.splice(0)) resolve();
  }

  #update(state: EngineState, snapshot: Snapshot | undefined): void {
    const [previousState, previousFacts] = [this.#state, this.#facts];
    this.#snapshot = snapshot;
    this.#state = keepEqual(previousState, state);
    this.#facts = keepEqual(previousFacts, factsOf(snapshot, this.#lan));
    if (this.#state !== previousState) {
      this.#options.log?.(`${this.#state.kind}: ${this.#state.detail}`);
    }
    if (this.#state !== previousState || this.#facts !== previousFacts) {
      this.#changed.fire(undefined);
    }
  }
}
