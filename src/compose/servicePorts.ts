/** The `ports` of a service. */
import { parseAddress } from "../model/cidr";
import { type Reading, listField, valueOf } from "./fields";
import type { Place } from "./place";
import { isTemplate } from "./placeholder";
import { faultOfWrittenPorts, readPorts } from "./ports";
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
  /** How many ports come before, ranges counted out. */
  let count = 0;
  const items = listField(reading, fields, "ports");
  return items.flatMap(({ item, node, through }, index): PortItem[] => {
    const { place } = item;
    if (node?.kind === "map") {
      const inner = scalars(reading, node, through);
      checkAddress(reading, inner.get("host_ip"), service);
      if (!reading.resolver.fields(node, through).has("target")) {
        withoutTarget(reading, place, service, index);
      }
      count++;
      const texts = [...inner].map(([key, value]) => [key, value.text] as const);
      const known = [...inner.values()].every((value) => value.known);
      return [{ place, known, text: "", fields: new Map(texts) }];
    }
    const value = node?.kind === "scalar" ? valueOf(reading, node) : undefined;
    const text = value?.text ?? "";
    if (text !== "" && seen.has(text)) return [];
    seen.add(text);
    if (value?.known === true && value.type !== "null") {
      count += check(reading, value, service, count);
    } else if (node?.kind === "scalar" && value) {
      const fault = isTemplate(node.text) ? undefined : faultOfWrittenPorts(node.text);
      if (fault !== undefined) refuse(reading, node.text, fault, value.place);
    }
    return [{ place, known: value?.known === true, text }];
  });
}

/** Gives how many ports the text stands for. `before`: how many stand before it. */
function check(
  reading: Reading,
  { text, type, place }: Value,
  service: string,
  before: number,
): number {
  if (type === "number" && !/^[+-]?[0-9]+$/.test(text)) {
    refuse(reading, text, `services.${service}.ports: invalid type float64 for port`, place);
    return 0;
  }
  const { ports, error } = readPorts(text);
  if (error !== undefined) refuse(reading, text, error, place);
  const nothing = ports.findIndex(({ target }) => target === 0);
  if (nothing >= 0) withoutTarget(reading, place, service, before + nothing);
  return ports.length;
}

function refuse(reading: Reading, text: string, composeMessage: string, place: Place): void {
  const message = `"${text}" is no port to publish: Compose refuses the file.`;
  reading.problems.push({ code: "type", message, composeMessage, place });
}

/** `index`: of the port among all of the service. */
function withoutTarget(reading: Reading, place: Place, service: string, index: number): void {
  reading.problems.push({
    code: "type",
    message: "There is no port of the container to publish here: Compose refuses the file.",
    composeMessage: `service ports services.${service}.ports.[${index}] is missing a target port`,
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
