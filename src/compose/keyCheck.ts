/** Checks keys, merge keys and aliases of a part: what go-yaml and Compose refuse whatever stands there. */
import { goNumber } from "./goNumber";
import type { Part } from "./outline";
import type { ReadProblem } from "./project";
import { type YamlMap, type YamlNode, type YamlPair, isMergeKey } from "./yamlNode";
import { yamlType } from "./yamlType";

/** Keys, and indexes of lists. */
type Path = (string | number)[];

const known = new WeakMap<Part, readonly ReadProblem[]>();

/** The same list each time. */
export function keyProblems(part: Part): readonly ReadProblem[] {
  let problems = known.get(part);
  if (!problems) known.set(part, (problems = new KeyCheck(part).run()));
  return problems;
}

class KeyCheck {
  private readonly part: Part;
  private readonly problems: ReadProblem[] = [];
  /** The nodes around, with the length of their paths; not needed where no alias can lead to one. */
  private readonly around: Map<YamlNode, number> | undefined;

  constructor(part: Part) {
    this.part = part;
    if (part.anchors.length > 0) this.around = new Map();
  }

  run(): readonly ReadProblem[] {
    const { section, pair } = this.part;
    this.pair(pair, section === "" ? [] : [section]);
    return this.problems;
  }

  private pair(pair: YamlPair, path: Path): void {
    this.key(pair, path);
    if (isMergeKey(pair)) this.merge(pair);
    path.push(pair.key);
    if (pair.value) this.node(pair.value, path);
    path.pop();
  }

  private node(node: YamlNode, path: Path): void {
    if (node.tag === "!reset") return;
    this.around?.set(node, path.length);
    if (node.kind === "alias") this.alias(node.name, node, path);
    else if (node.kind === "map") this.map(node, path);
    else if (node.kind === "seq") {
      path.push(0);
      for (const [index, item] of node.items.entries()) {
        path[path.length - 1] = index;
        this.node(item, path);
      }
      path.pop();
    }
    this.around?.delete(node);
  }

  private map(map: YamlMap, path: Path): void {
    for (const pair of map.pairs) this.pair(pair, path);
  }

  private key({ key, keyPlace, value }: YamlPair, path: Path): void {
    if (value?.tag === "!reset" || keyPlace.length !== key.length) return;
    const type = yamlType(key);
    if (type === "string") return;
    const where = path.length === 0 ? "at top level" : `in ${goPath(path)}`;
    const shown = key === "" ? "Nothing" : `"${key}"`;
    this.problems.push({
      code: "type",
      message: `${shown} is no text to YAML, and keys must be texts: write the key in quotes. Compose refuses the file.`,
      composeMessage: `non-string key ${where}: ${goValue(key)}`,
      place: keyPlace,
    });
  }

  private merge({ value, keyPlace }: YamlPair): void {
    const wrong = (node: YamlNode) => node.kind !== "map" && node.kind !== "alias";
    const fine = value && (value.kind === "seq" ? !value.items.some(wrong) : !wrong(value));
    if (fine) return;
    this.problems.push({
      code: "type",
      message: "A merge key takes a mapping, or a list of mappings: Compose refuses the file.",
      composeMessage: "yaml: map merge requires map or sequence of maps as the value",
      place: value?.place ?? keyPlace,
    });
  }

  private alias(name: string, alias: YamlNode, path: Path): void {
    const node = this.part.anchors.findLast(
      (anchor) => anchor.name === name && anchor.place.from < alias.place.from,
    )?.node;
    const depth = node && this.around?.get(node);
    if (depth === undefined || path.includes("<<")) return;
    const once = path.join(".");
    const again = [once, ...path.slice(depth)].join(".");
    this.problems.push({
      code: "cycle",
      message: `"*${name}" stands inside of what it stands for: Compose refuses the file.`,
      composeMessage: `cycle detected: node at path ${again} references node at path ${once}`,
      place: alias.place,
    });
  }
}

function goPath(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join("");
}

/** The key as Go prints it. */
function goValue(text: string): string {
  const type = yamlType(text);
  if (type === "null") return "<nil>";
  return type === "boolean" ? text.toLowerCase() : (goNumber(text) ?? text);
}
