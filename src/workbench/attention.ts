/** Anything that is kept current only while somebody looks, such as the inventory. */
export interface Watchable {
  /** Somebody looks, until it is disposed. */
  watch(): { dispose(): void };
}

/** Looks at something or not, as a view is visible or not. */
export class Attention {
  private readonly watchable: Watchable;
  private watch: { dispose(): void } | undefined;

  constructor(watchable: Watchable) {
    this.watchable = watchable;
  }

  set(looks: boolean): void {
    if (looks) this.watch ??= this.watchable.watch();
    else this.dispose();
  }

  dispose(): void {
    this.watch?.dispose();
    this.watch = undefined;
  }
}
