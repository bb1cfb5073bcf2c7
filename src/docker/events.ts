/** Follows the event stream of an engine for ever: reconnects, and says each time that all must be read anew. */
import { type Clock, systemClock } from "./clock";
import type { EngineError, EngineEvent, EventsListener } from "./engineClient";

export interface FollowOptions {
  /** One attempt to subscribe, as EngineClient.events does it: it opens or ends within the limits of a call. */
  readonly subscribe: (listener: EventsListener, options: { readonly signal: AbortSignal }) => void;
  /**
   * A subscription stands: what happened before it is unknown, read everything. `renewed`: it takes
   * over from one that had not broken, so what is under way may go on.
   */
  readonly onUp: (renewed: boolean) => void;
  readonly onEvent: (event: EngineEvent) => void;
  /** An attempt failed; the next one follows by itself. */
  readonly onDown: (error: EngineError | undefined) => void;
  /** Longest wait between two attempts in milliseconds; asked anew each time. */
  readonly longestWait?: () => number;
  readonly clock?: Clock;
  /** 0 to 1, as Math.random. */
  readonly random?: () => number;
}

export interface Follower {
  /** Whether a subscription stands. */
  readonly isUp: boolean;
  /**
   * While it is not active nobody wants to know: a stream that stands is listened to, but nothing is
   * renewed and no attempt is made. Active again, what was due happens at once. Begins active.
   */
  setActive(active: boolean): void;
  /** Ends the wait for the next attempt. */
  retryNow(): void;
  /** Gives the present subscription up, as if it had broken. */
  fail(error: EngineError | undefined): void;
  /** Leaves no timer and no stream. */
  dispose(): void;
}

/** The first wait after a failure; each further one is twice as long. */
export const firstWait = 500;
export const defaultLongestWait = 30_000;
/** A stream that lasted this long was no accident: after it, the first attempt follows at once. */
export const steadyAfter = 5_000;
/**
 * Silence after which the subscription is made anew. A stream without news and one whose other end is
 * gone look the same, and an engine that answers on another connection proves nothing about this one.
 * With the 5 s that a connection may take, a dead one is known after a minute.
 */
export const silenceLimit = 55_000;

/** Begins at once. */
export function follow(options: FollowOptions): Follower {
  return new EventFollower(options);
}

interface Attempt {
  readonly abort: AbortController;
  openedAt: number;
}

class EventFollower implements Follower {
  readonly #options: FollowOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  /** The subscription that events come from. */
  #standing: Attempt | undefined;
  /** One that is being made: the first, one after a failure, or one that will take over. */
  #making: Attempt | undefined;
  /** Of the wait for the next attempt, or of the watch over a silent stream: never both. */
  #timer: unknown;
  #lastSign = 0;
  #failures = 0;
  #active = true;
  #disposed = false;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#begin();
  }

  get isUp(): boolean {
    return this.#standing !== undefined;
  }

  setActive(active: boolean): void {
    if (active === this.#active || this.#disposed) return;
    this.#active = active;
    this.#clock.clearTimeout(this.#timer);
    if (!active || this.#making) return;
    if (this.#standing) this.#watchSilence();
    else this.#begin();
  }

  retryNow(): void {
    if (this.#disposed || this.#standing || this.#making) return;
    this.#failures = 0;
    this.#begin();
  }

  fail(error: EngineError | undefined): void {
    if (this.#disposed) return;
    // Between two attempts the next one is due already.
    if (this.#standing ?? this.#making) {
      this.#drop();
      this.#waitLonger();
    }
    this.#options.onDown(error);
  }

  dispose(): void {
    this.#disposed = true;
    this.#drop();
  }

  #begin(): void {
    this.#clock.clearTimeout(this.#timer);
    const mine: Attempt = { abort: new AbortController(), openedAt: 0 };
    this.#making = mine;
    const listener: EventsListener = {
      onOpen: () => {
        if (mine === this.#making) this.#open(mine);
      },
      onEvent: (event) => {
        if (mine !== this.#standing) return;
        this.#lastSign = this.#clock.now();
        this.#options.onEvent(event);
      },
      onEnd: (error) => {
        if (mine === this.#making) this.#failed(error);
        else if (mine === this.#standing) this.#broke(mine);
      },
    };
    this.#options.subscribe(listener, { signal: mine.abort.signal });
  }

  #open(mine: Attempt): void {
    const before = this.#standing;
    this.#standing = mine;
    this.#making = undefined;
    before?.abort.abort();
    mine.openedAt = this.#lastSign = this.#clock.now();
    this.#watchSilence();
    this.#options.onUp(before !== undefined);
  }

  /** An attempt that never stood. A subscription that it should have taken over from is no better. */
  #failed(error: EngineError | undefined): void {
    this.#drop();
    this.#waitLonger();
    this.#options.onDown(error);
  }

  /** The subscription ended: not an outage yet, the next attempt tells. */
  #broke(mine: Attempt): void {
    mine.abort.abort();
    this.#standing = undefined;
    this.#clock.clearTimeout(this.#timer);
    // One that should take over is under way.
    if (this.#making) return;
    if (this.#clock.now() - mine.openedAt < steadyAfter) this.#waitLonger();
    else {
      this.#failures = 0;
      this.#wait(0);
    }
  }

  #drop(): void {
    this.#clock.clearTimeout(this.#timer);
    for (const attempt of [this.#standing, this.#making]) attempt?.abort.abort();
    this.#standing = this.#making = undefined;
  }

  #waitLonger(): void {
    const longest = (this.#options.longestWait ?? (() => defaultLongestWait))();
    this.#wait(backoff(this.#failures++, longest, this.#random()));
  }

  #wait(ms: number): void {
    this.#clock.clearTimeout(this.#timer);
    if (!this.#active) return;
    this.#timer = this.#clock.setTimeout(() => {
      this.#begin();
    }, ms);
  }

  #watchSilence(): void {
    this.#clock.clearTimeout(this.#timer);
    if (!this.#active) return;
    const left = this.#lastSign + silenceLimit - this.#clock.now();
    this.#timer = this.#clock.setTimeout(
      () => {
        if (this.#clock.now() - this.#lastSign >= silenceLimit) this.#begin();
        else this.#watchSilence();
      },
      Math.max(0, left),
    );
  }
}

/** Milliseconds before the attempt after `failures` earlier ones: doubling up to `longest`, the upper half of it random. */
export function backoff(failures: number, longest: number, random: number): number {
  const full = Math.min(longest, firstWait * 2 ** Math.min(failures, 20));
  return full * (0.5 + random / 2);
}
