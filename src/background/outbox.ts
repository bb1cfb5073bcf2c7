/**
 * Results on their way to the extension: one message at a time, and the next one when that was taken. The
 * event loop reads all messages that wait in one turn, however many: together they would hold up the
 * extension host.
 */
import type { FromChecker, ProjectResult } from "./protocol";

/** Projects and findings in one message: few enough to be read in a moment. */
const most = 30;

export class Outbox {
  private readonly post: (message: FromChecker) => void;
  private readonly ids = new Set<string>();
  private waiting = false;

  constructor(post: (message: FromChecker) => void) {
    this.post = post;
  }

  /** Number of projects that wait. */
  get size(): number {
    return this.ids.size;
  }

  add(id: string): void {
    this.ids.add(id);
  }

  delete(id: string): void {
    this.ids.delete(id);
  }

  /** The last message was taken. */
  taken(): void {
    this.waiting = false;
  }

  /**
   * Sends what fits into one message; false when nothing waits, or the last message still does.
   * `resultOf`: undefined where nothing changed. `left`: projects still to be checked.
   */
  send(resultOf: (id: string) => ProjectResult | undefined, left: number): boolean {
    if (this.waiting || this.ids.size === 0) return false;
    const results: ProjectResult[] = [];
    let weight = 0;
    for (const id of this.ids) {
      this.ids.delete(id);
      const result = resultOf(id);
      if (!result) continue;
      results.push(result);
      weight += 1 + result.own.length + result.between.length;
      if (weight >= most) break;
    }
    this.waiting = results.length > 0;
    if (this.waiting) this.post({ kind: "results", results });
    this.post({ kind: "progress", left });
    return true;
  }
}
