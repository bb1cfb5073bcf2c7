/** Reads `labels`, written as a mapping or as a list of `name=text`. */
import { type Reading, entriesField, listField, valueOf } from "./fields";
import type { Fields } from "./resolve";

/** Name to text, as Compose sends them; undefined when an unknown variable hides one. */
export function readLabels(
  reading: Reading,
  fields: Fields,
): ReadonlyMap<string, string> | undefined {
  const labels = new Map<string, string>();
  const types = ["string", "number", "boolean", "null"] as const;
  for (const { key, value } of entriesField(reading, fields, "labels", types)) {
    if (!value.known) return undefined;
    labels.set(key, value.type === "null" ? "" : value.text);
  }
  for (const { node, through } of listField(reading, fields, "labels")) {
    if (node?.kind !== "scalar") continue;
    const { text, known } = valueOf(reading, node, through);
    if (!known) return undefined;
    const [, name = text, label = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    labels.set(name, label);
  }
  return labels;
}
