/** Typed reading of fields: scalars to values, with Compose's own complaints about types. */
import { type Environment, interpolated } from "./interpolate";
import type { Place, RegionPlace } from "./place";
import { quotedKeys } from "./quotedKeys";
import { isPlaceholder, isTemplate } from "./placeholder";
import type { Body, Entry, ReadProblem, UnknownKey } from "./project";
import { type Field, type Fields, type Resolver, direct } from "./resolve";
import { Value, type ValueType, type Writable } from "./value";
import type { YamlMap, YamlNode, YamlScalar } from "./yamlNode";
import { yamlType } from "./yamlType";

/** What reading one service or network needs. */
export interface Reading {
  readonly resolver: Resolver;
  readonly environment: Environment;
  readonly problems: ReadProblem[];
  /** Offset of the line break behind the end of a place, or the end of that file. */
  readonly lineEnd: (place: Place) => number;
}

/** An item of a list, and what it leads to. */
export interface ListItem extends Pick<Field, "node" | "through"> {
  readonly item: YamlNode;
}

const noItems: readonly ListItem[] = [];
const texts: readonly ValueType[] = ["string"];

/** The field as a text. */
export function stringField(reading: Reading, fields: Fields, key: string): Value | undefined {
  return typedField(reading, fields, key, texts);
}

/** A scalar of any type; lists and mappings give undefined and no complaint. */
export function scalarField(reading: Reading, fields: Fields, key: string): Value | undefined {
  const field = fields.get(key);
  return field && fieldValue(reading, field);
}

/**
 * True or false as Compose casts it (compose-go interpolation: true/yes/y/on, false/no/n/off);
 * `absent` when nothing is written; undefined when it cannot be known.
 */
export function booleanField(
  reading: Reading,
  fields: Fields,
  key: string,
  absent: boolean,
): boolean | undefined {
  const value = scalarField(reading, fields, key);
  if (!value) return absent;
  if (!value.known) return undefined;
  if (value.type === "null") return absent;
  const text = value.text.toLowerCase();
  if (["true", "yes", "y", "on"].includes(text)) return true;
  return ["false", "no", "n", "off"].includes(text) ? false : undefined;
}

/** Whole number; `absent` when nothing is written; undefined when unknown. */
export function integerOf(value: Value | undefined, absent: number): number | undefined {
  if (!value || value.type === "null") return absent;
  return value.known && /^[+-]?[0-9]+$/.test(value.text) ? Number(value.text) : undefined;
}

/** The fields of a field that is a mapping. */
export function mapField(reading: Reading, fields: Fields, key: string): Fields | undefined {
  const field = fields.get(key);
  return field?.node?.kind === "map"
    ? reading.resolver.fields(field.node, field.through)
    : undefined;
}

/** The items of a field that is a list, aliases followed. */
export function listField(reading: Reading, fields: Fields, key: string): readonly ListItem[] {
  const field = fields.get(key);
  if (field?.node?.kind !== "seq") return noItems;
  const items: ListItem[] = [];
  for (const item of field.node.items) {
    const { node, through } = reading.resolver.follow(item, field.through);
    items.push({ item, node, through });
  }
  return items;
}

/** The scalars of a mapping, with the types that Compose's schema allows there. */
export function entriesField(
  reading: Reading,
  fields: Fields,
  key: string,
  allowed: readonly ValueType[],
): Entry[] {
  const inner = mapField(reading, fields, key);
  if (!inner) return [];
  return [...inner.values()].flatMap((field) => {
    const value = typedField(reading, inner, field.key, allowed);
    const { keyPlace, place } = field;
    return value ? [{ key: field.key, keyPlace, place, value }] : [];
  });
}

const noKeys: readonly UnknownKey[] = [];

/** The keys that are not among the known ones; `inside`: see `UnknownKey`. */
export function unknownKeysOf(
  fields: Fields,
  known: ReadonlySet<string>,
  inside = "",
): readonly UnknownKey[] {
  const unknown: Field[] = [];
  fields.forEach((field, key) => {
    if (known.has(key) || key === "" || key.startsWith("x-")) return;
    if (field.node?.tag !== "!reset") unknown.push(field);
  });
  if (unknown.length === 0) return noKeys;
  const beside = new Set(fields.keys());
  const listed = quotedKeys(unknown.map(({ key }) => key));
  return unknown.map(({ key, keyPlace, place }) => {
    return { key, keyPlace, place, inside, beside, listed };
  });
}

function typedField(
  reading: Reading,
  fields: Fields,
  key: string,
  allowed: readonly ValueType[],
): Value | undefined {
  const field = fields.get(key);
  if (!field || field.node?.tag === "!reset") return undefined;
  const value = fieldValue(reading, field);
  if (value && allowed.includes(value.type)) return value;
  // A number is still worth reading: its text says what was meant.
  return value?.type === "number" ? value : undefined;
}

function fieldValue(reading: Reading, field: Field): Value | undefined {
  if (!field.node) {
    const { place, through } = field;
    return new Value({ text: "", type: "null", place, known: true, through });
  }
  return field.node.kind === "scalar" ? valueOf(reading, field.node, field.through) : undefined;
}

/** The value of a scalar node: variables substituted, type by YAML's core schema. */
export function valueOf(
  reading: Reading,
  node: YamlScalar,
  through: readonly Place[] = direct,
): Value {
  const literal = literalPlace(node);
  if (!node.text.includes("$")) {
    const type = writtenType(node);
    const known = !isPlaceholder(node.text);
    const writable = literal && { place: literal, style: writeStyle(node) };
    return new Value({ text: node.text, type, place: node.place, known, writable, through });
  }
  // What is wrong with variables is told once for each file: see variables.ts.
  const environment = node.bound?.environment ?? reading.environment;
  const { text, known, writable } = interpolated(node.text, environment);
  return new Value({
    text,
    type: "string",
    place: node.place,
    known: known && !isPlaceholder(text),
    writable: literal &&
      writable && { place: literal.part(writable.from, writable.to), style: writeStyle(node) },
    through,
  });
}

/** A name or a path: nothing in it is a placeholder but a template mark. */
export function nameValue(
  reading: Reading,
  node: YamlScalar,
  through: readonly Place[] = direct,
): Value {
  const { place } = node;
  if (!node.text.includes("$")) {
    const known = !isTemplate(node.text);
    return new Value({ text: node.text, type: writtenType(node), place, known, through });
  }
  const environment = node.bound?.environment ?? reading.environment;
  const { text, known } = interpolated(node.text, environment);
  return new Value({ text, type: "string", place, known: known && !isTemplate(text), through });
}

/** Type of a scalar without variables. */
function writtenType({ style, tag, text }: YamlScalar): ValueType {
  return style === "plain" && tag === undefined ? plainType(text) : "string";
}

/** The same for the scalar of a field. */
export function nameField(reading: Reading, fields: Fields, key: string): Value | undefined {
  const field = fields.get(key);
  if (field?.node?.kind === "scalar") return nameValue(reading, field.node, field.through);
  return field && fieldValue(reading, field);
}

/** Where the scalar's text stands one to one in the file; absent with escapes or several lines. */
export function literalPlace(node: YamlScalar): RegionPlace | undefined {
  const { place, style, text } = node;
  const { length } = place;
  if (style === "plain" && length === text.length) return place;
  const quoted = style === "single" || style === "double";
  return quoted && length === text.length + 2 ? place.part(1, length - 1) : undefined;
}

function writeStyle(node: YamlScalar): Writable["style"] {
  return node.style === "block" ? "plain" : node.style;
}

/** Type of a plain scalar as go-yaml has it; a date is a text here, which the schema refuses. */
export function plainType(text: string): ValueType {
  const type = yamlType(text);
  if (type === "integer" || type === "float") return "number";
  return type === "time" ? "string" : type;
}

/** Where to add a line to a block mapping; undefined for flow mappings and those behind an alias. */
export function bodyOf(
  reading: Reading,
  node: YamlNode | undefined,
  through: readonly Place[],
): Body | undefined {
  if (node?.kind !== "map" || through.length > 0) return undefined;
  const map = node.written ?? node;
  if (map.flow || map.pairs.length === 0 || (map.bound?.through.length ?? 0) > 0) return undefined;
  return new MapBody(map, reading.lineEnd(map.place) - map.place.to);
}

class MapBody implements Body {
  readonly indent: number;
  private readonly place: RegionPlace;
  private readonly beyond: number;

  constructor(map: YamlMap, beyond: number) {
    this.indent = map.indent;
    this.place = map.place;
    this.beyond = beyond;
  }

  get path(): string {
    return this.place.path;
  }
  get end(): number {
    return this.place.to + this.beyond;
  }
}
