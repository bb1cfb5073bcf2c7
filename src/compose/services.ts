/** Reads an entry of the top-level `services`. */
import {
  type Reading,
  bodyOf,
  integerOf,
  listField,
  mapField,
  scalarField,
  stringField,
  valueOf,
} from "./fields";
import type { ServiceDeclaration, ServiceNetwork } from "./project";
import type { Field, Fields } from "./resolve";

const noFields: Fields = new Map<string, Field>();

/** `profiles`: the active ones; `*` stands for all. */
export function readService(
  reading: Reading,
  field: Field,
  profiles: readonly string[],
): ServiceDeclaration & { readonly extends: boolean } {
  const { key, keyPlace, place, node, through } = field;
  const fields = node?.kind === "map" ? reading.resolver.fields(node, through) : noFields;
  const deploy = mapField(reading, fields, "deploy") ?? noFields;
  const replicasValue =
    scalarField(reading, fields, "scale") ?? scalarField(reading, deploy, "replicas");
  const own = scalarList(reading, fields, "profiles");
  const ports = fields.get("ports");
  return {
    key,
    keyPlace,
    place,
    networks: readTies(reading, fields, field),
    networkMode: stringField(reading, fields, "network_mode"),
    networksPlace: fields.get("networks")?.keyPlace,
    mac: stringField(reading, fields, "mac_address"),
    replicas: integerOf(replicasValue, 1),
    replicasValue,
    ports: listField(reading, fields, "ports").map(({ item, node: port }) => ({
      place: item.place,
      text: port?.kind === "scalar" ? port.text : "",
    })),
    portsPlace: ports && ports.node?.tag !== "!reset" ? ports.place : undefined,
    profiles: own,
    enabled: own.length === 0 || own.some((p) => profiles.includes(p) || profiles.includes("*")),
    containerName: stringField(reading, fields, "container_name"),
    extends: fields.has("extends"),
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
    for (const { item, node } of listField(reading, fields, "networks")) {
      if (node?.kind !== "scalar") continue;
      const name = valueOf(reading, node);
      if (name.known) ties.push({ ...bareTie(name.text), place: item.place });
    }
  }
  const placed = ["network_mode", "extends", "provider"].some((key) => fields.has(key));
  if (ties.length === 0 && !placed) {
    ties.push({ ...bareTie("default"), place: service.keyPlace, implicit: true });
  }
  return ties;
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
    linkLocal: listField(reading, fields, "link_local_ips").flatMap(({ node }) =>
      node?.kind === "scalar" ? [valueOf(reading, node)] : [],
    ),
    priority: integerOf(scalarField(reading, fields, "priority"), 0) ?? 0,
    gwPriority: integerOf(scalarField(reading, fields, "gw_priority"), 0) ?? 0,
    body: bodyOf(reading, tie.node, tie.through),
  };
}

function bareTie(key: string): Omit<ServiceNetwork, "place"> {
  return {
    key,
    implicit: false,
    ipv4: undefined,
    ipv6: undefined,
    mac: undefined,
    linkLocal: [],
    priority: 0,
    gwPriority: 0,
    body: undefined,
  };
}

function scalarList(reading: Reading, fields: Fields, key: string): string[] {
  return listField(reading, fields, key).flatMap(({ node }) =>
    node?.kind === "scalar" ? [valueOf(reading, node).text] : [],
  );
}
