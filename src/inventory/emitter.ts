export interface Disposable {
  dispose(): void;
}

/** Listeners without an editor: the few lines of vscode.EventEmitter that are needed in plain Node. */
export class Emitter<T> {
  #listeners = new Set<(value: T) => void>();

  on(listener: (value: T) => void): Disposable {
    // Wrapped, so that a listener registered twice is called twice and disposed one by one.
    const own = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  }

  /** Listeners that are added meanwhile hear of the next one only. */
  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
