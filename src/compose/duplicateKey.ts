/** Keys that stand twice in a mapping. */
import type { Place } from "./place";
import type { ReadProblem } from "./project";

/** `first`: where it stands before. */
export function duplicateKey(key: string, place: Place, first: Place): ReadProblem {
  return {
    code: "duplicate-key",
    message: `The key "${key}" stands twice in this mapping: Compose refuses the file.`,
    words: (lineOf) =>
      `line ${lineOf(place)}: mapping key ${JSON.stringify(key)} already defined at line ${lineOf(first)}`,
    place,
    related: [{ place: first, message: "It stands here already." }],
  };
}
