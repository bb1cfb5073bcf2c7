import type { Clock } from "../../../src/docker/clock";

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

/** Time that passes when the test says so. */
export class FakeClock implements Clock {
  #now = 0;
  #timers = new Set<Timer>();
  readonly #turns: number;

  /** `turns` of the event loop: what waits for a timer needs so many until it has gone on as far as it can. */
  constructor(turns = 5) {
    this.#turns = turns;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(action: () => void, ms: number): unknown {
    const timer = { at: this.#now + ms, action };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as Timer);
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass, timers run in their order, and after each what was waiting for it. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle(this.#turns);
    for (;;) {
      const next = [...this.#timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = next.at;
      this.#timers.delete(next);
      next.action();
      await settle(this.#turns);
    }
    this.#now = end;
  }
}

/** Lets promises that can go on go on. */
export async function settle(turns = 5): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
}
