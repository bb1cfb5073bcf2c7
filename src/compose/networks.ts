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
  unknownKeysOf,
} from "./fields";
import type { IpamEntry, NetworkDeclaration } from "./project";
import type { Field, Fields } from "./resolve";
import { readLabels } from "./labels";
import { entryName } from "./schema/sections";
import type { Value } from "./value";

/** What the compose schema allows, each with `x-` keys besides. */
const networkKeys = new Set([
  "attachable",
  "driver",
  "driver_opts",
  "enable_ipv4",
  "enable_ipv6",
  "external",
  "internal",
  "ipam",
  "labels",
  "name",
]);
const ipamKeys = new Set(["config", "driver", "options"]);
const poolKeys = new Set(["aux_addresses", "gateway", "ip_range", "subnet"]);

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
  checkNames(reading, key, name, stringField(reading, fields, "name"));
  const ipam = mapField(reading, fields, "ipam") ?? new Map<string, Field>();
  return {
    key,
    keyPlace,
    place,
    body: bodyOf(reading, node, through),
    realName: realName(key, name, external, projectName),
    name,
    driver: stringField(reading, fields, "driver"),
    driverOpts: entriesField(reading, fields, "driver_opts", ["string", "number"]),
    external,
    internal: booleanField(reading, fields, "internal", false),
    attachable: booleanField(reading, fields, "attachable", false),
    labels: readLabels(reading, fields),
    enableIpv4: booleanField(reading, fields, "enable_ipv4", true),
    enableIpv4Value: scalarField(reading, fields, "enable_ipv4"),
    enableIpv6: booleanField(reading, fields, "enable_ipv6", false),
    enableIpv6Value: scalarField(reading, fields, "enable_ipv6"),
    ipamDriver: stringField(reading, ipam, "driver"),
    ipam: readPools(reading, ipam),
    ipamPlace: fields.get("ipam")?.keyPlace,
    // Below a name that is none Compose does not look.
    unknownKeys: entryName.test(key)
      ? [...unknownKeysOf(fields, networkKeys), ...unknownKeysOf(ipam, ipamKeys, "ipam")]
      : [],
  };
}

function readPools(reading: Reading, ipam: Fields): IpamEntry[] {
  return listField(reading, ipam, "config").flatMap(({ item, node, through }) => {
    if (node?.kind === "map") {
      const fields = reading.resolver.fields(node, through);
      return [readPool(reading, item.place, fields, bodyOf(reading, node, through))];
    }
    return [];
  });
}

function readPool(
  reading: Reading,
  place: IpamEntry["place"],
  fields: Fields,
  body: IpamEntry["body"],
): IpamEntry {
  return {
    place,
    subnet: stringField(reading, fields, "subnet"),
    ipRange: stringField(reading, fields, "ip_range"),
    gateway: stringField(reading, fields, "gateway"),
    aux: entriesField(reading, fields, "aux_addresses", ["string"]),
    unknownKeys: unknownKeysOf(fields, poolKeys),
    body,
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

function checkNames(
  reading: Reading,
  key: string,
  name: Value | undefined,
  own: Value | undefined,
) {
  if (name?.known !== true || own?.known !== true || name.text === own.text) return;
  reading.problems.push({
    code: "type",
    message: `The network "${key}" has two names, "${own.text}" and "${name.text}": Compose refuses the file.`,
    composeMessage: `networks.${key}: name and external.name conflict; only use name`,
    place: own.place,
    related: [{ place: name.place, message: "The other one." }],
  });
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
