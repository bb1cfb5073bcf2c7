/** Reads an entry of the top-level `networks`. */
import {
  type Reading,
  bodyOf,
  booleanField,
  entriesField,
  listField,
  mapField,
  scalarField,
  stringField,
} from "./fields";
import type { Entry, IpamEntry, NetworkDeclaration } from "./project";
import type { Field, Fields } from "./resolve";
import type { Value } from "./value";

const ipamKeys = ["subnet", "ip_range", "gateway", "aux_addresses"];

/** `projectName` is what Compose puts before the key: undefined when it cannot be known. */
export function readNetwork(
  reading: Reading,
  field: Field,
  projectName: string | undefined,
): NetworkDeclaration {
  const { key, keyPlace, place, node, through } = field;
  const fields: Fields =
    node?.kind === "map" ? reading.resolver.fields(node, through) : new Map<string, Field>();
  const external = externalOf(reading, fields);
  const name = externalName(reading, fields) ?? stringField(reading, fields, "name");
  const ipam = mapField(reading, fields, "ipam") ?? new Map<string, Field>();
  return {
    key,
    keyPlace,
    place,
    body: bodyOf(reading, node, through),
    realName: realName(key, name, external, projectName),
    name,
    driver: stringField(reading, fields, "driver"),
    driverOpts: entriesField(
      reading,
      fields,
      "driver_opts",
      ["string", "number"],
      "a string or a number",
    ),
    external,
    internal: booleanField(reading, fields, "internal", false),
    enableIpv4: booleanField(reading, fields, "enable_ipv4", true),
    enableIpv6: booleanField(reading, fields, "enable_ipv6", false),
    enableIpv6Value: scalarField(reading, fields, "enable_ipv6"),
    ipamDriver: stringField(reading, ipam, "driver"),
    ipam: listField(reading, ipam, "config").flatMap(({ item, node: entry, through: way }) =>
      entry?.kind === "map"
        ? [readPool(reading, item.place, reading.resolver.fields(entry, way))]
        : [],
    ),
    ipamPlace: fields.get("ipam")?.keyPlace,
  };
}

function readPool(reading: Reading, place: IpamEntry["place"], fields: Fields): IpamEntry {
  const unknownKeys: Entry[] = [];
  for (const field of fields.values()) {
    if (ipamKeys.includes(field.key) || field.key.startsWith("x-")) continue;
    const value = scalarField(reading, fields, field.key);
    if (value) {
      unknownKeys.push({ key: field.key, keyPlace: field.keyPlace, place: field.place, value });
    }
  }
  return {
    place,
    subnet: stringField(reading, fields, "subnet"),
    ipRange: stringField(reading, fields, "ip_range"),
    gateway: stringField(reading, fields, "gateway"),
    aux: entriesField(reading, fields, "aux_addresses", ["string"], "a string"),
    unknownKeys,
  };
}

/** `external: true`, or the old `external: {name: x}`. */
function externalOf(reading: Reading, fields: Fields): boolean | undefined {
  if (fields.get("external")?.node?.kind === "map") return true;
  return booleanField(reading, fields, "external", false);
}

function externalName(reading: Reading, fields: Fields): Value | undefined {
  const inner = mapField(reading, fields, "external");
  return inner && stringField(reading, inner, "name");
}

function realName(
  key: string,
  name: Value | undefined,
  external: boolean | undefined,
  projectName: string | undefined,
): string | undefined {
  if (name) return name.known ? name.text || undefined : undefined;
  if (external === undefined) return undefined;
  if (external) return key;
  return projectName === undefined ? undefined : `${projectName}_${key}`;
}
