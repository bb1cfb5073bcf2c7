import type { Disposable } from "./emitter";

/** Counts those who look, and says when the first comes and the last has left. */
export class Watchers {
  readonly #onChange: (watched: boolean) => void;
  #count = 0;

  constructor(onChange: (watched: boolean) => void) {
    this.#onChange = onChange;
  }

  get some(): boolean {
    return this.#count > 0;
  }

  add(): Disposable {
    let leaves = false;
    if (this.#count++ === 0) this.#onChange(true);
    return {
      dispose: () => {
        if (leaves) return;
        leaves = true;
        if (--this.#count === 0) this.#onChange(false);
      },
    };
  }
}
