import type { Clock } from "../docker/clock";

/** At most one run starts in this time. */
export const intervalMs = 500;
/** A run that is not the first waits for this much silence, but never longer than the interval. */
export const quietMs = 100;

/**
 * Turns many requests into few runs, one at a time: the first request after a quiet time runs at once,
 * those that follow are gathered.
 */
export class Throttle {
  readonly #run: () => Promise<void>;
  readonly #clock: Clock;
  #lastStart = Number.NEGATIVE_INFINITY;
  #running = false;
  /** When the requests that no run has answered yet began and, so far, ended. */
  #wanted: { readonly since: number; last: number } | undefined;
  #urgent: (() => void)[] = [];
  #timer: unknown;
  #disposed = false;

  /** `run` must not reject. */
  constructor(run: () => Promise<void>, clock: Clock) {
    this.#run = run;
    this.#clock = clock;
  }

  /** Something changed: a run follows. */
  request(): void {
    const now = this.#clock.now();
    if (this.#wanted) this.#wanted.last = now;
    else this.#wanted = { since: now, last: now };
    this.#schedule();
  }

  /** Runs at once, or as soon as the run that is under way has ended; resolves when that is done. */
  now(): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#urgent.push(resolve);
      this.#schedule();
    });
  }

  /** What runs now is another thing: the next request need not wait for the interval. */
  reset(): void {
    this.#lastStart = Number.NEGATIVE_INFINITY;
  }

  /** Forgets the requests that wait. */
  cancel(): void {
    this.#wanted = undefined;
    this.#clock.clearTimeout(this.#timer);
  }

  dispose(): void {
    this.#disposed = true;
    this.cancel();
    for (const resolve of this.#urgent.splice(0)) resolve();
  }

  #schedule(): void {
    if (this.#running || this.#disposed) return;
    this.#clock.clearTimeout(this.#timer);
    const delay = this.#delay();
    if (delay === undefined) return;
    if (delay <= 0) this.#start();
    else {
      this.#timer = this.#clock.setTimeout(() => {
        this.#start();
      }, delay);
    }
  }

  #delay(): number | undefined {
    if (this.#urgent.length > 0) return 0;
    if (!this.#wanted) return undefined;
    const { since, last } = this.#wanted;
    const earliest = this.#lastStart + intervalMs;
    const due =
      since >= earliest ? since : Math.max(earliest, Math.min(last + quietMs, since + intervalMs));
    return due - this.#clock.now();
  }

  #start(): void {
    const waiting = this.#urgent.splice(0);
    this.#wanted = undefined;
    this.#running = true;
    this.#lastStart = this.#clock.now();
    void this.#run().then(() => {
      this.#running = false;
      for (const resolve of waiting) resolve();
      this.#schedule();
    });
  }
}
