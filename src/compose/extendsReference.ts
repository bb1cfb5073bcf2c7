/** What stands behind `extends`. */
import { type Reading, mapField, nameField } from "./fields";
import type { Place } from "./place";
import type { Field, Fields } from "./resolve";
import type { Value } from "./value";

export interface ExtendsReference {
  /** The value of `extends`, or the key where nothing is written. */
  readonly place: Place;
  readonly service: Value | undefined;
  readonly file: Value | undefined;
  /** The mapping form without a `service`. */
  readonly incomplete: boolean;
}

/** Reads the `extends` of a service; undefined when it has none. */
export function readExtends(
  reading: Reading,
  { node, through }: Field,
): ExtendsReference | undefined {
  if (node?.kind !== "map") return undefined;
  const fields: Fields = reading.resolver.fields(node, through);
  const field = fields.get("extends");
  if (!field || field.node?.tag === "!reset") return undefined;
  const place = field.node?.place ?? field.keyPlace;
  const inner = mapField(reading, fields, "extends");
  if (!inner) {
    const service = nameField(reading, fields, "extends");
    return { place, service, file: undefined, incomplete: false };
  }
  const service = nameField(reading, inner, "service");
  const file = nameField(reading, inner, "file");
  return { place, service, file, incomplete: service?.type !== "string" };
}
