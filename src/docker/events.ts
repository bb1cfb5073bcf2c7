/** Follows the event stream of an engine for ever: reconnects, and says each time that all must be read anew. */
import { type Clock, systemClock } from "./clock";
import type { EngineError, EngineEvent, EventsListener } from "./engineClient";

export interface FollowOptions {
  /** One attempt to subscribe, as EngineClient.events does it. */
  readonly subscribe: (listener: EventsListener, options: { readonly signal: AbortSignal }) => void;
  /** Rejects when the engine no longer answers. Asked when the stream is silent: a dead one looks the same. */
  readonly check: (options: { readonly signal: AbortSignal }) => Promise<void>;
  /** A subscription stands, the first or a later one: what happened before it is unknown, read everything. */
  readonly onUp: () => void;
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
/** Silence after which the engine is asked whether it is still there. */
export const silenceLimit = 60_000;

interface Attempt {
  readonly abort: AbortController;
  openedAt: number | undefined;
}

/** Begins at once. */
export function follow(options: FollowOptions): Follower {
  const { subscribe, check, onUp, onEvent, onDown } = options;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const longestWait = options.longestWait ?? (() => defaultLongestWait);
  let attempt: Attempt | undefined;
  /** Of the wait for the next attempt, or of the watch over a silent stream: never both. */
  let timer: unknown;
  let failures = 0;
  let disposed = false;

  const begin = (): void => {
    const mine: Attempt = { abort: new AbortController(), openedAt: undefined };
    attempt = mine;
    const current = (): boolean => attempt === mine && !disposed;
    const listener: EventsListener = {
      onOpen: () => {
        if (!current()) return;
        mine.openedAt = clock.now();
        watchSilence(mine);
        onUp();
      },
      onEvent: (event) => {
        if (!current()) return;
        watchSilence(mine);
        onEvent(event);
      },
      onEnd: (error) => {
        if (current()) end(mine, error);
      },
    };
    subscribe(listener, { signal: mine.abort.signal });
  };

  const end = (mine: Attempt, error: EngineError | undefined): void => {
    attempt = undefined;
    clock.clearTimeout(timer);
    mine.abort.abort();
    const opened = mine.openedAt;
    if (opened !== undefined && clock.now() - opened >= steadyAfter) {
      failures = 0;
      wait(0);
    } else {
      wait(backoff(failures++, longestWait(), random()));
      if (opened === undefined) onDown(error);
    }
  };

  const wait = (ms: number): void => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(begin, ms);
  };

  const watchSilence = (mine: Attempt): void => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => {
      check({ signal: mine.abort.signal }).then(
        () => {
          if (attempt === mine) watchSilence(mine);
        },
        () => {
          if (attempt === mine && !disposed) end(mine, undefined);
        },
      );
    }, silenceLimit);
  };

  begin();
  return {
    retryNow: () => {
      if (disposed || attempt) return;
      failures = 0;
      clock.clearTimeout(timer);
      begin();
    },
    fail: (error) => {
      if (disposed) return;
      // Between two attempts the next one is due already.
      if (attempt) {
        attempt.abort.abort();
        attempt = undefined;
        wait(backoff(failures++, longestWait(), random()));
      }
      onDown(error);
    },
    dispose: () => {
      disposed = true;
      clock.clearTimeout(timer);
      attempt?.abort.abort();
      attempt = undefined;
    },
  };
}

/** Milliseconds before the attempt after `failures` earlier ones: doubling up to `longest`, the upper half of it random. */
export function backoff(failures: number, longest: number, random: number): number {
  const full = Math.min(longest, firstWait * 2 ** Math.min(failures, 20));
  return full * (0.5 + random / 2);
}
