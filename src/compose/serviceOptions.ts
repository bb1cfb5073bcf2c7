/** What a service says of its names, addresses of others and kernel, which not every network mode allows. */
import { type Reading, entriesField, listField, stringField, valueOf } from "./fields";
import type { Place } from "./place";
import type { Fields } from "./resolve";
import { Value } from "./value";

const keys = ["hostname", "links", "dns", "extra_hosts", "expose", "sysctls"] as const;

export type ServiceOptionKey = (typeof keys)[number];

export interface ServiceOption {
  readonly key: ServiceOptionKey;
  readonly keyPlace: Place;
  /** Key and value together. */
  readonly place: Place;
  /** Its texts; of the form with keys, each with its key. Never empty: an option that says nothing is none. */
  readonly values: readonly { readonly name?: string; readonly value: Value }[];
}

const none: readonly ServiceOption[] = [];
const scalarTypes = ["string", "number", "boolean", "null"] as const;

/** In the order in which the engine looks at them. */
export function readOptions(reading: Reading, fields: Fields): readonly ServiceOption[] {
  if (!keys.some((key) => fields.has(key))) return none;
  return keys.flatMap((key) => {
    const field = fields.get(key);
    if (!field?.node || field.node.tag === "!reset") return [];
    const values = valuesOf(reading, fields, key);
    return values.length === 0
      ? []
      : [{ key, keyPlace: field.keyPlace, place: field.place, values }];
  });
}

function valuesOf(reading: Reading, fields: Fields, key: ServiceOptionKey) {
  const node = fields.get(key)?.node;
  if (node?.kind === "scalar") {
    const value = stringField(reading, fields, key);
    return value && !(value.known && value.text === "") ? [{ value }] : [];
  }
  if (node?.kind === "map") {
    return entriesField(reading, fields, key, scalarTypes).map(({ key: name, value }) => ({
      name,
      value,
    }));
  }
  return listField(reading, fields, key).map(({ item, node: inner }) => ({
    value:
      inner?.kind === "scalar"
        ? valueOf(reading, inner)
        : new Value({ text: "", type: "string", place: item.place, known: false, through: [] }),
  }));
}
