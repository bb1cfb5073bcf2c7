import type { Clock } from "../docker/clock";
import type { Disposable } from "./emitter";

/** Counts those who look, and says when the first comes and the last has left. */
export class Watchers {
  readonly #clock: Clock;
  readonly #onChange: (watched: boolean) => void;
  #count = 0;
  /** Watches that end by themselves. */
  readonly #limited = new Set<Disposable>();

  constructor(clock: Clock, onChange: (watched: boolean) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get some(): boolean {
    return this.#count > 0;
  }

  /** `ms`: leaves by itself after so many milliseconds. */
  add(ms?: number): Disposable {
    let leaves = false;
    if (this.#count++ === 0) this.#onChange(true);
    const watch = {
      dispose: () => {
        if (leaves) return;
        leaves = true;
        if (--this.#count === 0) this.#onChange(false);
      },
    };
    return ms === undefined ? watch : this.#limit(watch, ms);
  }

  /** Those that would end by themselves end now. */
  dispose(): void {
    for (const watch of this.#limited) watch.dispose();
  }

  #limit(watch: Disposable, ms: number): Disposable {
    const limited = {
      dispose: () => {
        this.#clock.clearTimeout(timer);
        this.#limited.delete(limited);
        watch.dispose();
      },
    };
    const timer = this.#clock.setTimeout(limited.dispose, ms);
    this.#limited.add(limited);
    return limited;
  }
}
