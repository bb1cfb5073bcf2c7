/** Comparing lists by the identity of their items. */

export function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** How many items two lists have in common at their start and, of the rest, at their end. */
export function sameEnds<A, B>(
  a: readonly A[],
  b: readonly B[],
  isSame: (a: A | undefined, b: B | undefined) => boolean,
): { head: number; tail: number } {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && isSame(a[head], b[head])) head++;
  let tail = 0;
  while (tail < most - head && isSame(a[a.length - 1 - tail], b[b.length - 1 - tail])) tail++;
  return { head, tail };
}
