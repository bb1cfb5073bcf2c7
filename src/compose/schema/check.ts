/**
 * Checks values against the schema of compose files, with the words that Compose has for it (the JSON
 * schema library's own, of the most specific error). Compose stops at the first; here each is told.
 */
import { quotedKeys } from "../quotedKeys";
import { listInWords } from "../../model/listInWords";
import {
  type YamlAlias,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  isMergeKey,
} from "../yamlNode";
import type { Environment } from "../interpolate";
import { interpolated } from "../interpolate";
import { isUnique } from "../mergeRules";
import { isPlaceholder } from "../placeholder";
import type { Place } from "../place";
import type { ReadProblem } from "../project";
import type { Resolver } from "../resolve";
import { type YamlType, yamlType } from "../yamlType";
import { type JsonType, type MapShape, type Shape, typeBits } from "./shape";

type Followed = Exclude<YamlNode, YamlAlias>;

/** Where a check begins. */
export interface Spot {
  /** Keys from the top of the file. */
  readonly path: readonly string[];
  /** The last key. */
  readonly key: string;
  /** Of the key, for where nothing is written. */
  readonly place: Place;
}

export class SchemaCheck {
  private readonly resolver: Resolver;
  private readonly environment: Environment;
  private readonly problems: ReadProblem[];
  /** Keys and indexes from the top of the file to the value that is looked at. */
  private path: string[] = [];
  /** The last key of the path. */
  private key = "";
  /** Whether the value is an item of a list. */
  private item = false;
  private depth = 0;

  constructor(resolver: Resolver, environment: Environment, problems: ReadProblem[]) {
    this.resolver = resolver;
    this.environment = environment;
    this.problems = problems;
  }

  /** `node`: aliases followed; undefined where nothing is written. */
  check(node: Followed | undefined, shape: Shape, { path, key, place }: Spot): void {
    this.path = [...path];
    this.key = key;
    this.item = false;
    this.value(node, shape, place);
  }

  private value(node: Followed | undefined, shape: Shape, place: Place): void {
    if (node?.tag === "!reset" || this.depth > 100) return;
    this.depth++;
    const found = this.typesOf(node);
    if (found === unknownYet) {
      // A template mark or a placeholder: whatever will stand there.
    } else if (found === aTime) {
      const words = `invalid jsonType time.Time`;
      this.refuse(`"${this.key}" is a date to YAML: write it in quotes`, words, place, node);
    } else if ((found & shape.bits) === 0) {
      const prefix = this.item ? `An item of "${this.key}"` : `"${this.key}"`;
      const words = `must be a ${namesOf(shape.named)}`;
      this.refuse(`${prefix} must be ${wanted(shape)}`, words, place, node);
    } else if (node) {
      this.inside(node, shape, place);
    }
    this.depth--;
  }

  private inside(node: Followed, shape: Shape, place: Place): void {
    if (node.kind === "map") {
      if (shape.map) this.mapping(node, shape.map, place);
    } else if (node.kind === "seq") {
      // Compose takes doubles out of some lists before it looks.
      if (shape.unique && !isUnique(this.path[0] ?? "", this.path.slice(2))) {
        this.unique(node.items, place);
      }
      if (shape.items) this.items(node.items, shape.items);
    } else if (shape.pattern !== undefined) {
      this.matches(node, shape.pattern, place);
    } else if (shape.values) {
      const { text, known } = this.text(node);
      if (!known || shape.values.includes(text)) return;
      const list = shape.values.map((value) => `'${value}'`).join(", ");
      const one = shape.values.length === 1;
      this.refuse(
        `"${this.key}" must be ${one ? "" : "one of "}${shape.values.join(", ")}`,
        `value must be ${one ? "" : "one of "}${list}`,
        place,
        node,
      );
    }
  }

  private matches(node: YamlScalar, pattern: string, place: Place): void {
    const { text, known } = this.text(node);
    if (!known || new RegExp(pattern).test(text)) return;
    const words = `'${text}' does not match pattern '${pattern}'`;
    this.refuse(`"${text}" cannot be the ${this.key}`, words, place, node);
  }

  private items(items: readonly YamlNode[], shape: Shape): void {
    const { key, item: outer } = this;
    for (const [index, item] of items.entries()) {
      const node = item.kind === "alias" ? this.resolver.follow(item).node : item;
      if (!node) continue;
      this.path.push(String(index));
      this.key = key;
      this.item = true;
      this.value(node, shape, item.place);
      this.path.pop();
    }
    this.key = key;
    this.item = outer;
  }

  private unique(items: readonly YamlNode[], place: Place): void {
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
        this.refuse(`"${text}" stands twice in this list`, words, place, node);
      }
    }
  }

  private mapping(map: YamlMap, shape: MapShape, place: Place): void {
    const { key: outerKey, item: outerItem } = this;
    const unknown: Unknown[] = [];
    const present = shape.required.length > 0 ? new Set<string>() : undefined;
    if (map.pairs.some(isMergeKey)) {
      for (const { key, keyPlace, node, through } of this.resolver.fields(map).values()) {
        if (node?.tag === "!reset") continue;
        present?.add(key);
        // An alias that leads nowhere was told of.
        if (node || through.length === 0) this.entry(key, keyPlace, node, shape, unknown);
      }
    } else {
      for (const { key, keyPlace, value } of map.pairs) {
        const node = value?.kind === "alias" ? this.resolver.follow(value).node : value;
        if (node?.tag === "!reset") continue;
        present?.add(key);
        if (node || !value) this.entry(key, keyPlace, node, shape, unknown);
      }
    }
    this.key = outerKey;
    this.item = outerItem;
    if (present) {
      const missing = shape.required.filter((key) => !present.has(key));
      if (missing.length > 0) this.missing(missing, place, map);
    }
    if (unknown.length > 0 && !shape.ruled) this.unknown(unknown);
  }

  /** Checks what stands behind a key; adds the key to the unknown ones if it is one. */
  private entry(
    key: string,
    keyPlace: Place,
    node: Followed | undefined,
    shape: MapShape,
    unknown: Unknown[],
  ): void {
    const known = shape.keys.get(key) ?? otherShape(shape, key);
    if (known === "unknown") unknown.push({ key, place: keyPlace });
    else if (known) {
      this.path.push(key);
      this.key = key;
      this.item = false;
      this.value(node, known, keyPlace);
      this.path.pop();
    }
  }

  private missing(keys: readonly string[], place: Place, node: Followed): void {
    const list = quotedKeys(keys);
    const words = `missing ${keys.length === 1 ? "property" : "properties"} ${list}`;
    this.refuse(`"${this.key}" needs ${keys.join(" and ")}`, words, place, node);
  }

  private unknown(keys: readonly Unknown[]): void {
    const list = quotedKeys(keys.map(({ key }) => key));
    const words = `additional properties ${list} not allowed`;
    for (const { key, place } of keys) {
      const where = this.path.length === 0 ? "a compose file" : `"${this.key}"`;
      this.refuse(`"${key}" is no key of ${where}`, words, place, undefined);
    }
  }

  /** `place`: for where nothing is written. */
  private refuse(message: string, words: string, place: Place, node: Followed | undefined): void {
    this.problems.push({
      code: "type",
      message: `${message}: Compose refuses the file.`,
      composeMessage: `${this.path.join(".")} ${words}`,
      place: node?.place ?? place,
    });
  }

  /** Bits of what the value is, `aTime`, or `unknownYet`. */
  private typesOf(node: Followed | undefined): number {
    if (!node) return typeBits.null;
    if (node.kind === "map") return typeBits.object;
    if (node.kind === "seq") return typeBits.array;
    if (node.text.includes("$")) {
      const { known, variable } = this.text(node);
      if (variable) return typeBits.string;
      if (!known) return unknownYet;
    } else if (isPlaceholder(node.text)) return unknownYet;
    if (node.tag !== undefined && node.tag !== "!override") return tagged(node.tag);
    return node.style === "plain" ? plainBits[yamlType(node.text)] : typeBits.string;
  }

  private text(node: YamlScalar): { text: string; known: boolean; variable: boolean } {
    if (!node.text.includes("$")) {
      return { text: node.text, known: !isPlaceholder(node.text), variable: false };
    }
    const environment = node.bound?.environment ?? this.environment;
    const { text, known } = interpolated(node.text, environment);
    const template = isPlaceholder(node.text);
    return { text, known: known && !template, variable: !template };
  }
}

interface Unknown {
  readonly key: string;
  readonly place: Place;
}

/** What a key that the shape does not name holds; undefined: anything. */
function otherShape(shape: MapShape, key: string): Shape | "unknown" | undefined {
  const { others } = shape;
  if (others && (others.pattern ? others.pattern.test(key) : key !== "")) return others.shape;
  if (shape.open || key === "" || (shape.extensions && key.startsWith("x-"))) return undefined;
  return "unknown";
}

const unknownYet = -1;
const aTime = -2;
const plainBits: Readonly<Record<YamlType, number>> = {
  null: typeBits.null,
  boolean: typeBits.boolean,
  integer: typeBits.integer | typeBits.number,
  float: typeBits.number,
  time: aTime,
  string: typeBits.string,
};

function tagged(tag: string): number {
  switch (tag) {
    case "!!int":
      return typeBits.integer | typeBits.number;
    case "!!float":
      return typeBits.number;
    case "!!bool":
      return typeBits.boolean;
    case "!!null":
      return typeBits.null;
    default:
      return typeBits.string;
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
