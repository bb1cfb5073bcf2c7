/**
 * How Compose merges the `ipam.config` of two files (compose-go override/merge.go mergeIPAMConfig):
 * by the text of the subnets, and not as one would expect. An entry of the earlier file survives
 * only with the later one's last entry, or where the subnets are the same.
 */
import { boundText, pairOf } from "./boundNodes";
import type { YamlMap, YamlSeq } from "./yamlNode";

/** An entry that merging changes where it stands: compose-go merges into the mapping itself. */
interface Cell {
  map: YamlMap;
}

/** `merge` puts the second mapping onto the first. */
export function mergeIpamConfig(
  lower: YamlSeq,
  upper: YamlSeq,
  merge: (lower: YamlMap, upper: YamlMap) => YamlMap,
): YamlSeq {
  const result: Cell[] = [];
  const indexOf = (cell: Cell) => result.findIndex((other) => subnetOf(other) === subnetOf(cell));
  const overrides = cells(upper);
  for (const original of cells(lower)) {
    for (const override of overrides) {
      if (subnetOf(override) !== subnetOf(original) && indexOf(override) < 0) {
        result.push(override);
        continue;
      }
      original.map = merge(original.map, override.map);
      const same = indexOf(original);
      if (same < 0) result.push(original);
      else result[same] = original;
    }
  }
  return { ...upper, items: result.map(({ map }) => map) };
}

function cells(list: YamlSeq): Cell[] {
  return list.items.flatMap((item) => (item.kind === "map" ? [{ map: item }] : []));
}

function subnetOf({ map }: Cell): string | undefined {
  return boundText(pairOf(map, "subnet")?.value);
}
