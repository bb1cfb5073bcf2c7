/** Compose's own words, where they name lines. */
import type { Place } from "./place";
import type { ReadProblem } from "./project";

/** The problems with Compose's words as of the texts now; the same list where none names a line. */
export function withWords(
  problems: readonly ReadProblem[],
  textOf: (path: string) => string | undefined,
): readonly ReadProblem[] {
  if (!problems.some(({ words }) => words)) return problems;
  const breaks = new Map<string, readonly number[]>();
  const lineOf = ({ path, from }: Place) => {
    let known = breaks.get(path);
    if (!known) breaks.set(path, (known = breaksOf(textOf(path) ?? "")));
    return countBelow(known, from) + 1;
  };
  return problems.map((problem) =>
    problem.words ? { ...problem, composeMessage: problem.words(lineOf) } : problem,
  );
}

/** Offsets of the line feeds. */
function breaksOf(text: string): number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks.push(at);
  return breaks;
}

/** How many of the ascending numbers are below the limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
