/** Collects problems; a list that is handed in twice counts once. */
import type { ReadProblem } from "./project";

export class ProblemList {
  readonly items: ReadProblem[] = [];
  private readonly seen = new Set<readonly ReadProblem[]>();

  add(problem: ReadProblem): void {
    this.items.push(problem);
  }

  addAll(problems: readonly ReadProblem[]): void {
    if (problems.length === 0 || this.seen.has(problems)) return;
    this.seen.add(problems);
    // No spread: tens of thousands of arguments are too many for a call.
    for (const problem of problems) this.items.push(problem);
  }
}
