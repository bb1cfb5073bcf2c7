/**
 * Checks values against the schema of compose files, with the words that Compose has for it (the JSON
 * schema library's own, of the most specific error). Compose stops at the first; here each is told.
 */
import { listInWords } from "../../model/listInWords";
import {
  type YamlAlias,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  isMergeKey,
} from "../yamlNode";
import type { Environment } from "../interpolate";
import { interpolate } from "../interpolate";
import { isUnique } from "../mergeRules";
import { isPlaceholder } from "../placeholder";
import type { Place } from "../place";
import type { ReadProblem } from "../project";
import type { Resolver } from "../resolve";
import { yamlType } from "../yamlType";
import type { JsonType, MapShape, Shape } from "./shape";

type Followed = Exclude<YamlNode, YamlAlias>;

/** A value with what a message about it needs. */
interface Spot {
  /** Keys and indexes from the top of the file. */
  readonly path: readonly string[];
  /** The last key. */
  readonly key: string;
  /** An item of a list. */
  readonly item: boolean;
  /** Of the key or the item, for where nothing is written. */
  readonly place: Place;
}

export class SchemaCheck {
  private readonly resolver: Resolver;
  private readonly environment: Environment;
  private readonly problems: ReadProblem[];
  private depth = 0;

  constructor(resolver: Resolver, environment: Environment, problems: ReadProblem[]) {
    this.resolver = resolver;
    this.environment = environment;
    this.problems = problems;
  }

  /** `node`: aliases followed; undefined where nothing is written. */
  check(node: Followed | undefined, shape: Shape, spot: Spot): void {
    if (node?.tag === "!reset" || this.depth > 100) return;
    this.depth++;
    const found = this.typesOf(node);
    if (found === undefined) {
      // A template mark or a placeholder: whatever will stand there.
    } else if (found === "time") {
      const words = `invalid jsonType time.Time`;
      this.refuse(`"${spot.key}" is a date to YAML: write it in quotes`, words, spot, node);
    } else if (!found.some((type) => shape.types.includes(type))) {
      const prefix = spot.item ? `An item of "${spot.key}"` : `"${spot.key}"`;
      const words = `must be a ${namesOf(shape.named)}`;
      this.refuse(`${prefix} must be ${wanted(shape)}`, words, spot, node);
    } else if (node) {
      this.inside(node, shape, spot);
    }
    this.depth--;
  }

  private inside(node: Followed, shape: Shape, spot: Spot): void {
    if (node.kind === "map") {
      if (shape.map) this.mapping(node, shape.map, spot);
    } else if (node.kind === "seq") {
      // Compose takes doubles out of some lists before it looks.
      const [section = "", , ...rest] = spot.path;
      if (shape.unique && !isUnique(section, rest)) this.unique(node.items, spot);
      if (shape.items) this.items(node.items, shape.items, spot);
    } else if (shape.pattern !== undefined) {
      this.matches(node, shape.pattern, spot);
    } else if (shape.values) {
      const { text, known } = this.text(node);
      if (!known || shape.values.includes(text)) return;
      const list = shape.values.map((value) => `'${value}'`).join(", ");
      const one = shape.values.length === 1;
      this.refuse(
        `"${spot.key}" must be ${one ? "" : "one of "}${shape.values.join(", ")}`,
        `value must be ${one ? "" : "one of "}${list}`,
        spot,
        node,
      );
    }
  }

  private matches(node: YamlScalar, pattern: string, spot: Spot): void {
    const { text, known } = this.text(node);
    if (!known || new RegExp(pattern).test(text)) return;
    const words = `'${text}' does not match pattern '${pattern}'`;
    this.refuse(`"${text}" cannot be the ${spot.key}`, words, spot, node);
  }

  private items(items: readonly YamlNode[], shape: Shape, spot: Spot): void {
    for (const [index, item] of items.entries()) {
      const { node } = this.resolver.follow(item);
      if (!node) continue;
      const path = [...spot.path, String(index)];
      this.check(node, shape, { path, key: spot.key, item: true, place: item.place });
    }
  }

  private unique(items: readonly YamlNode[], spot: Spot): void {
    const seen = new Map<string, number>();
    for (const [index, item] of items.entries()) {
      const { node } = this.resolver.follow(item);
      if (node?.kind !== "scalar") continue;
      const { text, known } = this.text(node);
      if (!known) continue;
      const before = seen.get(text);
      if (before === undefined) seen.set(text, index);
      else {
        const words = `items at ${before} and ${index} are equal`;
        this.refuse(`"${text}" stands twice in this list`, words, spot, node);
      }
    }
  }

  private mapping(map: YamlMap, shape: MapShape, spot: Spot): void {
    const plain = !map.pairs.some(isMergeKey);
    const fields = plain ? undefined : this.resolver.fields(map);
    const unknown: { readonly key: string; readonly place: Place }[] = [];
    const present = new Set<string>();
    for (const entry of fields?.values() ?? map.pairs) {
      const { key, keyPlace } = entry;
      const node = "node" in entry ? entry.node : this.resolver.follow(entry.value).node;
      if (node?.tag === "!reset") continue;
      present.add(key);
      // An alias that leads nowhere was told of.
      if (!node && ("node" in entry ? entry.through.length > 0 : entry.value)) continue;
      const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : this.other(shape, key);
      if (known === "unknown") unknown.push({ key, place: keyPlace });
      else if (known) {
        this.check(node, known, { path: [...spot.path, key], key, item: false, place: keyPlace });
      }
    }
    const missing = shape.required.filter((key) => !present.has(key));
    if (missing.length > 0) this.missing(missing, spot, map);
    if (unknown.length > 0 && !shape.ruled) this.unknown(unknown, spot);
  }

  private other(shape: MapShape, key: string): Shape | "unknown" | undefined {
    if (shape.others?.pattern.test(key)) return shape.others.shape;
    if (shape.open || key === "" || (shape.extensions && key.startsWith("x-"))) return undefined;
    return "unknown";
  }

  private missing(keys: readonly string[], spot: Spot, node: Followed): void {
    const list = keys.map((key) => `'${key}'`).join(", ");
    const words = `missing ${keys.length === 1 ? "property" : "properties"} ${list}`;
    this.refuse(`"${spot.key}" needs ${keys.join(" and ")}`, words, spot, node);
  }

  private unknown(keys: readonly { key: string; place: Place }[], spot: Spot): void {
    const list = keys.map(({ key }) => `'${key}'`).join(", ");
    const words = `additional properties ${list} not allowed`;
    for (const { key, place } of keys) {
      const where = spot.path.length === 0 ? "a compose file" : `"${spot.key}"`;
      this.refuse(`"${key}" is no key of ${where}`, words, { ...spot, place }, undefined);
    }
  }

  private refuse(message: string, words: string, spot: Spot, node: Followed | undefined): void {
    this.problems.push({
      code: "type",
      message: `${message}: Compose refuses the file.`,
      composeMessage: `${spot.path.join(".")} ${words}`,
      place: node?.place ?? spot.place,
    });
  }

  /** Undefined where the value is not known yet. */
  private typesOf(node: Followed | undefined): readonly JsonType[] | "time" | undefined {
    if (!node) return ["null"];
    if (node.kind === "map") return ["object"];
    if (node.kind === "seq") return ["array"];
    const { text, known, variable } = this.text(node);
    if (!known && !variable) return undefined;
    if (variable) return stringTypes;
    if (node.tag !== undefined && node.tag !== "!override") return tagged(node.tag);
    if (node.style !== "plain") return stringTypes;
    const type = yamlType(text);
    return type === "time" ? type : jsonTypes[type];
  }

  private text(node: YamlScalar): { text: string; known: boolean; variable: boolean } {
    if (!node.text.includes("$")) {
      return { text: node.text, known: !isPlaceholder(node.text), variable: false };
    }
    const environment = node.bound?.environment ?? this.environment;
    const { text, known } = interpolate(node.text, environment);
    const template = isPlaceholder(node.text);
    return { text, known: known && !template, variable: !template };
  }
}

const stringTypes: readonly JsonType[] = ["string"];
const jsonTypes: Readonly<Record<string, readonly JsonType[]>> = {
  null: ["null"],
  boolean: ["boolean"],
  integer: ["integer", "number"],
  float: ["number"],
  string: stringTypes,
};

function tagged(tag: string): readonly JsonType[] {
  switch (tag) {
    case "!!int":
      return ["integer", "number"];
    case "!!float":
      return ["number"];
    case "!!bool":
      return ["boolean"];
    case "!!null":
      return ["null"];
    default:
      return stringTypes;
  }
}

/** As Compose lists types. */
function namesOf(types: readonly JsonType[]): string {
  const names = types.map((type) => (type === "object" ? "mapping" : type)).sort();
  return listInWords(names, "or");
}

/** What a value has to be, for people. */
function wanted({ types }: Shape): string {
  const has = (type: JsonType) => types.includes(type);
  const words: string[] = [];
  if (has("boolean")) words.push("true or false");
  else if (has("integer")) words.push("a whole number");
  else if (has("number"))
    words.push(has("string") && types[0] === "string" ? "a string or a number" : "a number");
  else if (has("string")) words.push("a string");
  if (has("array")) words.push("a list");
  if (has("object") && !has("boolean")) words.push("a mapping");
  return words.join(" or ");
}
