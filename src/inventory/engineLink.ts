/** One wish for an engine, kept connected: looks the endpoint up, makes the client, follows the events. */
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../docker/clock";
import type { Endpoint } from "../docker/dockerHost";
import { type EndpointResult, type EndpointWorld, resolveEndpoint } from "../docker/endpoint";
import type {
  EngineClient,
  EngineError,
  EngineEvent,
  EventsListener,
} from "../docker/engineClient";
import { type Follower, follow } from "../docker/events";
import type { EndpointOptions } from "./inventory";

/** A subscription that stands. */
export interface Session {
  readonly endpoint: Endpoint;
  readonly client: EngineClient;
  /** Aborted when it is over: what was asked in it is stale then. */
  readonly signal: AbortSignal;
}

/** Why there is no connection: the endpoint cannot be had, or the engine there fails. */
export type LinkFailure =
  | {
      readonly kind: "absent" | "unsupported";
      readonly message: string;
      readonly reason?: "badEndpoint";
    }
  | { readonly kind: "failed"; readonly error: EngineError; readonly endpoint: Endpoint };

export interface LinkOptions {
  readonly wish: EndpointOptions;
  readonly world: EndpointWorld;
  readonly connect: (endpoint: Endpoint) => Promise<EngineClient>;
  readonly clock: Clock;
  readonly random: () => number;
  /** A subscription stands, the first or a new one: read everything. */
  readonly onUp: () => void;
  readonly onEvent: (event: EngineEvent) => void;
  /** An attempt failed; the next one follows by itself. */
  readonly onDown: (failure: LinkFailure) => void;
  /** The wish leads to another engine now: a context was changed or chosen, or a socket appeared. */
  readonly onMoved: () => void;
}

/**
 * Longest wait before an engine is looked for again, in milliseconds, while somebody looks. An attempt
 * on a socket costs next to nothing, and an engine that is back should be seen within 5 s. Each attempt
 * over ssh is a login: too many of them, and the other machine bars the user.
 */
const longestWait = 3_000;
const longestWaitOfLogin = 30_000;

/**
 * Milliseconds between two looks at where the wish leads. A few small files are read, which notices every
 * change of a context, whichever way and on whichever file system it was made.
 */
export const endpointInterval = 2_000;

export class EngineLink {
  readonly #options: LinkOptions;
  readonly #follower: Follower;
  /** The endpoint of the latest attempt, and the client for it. */
  #target: { readonly endpoint: Endpoint; readonly client: EngineClient } | undefined;
  #session: (Session & { readonly abort: AbortController }) | undefined;
  #failure: LinkFailure | undefined;
  /** Where the wish led when it was last looked up. */
  #resolved: EndpointResult | undefined;
  #active = true;
  #timer: unknown;

  /** Begins to connect. */
  constructor(options: LinkOptions) {
    this.#options = options;
    this.#follower = follow({
      subscribe: (listener, { signal }) => void this.#subscribe(listener, signal),
      onUp: (renewed) => {
        // What is asked in the session is good for as long as its subscription never ended.
        if (!renewed || !this.#session) this.#open();
        options.onUp();
      },
      onEvent: options.onEvent,
      onDown: (error) => {
        this.#down(error);
      },
      longestWait: () => (this.#target?.endpoint.kind === "ssh" ? longestWaitOfLogin : longestWait),
      clock: options.clock,
      random: options.random,
    });
  }

  /** Undefined without a connection. While a broken stream is taken up again, the session lasts. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Whether a subscription stands, so that nothing can change unnoticed. */
  get isUp(): boolean {
    return this.#follower.isUp;
  }

  /** Not active: nobody wants to know, so no attempt is made and nothing renewed. */
  setActive(active: boolean): void {
    this.#follower.setActive(active);
    if (active === this.#active) return;
    this.#active = active;
    if (active) void this.#lookForMove();
    else this.#options.clock.clearTimeout(this.#timer);
  }

  /** Ends the wait for the next attempt. */
  retryNow(): void {
    this.#follower.retryNow();
  }

  /** A request of the session failed: gives it up and tries anew after a while. */
  fail(error: EngineError): void {
    this.#follower.fail(error);
  }

  /** Nothing stays open. */
  dispose(): void {
    this.#active = false;
    this.#options.clock.clearTimeout(this.#timer);
    this.#follower.dispose();
    this.#close();
    this.#target?.client.dispose();
    this.#target = undefined;
  }

  #open(): void {
    this.#close();
    if (!this.#target) return;
    const abort = new AbortController();
    this.#session = { ...this.#target, signal: abort.signal, abort };
  }

  #close(): void {
    this.#session?.abort.abort();
    this.#session = undefined;
  }

  #down(error: EngineError | undefined): void {
    this.#close();
    const failure: LinkFailure | undefined =
      error && this.#target
        ? { kind: "failed", error, endpoint: this.#target.endpoint }
        : this.#failure;
    if (failure) this.#options.onDown(failure);
  }

  /** One attempt. The endpoint is looked up each time: a socket may have appeared, the context been switched. */
  async #subscribe(listener: EventsListener, signal: AbortSignal): Promise<void> {
    try {
      const resolved = await resolveEndpoint(this.#options.wish, this.#options.world);
      this.#resolved = resolved;
      this.#planLook();
      if (!resolved.ok) {
        this.#failure = resolved;
        listener.onEnd(undefined);
        return;
      }
      const client = await this.#clientFor(resolved.endpoint, signal);
      client.events(listener, { signal });
    } catch (error) {
      this.#failure = {
        kind: "absent",
        message: `The engine's client cannot start: ${String(error)}`,
      };
      listener.onEnd(undefined);
    }
  }

  #planLook(): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    if (this.#active)
      this.#timer = clock.setTimeout(() => void this.#lookForMove(), endpointInterval);
  }

  async #lookForMove(): Promise<void> {
    const before = this.#resolved;
    if (!before) return;
    const now = await resolveEndpoint(this.#options.wish, this.#options.world);
    // An attempt looks it up as well.
    if (!this.#active || this.#resolved !== before) return;
    if (isDeepStrictEqual(now, before)) this.#planLook();
    else this.#options.onMoved();
  }

  async #clientFor(endpoint: Endpoint, signal: AbortSignal): Promise<EngineClient> {
    if (this.#target && isDeepStrictEqual(this.#target.endpoint, endpoint)) {
      return this.#target.client;
    }
    this.#target?.client.dispose();
    this.#target = undefined;
    const client = await this.#options.connect(endpoint);
    // Disposed while it was loaded: nobody would ever close it.
    if (signal.aborted) client.dispose();
    else this.#target = { endpoint, client };
    return client;
  }
}
