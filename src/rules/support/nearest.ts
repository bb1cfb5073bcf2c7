/** Did you mean: the known word that a mistyped one is closest to. */

/**
 * The candidate that differs from `text` only in case, blanks or `-` for `_`; else the only one
 * within one mistyped character (two in words of five and more). Undefined when none is, or when
 * two are equally close.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(text);
  const limit = wanted.length >= 5 ? 2 : wanted.length >= 3 ? 1 : 0;
  let best: string | undefined;
  let bestDistance = limit + 1;
  let tied = false;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, normalise(candidate));
    if (distance > bestDistance) continue;
    tied = distance === bestDistance;
    if (!tied) best = candidate;
    bestDistance = distance;
  }
  return tied || bestDistance > limit ? undefined : best;
}

function normalise(text: string): string {
  return text.trim().toLowerCase().replaceAll(/[-\s]/g, "_");
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let twoBack: number[] = [];
  let oneBack = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (oneBack[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (oneBack[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (twoBack[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    twoBack = oneBack;
    oneBack = row;
  }
  return oneBack[b.length] ?? 0;
}
