/** Collects problems; a list that is handed in twice counts once. */
import type { ReadProblem } from "./project";

export class ProblemList {
  private readonly items: ReadProblem[] = [];
  private readonly seen = new Set<readonly ReadProblem[]>();

  add(problem: ReadProblem): void {
    this.items.push(problem);
  }

  addAll(problems: readonly ReadProblem[], code?: ReadProblem["code"]): void {
    if (problems.length === 0 || this.seen.has(problems)) return;
    this.seen.add(problems);
    // No spread: tens of thousands of arguments are too many for a call.
    for (const problem of problems) {
      if (code === undefined || problem.code === code) this.items.push(problem);
    }
  }

  has(code: ReadProblem["code"]): boolean {
    return this.items.some((problem) => problem.code === code);
  }

  /** All of them; of a file that is no YAML only what says so: Compose sees nothing else of it. */
  result(): ReadProblem[] {
    const broken = new Set(
      this.items.flatMap(({ code, place }) => (code === "syntax" ? [place.path] : [])),
    );
    if (broken.size === 0) return this.items;
    return this.items.filter(({ code, place }) => code !== "type" || !broken.has(place.path));
  }
}
