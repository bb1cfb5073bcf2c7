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
import type { ServiceDeclaration, ServiceNetwork } from "./project";
import type { Field, Fields } from "./resolve";
import { readNeeds } from "./serviceNeeds";
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
      ties.push({ ...bareTie(name.text), place: item.place });
    }
  }
  const placed = ["network_mode", "extends", "provider"].some((key) => fields.has(key));
  if (ties.length === 0 && !placed && networksKnown(reading, fields)) {
    ties.push({ ...bareTie("default"), place: service.keyPlace, implicit: true });
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

function readTie(reading: Reading, tie: Field): ServiceNetwork {
  const bare = { ...bareTie(tie.key), place: tie.keyPlace };
  if (tie.node?.kind !== "map") return bare;
  const fields = reading.resolver.fields(tie.node, tie.through);
  return {
    ...bare,
    ipv4: stringField(reading, fields, "ipv4_address"),
    ipv6: stringField(reading, fields, "ipv6_address"),
    mac: stringField(reading, fields, "mac_address"),
    linkLocal: values(reading, fields, "link_local_ips"),
    aliases: values(reading, fields, "aliases"),
    interfaceName: stringField(reading, fields, "interface_name"),
    driverOpts: entriesField(reading, fields, "driver_opts", ["string", "number"]),
    written: true,
    priority: wholePart(scalarField(reading, fields, "priority")),
    gwPriority: wholePart(scalarField(reading, fields, "gw_priority")),
    body: bodyOf(reading, tie.node, tie.through),
    unknownKeys: unknownKeysOf(fields, tieKeys),
  };
}

/** Compose drops what stands behind the point. */
function wholePart(value: Value | undefined): number {
  const number = value?.known === true ? Number(value.text) : 0;
  return Number.isFinite(number) ? Math.trunc(number) : 0;
}

/** The scalars of a list, of equal ones the first. */
function values(reading: Reading, fields: Fields, key: string): Value[] {
  const all = new Map<string, Value>();
  for (const { node } of listField(reading, fields, key)) {
    if (node?.kind !== "scalar") continue;
    const value = valueOf(reading, node);
    if (!all.has(value.text)) all.set(value.text, value);
  }
  return [...all.values()];
}

function bareTie(key: string): Omit<ServiceNetwork, "place"> {
  return {
    key,
    implicit: false,
    ipv4: undefined,
    ipv6: undefined,
    mac: undefined,
    linkLocal: [],
    aliases: [],
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
