/** `!reset` and `!override`: what a document takes away from what came before it. */
import type { BoundNode, Entry } from "./bind";
import { boundText } from "./boundNodes";
import { type YamlMap, type YamlNode, type YamlPair, isMergeKey } from "./yamlNode";

/** Keys from an entry of a section down to the place; none for the entry itself. */
export type ResetPath = readonly string[];

/** The places below the node that a tag marks. Inside a list a tag takes only its own item, so none there. */
export function resetPaths(node: YamlNode | undefined): ResetPath[] {
  const paths: ResetPath[] = [];
  const walk = (current: YamlNode | undefined, path: readonly string[]) => {
    if (current?.tag === "!reset" || current?.tag === "!override") paths.push(path);
    else if (current?.kind === "map") {
      // What a merge key brings in stands beside the other keys.
      for (const pair of current.pairs) {
        walk(pair.value, isMergeKey(pair) ? path : [...path, pair.key]);
      }
    }
  };
  walk(node, []);
  return paths;
}

/** The entry without what stands at the paths; undefined when it is taken away itself. */
export function withoutPaths(entry: Entry, paths: readonly ResetPath[]): Entry | undefined {
  let { node } = entry;
  for (const path of paths) {
    if (path.length === 0) return undefined;
    node = node && without(node, path);
  }
  return node === entry.node ? entry : { ...entry, node };
}

/** Lists of names that Compose has made mappings of before it resets anything. */
const names: ReadonlySet<string> = new Set(["depends_on", "models", "networks"]);

function without(node: BoundNode, [key, ...rest]: readonly string[], list = false): BoundNode {
  if (list && node.kind === "seq" && rest.length === 0) {
    const items = node.items.filter((item) => boundText(item) !== key);
    return items.length === node.items.length ? node : { ...node, items };
  }
  if (node.kind !== "map" || !node.pairs.some((pair) => pair.key === key)) return node;
  const pairs = node.pairs.flatMap((pair): YamlPair[] => {
    if (pair.key !== key) return [pair];
    if (rest.length === 0) return [];
    return pair.value
      ? [{ ...pair, value: without(pair.value as BoundNode, rest, names.has(pair.key)) }]
      : [pair];
  });
  const written: YamlMap = node.written ?? node;
  return { ...node, pairs, written };
}
