/** How the schema of compose files is written down here: what a value may be, and what may be in it. */

export type JsonType = "string" | "number" | "integer" | "boolean" | "null" | "array" | "object";

/** Sets of types as bits, so that the check of a value is one operation. */
export const typeBits: Readonly<Record<JsonType, number>> = {
  string: 1,
  number: 2,
  integer: 4,
  boolean: 8,
  null: 16,
  array: 32,
  object: 64,
};

export interface Shape {
  /** What the value may be. */
  readonly types: readonly JsonType[];
  /** The same as a set of `typeBits`. */
  readonly bits: number;
  /** Types that Compose names when the value is none of all: those of the first alternative. */
  readonly named: readonly JsonType[];
  readonly map?: MapShape;
  readonly items?: Shape;
  /** No two items are the same. */
  readonly unique?: boolean;
  /** What a text has to contain. */
  readonly pattern?: string;
  /** The only texts. */
  readonly values?: readonly string[];
}

export interface MapShape {
  readonly keys: ReadonlyMap<string, Shape>;
  /** Keys that are not among `keys`, and what they hold; without a pattern any that is not empty. */
  readonly others?: { readonly pattern: RegExp | undefined; readonly shape: Shape };
  /** `x-` keys are allowed. */
  readonly extensions: boolean;
  /** Any key at all is allowed. */
  readonly open: boolean;
  readonly required: readonly string[];
  /** Unknown keys have a rule of their own, which knows what was meant. */
  readonly ruled: boolean;
}

function bitsOf(types: readonly JsonType[]): number {
  return types.reduce((bits, name) => bits | typeBits[name], 0);
}

function one(name: JsonType, more: Partial<Shape>): Shape {
  return { types: [name], bits: typeBits[name], named: [name], ...more };
}

/** One of several types. */
export function type(...types: JsonType[]): Shape {
  return { types, bits: bitsOf(types), named: types };
}

/** A text that is one of a few. */
export function choice(...values: string[]): Shape {
  return one("string", { values });
}

/** A text that contains what the pattern says. */
export function matching(pattern: string): Shape {
  return one("string", { pattern });
}

export function list(items: Shape, unique = false): Shape {
  return one("array", { items, unique });
}

/** A mapping with these keys, `x-` keys and no others. */
export function map(keys: Record<string, Shape>, more: Partial<MapShape> = {}): Shape {
  const shape = {
    keys: new Map(Object.entries(keys)),
    extensions: true,
    open: false,
    required: [],
    ruled: false,
    ...more,
  };
  return one("object", { map: shape });
}

/** A mapping of any keys to values of one shape. */
export function dictionary(shape: Shape, pattern?: RegExp, more: Partial<MapShape> = {}): Shape {
  return map({}, { others: { pattern, shape }, extensions: false, ...more });
}

/** One of several shapes, of which no two are of one type. */
export function oneOf(first: Shape, ...others: Shape[]): Shape {
  const all = [first, ...others];
  const types = all.flatMap((shape) => shape.types);
  return {
    ...(Object.assign({}, ...[...all].reverse()) as Shape),
    types,
    bits: bitsOf(types),
    named: first.named,
  };
}
