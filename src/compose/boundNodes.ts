/** Looking at bound nodes. */
import type { BoundNode } from "./bind";
import { interpolated } from "./interpolate";
import { type YamlMap, type YamlPair, type YamlNode, isNull } from "./yamlNode";

/** Nothing written, or YAML's null. */
export function isNothing(node: BoundNode | undefined): node is undefined {
  return node === undefined || (node.tag === undefined && isNull(node));
}

/** The text of a scalar, variables substituted; undefined for anything else. */
export function boundText(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== "scalar") return undefined;
  if (!node.text.includes("$") || !node.bound) return node.text;
  return interpolated(node.text, node.bound.environment).text;
}

export function pairOf(map: YamlMap, key: string): YamlPair | undefined {
  return map.pairs.find((pair) => pair.key === key);
}

/** Whether both say the same, wherever it is written. */
export function sameContent(a: BoundNode | undefined, b: BoundNode | undefined): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  const [left, right] = [a, b];
  if (left === right) return true;
  if (left.kind === "scalar" && right.kind === "scalar") {
    const plain = (node: typeof left) => node.style === "plain" && !node.text.includes("$");
    return boundText(left) === boundText(right) && plain(left) === plain(right);
  }
  if (left.kind === "seq" && right.kind === "seq") {
    return (
      left.items.length === right.items.length &&
      left.items.every((item, i) => sameContent(item as BoundNode, right.items[i] as BoundNode))
    );
  }
  if (left.kind !== "map" || right.kind !== "map") return false;
  if (left.pairs.length !== right.pairs.length) return false;
  const others = new Map(
    right.pairs.map((pair) => [pair.key, pair.value as BoundNode | undefined]),
  );
  return left.pairs.every(
    ({ key, value }) =>
      others.has(key) && sameContent(value as BoundNode | undefined, others.get(key)),
  );
}
