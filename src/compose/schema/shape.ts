/** How the schema of compose files is written down here: what a value may be, and what may be in it. */

export type JsonType = "string" | "number" | "integer" | "boolean" | "null" | "array" | "object";

export interface Shape {
  /** What the value may be. */
  readonly types: readonly JsonType[];
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
  readonly keys: Readonly<Record<string, Shape>>;
  /** Keys that are not among `keys`, and what they hold. */
  readonly others?: { readonly pattern: RegExp; readonly shape: Shape };
  /** `x-` keys are allowed. */
  readonly extensions: boolean;
  /** Any key at all is allowed. */
  readonly open: boolean;
  readonly required: readonly string[];
  /** Unknown keys have a rule of their own, which knows what was meant. */
  readonly ruled: boolean;
}

/** One of several types. */
export function type(...types: JsonType[]): Shape {
  return { types, named: types };
}

/** A text that is one of a few. */
export function choice(...values: string[]): Shape {
  return { types: ["string"], named: ["string"], values };
}

/** A text that contains what the pattern says. */
export function matching(pattern: string): Shape {
  return { types: ["string"], named: ["string"], pattern };
}

export function list(items: Shape, unique = false): Shape {
  return { types: ["array"], named: ["array"], items, unique };
}

/** A mapping with these keys, `x-` keys and no others. */
export function map(keys: Record<string, Shape>, more: Partial<MapShape> = {}): Shape {
  const shape = { keys, extensions: true, open: false, required: [], ruled: false, ...more };
  return { types: ["object"], named: ["object"], map: shape };
}

/** A mapping of any keys to values of one shape. */
export function dictionary(shape: Shape, pattern = /^.+$/s, more: Partial<MapShape> = {}): Shape {
  return map({}, { others: { pattern, shape }, extensions: false, ...more });
}

/** One of several shapes, of which no two are of one type. */
export function oneOf(first: Shape, ...others: Shape[]): Shape {
  const all = [first, ...others];
  return {
    ...(Object.assign({}, ...[...all].reverse()) as Shape),
    types: all.flatMap(({ types }) => types),
    named: first.named,
  };
}
