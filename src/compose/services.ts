/** Reads an entry of the top-level `services`. */
import {
  type Reading,
  bodyOf,
  entriesField,
  integerOf,
  listField,
  mapField,
  scalarField,
  stringField,
  unknownKeysOf,
  valueOf,
} from "./fields";
import type { Place } from "./place";
import type { ServiceDeclaration, ServiceNetwork } from "./project";
import type { Field, Fields } from "./resolve";
import { readNeeds } from "./serviceNeeds";
import { readOptions } from "./serviceOptions";
import { readServicePorts } from "./servicePorts";
import type { Value } from "./value";

/** What the compose schema allows below a service's network, with `x-` keys besides. */
const tieKeys = new Set([
  "aliases",
  "driver_opts",
  "gw_priority",
  "interface_name",
  "ipv4_address",
  "ipv6_address",
  "link_local_ips",
  "mac_address",
  "priority",
]);

const noValues: readonly Value[] = [];
const optionTypes = ["string", "number"] as const;
const noFields: Fields = new Map<string, Field>();

/** `profiles`: the active ones; `*` stands for all. */
export function readService(
  reading: Reading,
  field: Field,
  profiles: readonly string[],
): ServiceDeclaration {
  const { key, keyPlace, place, node, through } = field;
  const fields = node?.kind === "map" ? reading.resolver.fields(node, through) : noFields;
  const deploy = mapField(reading, fields, "deploy") ?? noFields;
  const scale = scalarField(reading, fields, "scale");
  const replicasValue = scale ?? scalarField(reading, deploy, "replicas");
  const own = scalarList(reading, fields, "profiles");
  const ports = fields.get("ports");
  return {
    key,
    keyPlace,
    place,
    networks: readTies(reading, fields, field),
    networkMode: stringField(reading, fields, "network_mode"),
    networksPlace: fields.get("networks")?.keyPlace,
    networksKnown: networksKnown(reading, fields),
    mac: stringField(reading, fields, "mac_address"),
    replicas: integerOf(replicasValue, 1),
    replicasValue,
    scaleValue: scale,
    ports: readServicePorts(reading, fields, key),
    portsPlace: ports && ports.node?.tag !== "!reset" ? ports.place : undefined,
    profiles: own,
    enabled: own.length === 0 || own.some((p) => profiles.includes(p) || profiles.includes("*")),
    containerName: stringField(reading, fields, "container_name"),
    options: readOptions(reading, fields),
    needs: readNeeds(reading, field, fields),
  };
}

function readTies(reading: Reading, fields: Fields, service: Field): ServiceNetwork[] {
  const networks = fields.get("networks");
  const ties: ServiceNetwork[] = [];
  if (networks?.node?.kind === "map") {
    for (const tie of reading.resolver.fields(networks.node, networks.through).values()) {
      ties.push(readTie(reading, tie));
    }
  } else {
    const names = new Set<string>();
    for (const { item, node } of listField(reading, fields, "networks")) {
      if (node?.kind !== "scalar") continue;
      const name = valueOf(reading, node);
      if (!name.known) continue;
      if (names.has(name.text)) continue;
      names.add(name.text);
      ties.push(bareTie(name.text, item.place, false));
    }
  }
  const placed = ["network_mode", "extends", "provider"].some((key) => fields.has(key));
  if (ties.length === 0 && !placed && networksKnown(reading, fields)) {
    ties.push(bareTie("default", service.keyPlace, true));
  }
  return ties;
}

/** False when a variable or a template mark hides which networks there are. */
function networksKnown(reading: Reading, fields: Fields): boolean {
  const field = fields.get("networks");
  if (field?.node?.kind === "map") {
    return field.node.pairs.every(({ key }) => key !== "");
  }
  return [field ?? [], listField(reading, fields, "networks")]
    .flat()
    .every(({ node }) => node?.kind !== "scalar" || valueOf(reading, node).known);
}

function readTie(reading: Reading, { key, keyPlace, node, through }: Field): ServiceNetwork {
  if (node?.kind !== "map") return bareTie(key, keyPlace, false);
  const fields = reading.resolver.fields(node, through);
  return {
    key,
    place: keyPlace,
    implicit: false,
    ipv4: stringField(reading, fields, "ipv4_address"),
    ipv6: stringField(reading, fields, "ipv6_address"),
    mac: stringField(reading, fields, "mac_address"),
    linkLocal: values(reading, fields, "link_local_ips"),
    aliases: values(reading, fields, "aliases"),
    interfaceName: stringField(reading, fields, "interface_name"),
    driverOpts: entriesField(reading, fields, "driver_opts", optionTypes),
    written: true,
    priority: wholePart(scalarField(reading, fields, "priority")),
    gwPriority: wholePart(scalarField(reading, fields, "gw_priority")),
    body: bodyOf(reading, node, through),
    unknownKeys: unknownKeysOf(fields, tieKeys),
  };
}

/** Compose drops what stands behind the point. */
function wholePart(value: Value | undefined): number {
  const number = value?.known === true ? Number(value.text) : 0;
  return Number.isFinite(number) ? Math.trunc(number) : 0;
}

/** The scalars of a list, of equal ones the first. */
function values(reading: Reading, fields: Fields, key: string): readonly Value[] {
  const items = listField(reading, fields, key);
  if (items.length === 0) return noValues;
  const all = new Map<string, Value>();
  for (const { node } of items) {
    if (node?.kind !== "scalar") continue;
    const value = valueOf(reading, node);
    if (!all.has(value.text)) all.set(value.text, value);
  }
  return [...all.values()];
}

/** A tie of which nothing is written but the network. */
export function bareTie(key: string, place: Place, implicit: boolean): ServiceNetwork {
  return {
    key,
    place,
    implicit,
    ipv4: undefined,
    ipv6: undefined,
    mac: undefined,
    linkLocal: noValues,
    aliases: noValues,
    interfaceName: undefined,
    driverOpts: [],
    written: false,
    priority: 0,
    gwPriority: 0,
    body: undefined,
    unknownKeys: [],
  };
}

function scalarList(reading: Reading, fields: Fields, key: string): string[] {
  return listField(reading, fields, key).flatMap(({ node }) =>
    node?.kind === "scalar" ? [valueOf(reading, node).text] : [],
  );
}
