/** Complaints of Compose's schema about a list where a mapping belongs, and the like. */
import { type Reading, valueOf } from "./fields";
import type { Field, Fields } from "./resolve";

/** What the schema wants behind a key. */
export type Kind =
  "mapping" | "list" | "list or mapping" | "boolean" | "boolean or mapping" | "number";

const words: Readonly<Record<Kind, string>> = {
  mapping: "a mapping",
  list: "a list",
  "list or mapping": "a list or a mapping",
  boolean: "true or false",
  "boolean or mapping": "true or false",
  number: "a number",
};

/** Adds a problem for each field that is of another kind than Compose accepts there. */
export function checkKinds(
  reading: Reading,
  fields: Fields,
  kinds: Readonly<Record<string, Kind>>,
): void {
  for (const [key, kind] of Object.entries(kinds)) {
    const field = fields.get(key);
    if (field) checkKind(reading, field, kind);
  }
}

/** The same for one field; what a variable or a template mark hides is of any kind. */
export function checkKind(reading: Reading, field: Field, kind: Kind): void {
  if (isOfKind(reading, field, kind)) return;
  const message = `"${field.key}" must be ${words[kind]}: Compose refuses the file.`;
  reading.problems.push({ code: "type", message, place: field.node?.place ?? field.keyPlace });
}

function isOfKind(reading: Reading, { node, through }: Field, kind: Kind): boolean {
  // `!reset` takes the key away, whatever is written behind it.
  if (node?.tag === "!reset") return true;
  if (node?.kind === "map") return kind.endsWith("mapping");
  if (node?.kind === "seq") return kind.startsWith("list");
  if (!node) return false;
  const value = valueOf(reading, node, through);
  if (!value.known) return true;
  if (kind === "number") return value.type === "number";
  // Whether a text can be turned into a boolean is told once for each file: see variables.ts.
  return kind.startsWith("boolean") && ["boolean", "string"].includes(value.type);
}
