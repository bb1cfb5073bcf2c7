/** Whether our reading of a project and that of Compose are the same. */
import { isDeepStrictEqual } from "node:util";
import type { Expected } from "./cases";
import type { Ours } from "./ours";

export type Verdict =
  /** The same network part, or both refuse and one of our findings holds the words of Compose. */
  | { readonly kind: "agreed" | "both refuse" }
  /** Both refuse, for another reason. */
  | { readonly kind: "other words"; readonly why: string }
  | { readonly kind: "differs" | "only Compose refuses" | "only we refuse"; readonly why: string };

export function verdictOf(ours: Ours, expected: Expected): Verdict {
  if ("error" in expected) return verdictOfRefusal(ours, expected.error);
  if (ours.errors.length > 0) return { kind: "only we refuse", why: ours.errors.join("\n") };
  if (isDeepStrictEqual(ours.part, expected)) return { kind: "agreed" };
  return { kind: "differs", why: difference(ours.part, expected, "") };
}

function verdictOfRefusal({ errors }: Ours, error: string): Verdict {
  if (errors.length === 0) return { kind: "only Compose refuses", why: error };
  const words = wordsOf(error);
  // What is no YAML is told in our own words: those of Compose name neither reason nor place.
  if (/^(?:failed to parse \S+: )?yaml: /.test(error)) return { kind: "both refuse" };
  if (errors.some((text) => oneLine(text).includes(words))) return { kind: "both refuse" };
  return { kind: "other words", why: `Compose: ${error}\nours: ${errors.join("\n")}` };
}

/** Without the name of the file, which our finding has as its place. */
function wordsOf(error: string): string {
  return oneLine(error.replace(/^(?:validating|failed to parse) \S+: /, ""));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The first place where two values differ. */
function difference(ours: unknown, theirs: unknown, at: string): string {
  if (isObject(ours) && isObject(theirs)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const [a, b] = [ours[key], theirs[key]];
      if (!isDeepStrictEqual(a, b)) return difference(a, b, at === "" ? key : `${at}.${key}`);
    }
  }
  return `${at}: ours ${JSON.stringify(ours)}, Compose ${JSON.stringify(theirs)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
