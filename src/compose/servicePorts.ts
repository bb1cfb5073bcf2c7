/** The `ports` of a service. */
import { parseAddress } from "../model/cidr";
import { type Reading, listField, valueOf } from "./fields";
import type { Place } from "./place";
import { readPorts } from "./ports";
import type { ServiceDeclaration } from "./project";
import type { Fields } from "./resolve";
import type { Value } from "./value";
import type { YamlMap } from "./yamlNode";

type PortItem = ServiceDeclaration["ports"][number];

/** Of ports that are written twice in the same way one counts. What Compose refuses is a problem of the reading. */
export function readServicePorts(
  reading: Reading,
  fields: Fields,
  service: string,
): readonly PortItem[] {
  const seen = new Set<string>();
  return listField(reading, fields, "ports").flatMap(({ item, node, through }): PortItem[] => {
    const { place } = item;
    if (node?.kind === "map") {
      const inner = scalars(reading, node, through);
      checkAddress(reading, inner.get("host_ip"), service);
      const texts = [...inner].map(([key, value]) => [key, value.text] as const);
      return [{ place, text: "", fields: new Map(texts) }];
    }
    const value = node?.kind === "scalar" ? valueOf(reading, node) : undefined;
    const text = value?.text ?? "";
    if (text !== "" && seen.has(text)) return [];
    seen.add(text);
    if (value?.known === true && value.type !== "null") check(reading, value);
    return [{ place, text }];
  });
}

function check(reading: Reading, { text, place }: Value): void {
  const { error } = readPorts(text);
  if (error === undefined) return;
  reading.problems.push({
    code: "type",
    message: `"${text}" is no port to publish: Compose refuses the file.`,
    composeMessage: error,
    place,
  });
}

function checkAddress(reading: Reading, value: Value | undefined, service: string): void {
  if (value?.known !== true || value.text === "" || parseAddress(value.text)) return;
  reading.problems.push({
    code: "type",
    message: `"${value.text}" is no address of the host: Compose refuses the file.`,
    composeMessage: `services.${service}.ports.[]: invalid ip address: ${value.text}`,
    place: value.place,
  });
}

function scalars(
  reading: Reading,
  map: YamlMap,
  through: readonly Place[],
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const [key, { node }] of reading.resolver.fields(map, through)) {
    if (node?.kind === "scalar") values.set(key, valueOf(reading, node));
  }
  return values;
}
