/** Makes a case smaller as long as it shows the same disagreement. */
import { parse, stringify } from "yaml";
import { filesOf, joined } from "./caseFiles";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

/** Without these a service is none. */
const kept = new Set<string | number>(["image", "command"]);

/**
 * The smallest case found by taking away parts, one at a time, from the outside in.
 * @param still - whether a smaller text shows the disagreement
 */
export async function shrink(
  text: string,
  still: (smaller: string) => Promise<boolean>,
  attempts = 60,
): Promise<string> {
  let best = text;
  let left = attempts;
  for (let again = true; again;) {
    again = false;
    for (const smaller of smallerTexts(best)) {
      if (left-- <= 0) return best;
      if (!(await still(smaller))) continue;
      best = smaller;
      again = true;
      break;
    }
  }
  return best;
}

function* smallerTexts(text: string): Generator<string> {
  const files = filesOf(text);
  for (const [name, own] of files) {
    const value = parse(own) as Json;
    for (const path of pathsOf(value).sort((a, b) => a.length - b.length)) {
      const copy = structuredClone(value);
      removeAt(copy, path);
      const smaller = stringify(copy, { lineWidth: 0 });
      if (smaller !== own) yield joined(new Map([...files, [name, smaller]]));
    }
  }
}

function pathsOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return entries.flatMap(([key, item]) => {
    const here = [...path, key];
    const own = path.length === 0 || kept.has(key) ? [] : [here];
    return [...own, ...pathsOf(item, here)];
  });
}

function removeAt(root: Json, path: Path): void {
  let parent = root;
  for (const key of path.slice(0, -1))
    parent = (parent as Record<string | number, Json>)[key] as Json;
  const last = path.at(-1);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (last !== undefined) Reflect.deleteProperty(parent as object, last);
}
