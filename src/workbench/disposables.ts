/** Anything that can be let go of; VS Code's own Disposable fits. */
export interface Disposable {
  dispose(): unknown;
}

/**
 * Owns disposables. What is added after the store was disposed is disposed at once, so that a
 * listener registered behind an `await` cannot outlive its owner.
 */
export class DisposableStore implements Disposable {
  private readonly items = new Set<Disposable>();
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.add(item);
    return item;
  }

  /** In reverse order: what was built last may use what was built before. */
  dispose(): void {
    this.disposed = true;
    const items = [...this.items].reverse();
    this.items.clear();
    for (const item of items) item.dispose();
  }
}
