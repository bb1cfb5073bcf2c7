/** What Compose notes of a network's settings in a label, to see later whether the file has changed. */
import type { Entry, IpamEntry, NetworkDeclaration } from "../../compose/project";
import type { Value } from "../../compose/value";

/** A value that a variable hides. */
class Unknown extends Error {}

/**
 * The label `com.docker.compose.config-hash` (hexadecimal SHA-256) that Compose 2.40.3 gives the network:
 * pkg/compose/hash.go NetworkHash takes compose-go's `NetworkConfig` as Go writes it as JSON. Of the
 * `default` network that nobody wrote, there is no declaration. Undefined when a variable hides part of it.
 */
export function networkHash(
  realName: string,
  declaration: NetworkDeclaration | undefined,
): string | undefined {
  try {
    const json = goJson(configOf(realName, declaration));
    // Loaded when a network of the engine is compared: it takes 10 ms.
    const { createHash } = process.getBuiltinModule("node:crypto");
    return createHash("sha256").update(json).digest("hex");
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

/** In the order of the fields of `NetworkConfig`; undefined where Go leaves out what is empty. */
function configOf(name: string, declaration: NetworkDeclaration | undefined): Json {
  if (!declaration) return { name, ipam: {} };
  const { driver, driverOpts, ipamDriver, ipam, labels } = declaration;
  const { enableIpv4, enableIpv4Value, enableIpv6, enableIpv6Value } = declaration;
  return {
    name,
    driver: text(driver),
    driver_opts: entries(driverOpts),
    ipam: { driver: text(ipamDriver), config: ipam.length > 0 ? ipam.map(poolOf) : undefined },
    external: flag(declaration.external),
    internal: flag(declaration.internal),
    attachable: flag(declaration.attachable),
    labels: filled(labels ?? unknown()),
    // Written, they are there even when false.
    enable_ipv4: enableIpv4Value && (enableIpv4 ?? unknown()),
    enable_ipv6: enableIpv6Value && (enableIpv6 ?? unknown()),
  };
}

function poolOf({ subnet, gateway, ipRange, aux }: IpamEntry): Json {
  return {
    subnet: text(subnet),
    gateway: text(gateway),
    ip_range: text(ipRange),
    aux_addresses: entries(aux),
  };
}

function unknown(): never {
  throw new Unknown();
}

function text(value: Value | undefined): string | undefined {
  if (value && !value.known) unknown();
  return value?.text === "" ? undefined : value?.text;
}

function flag(value: boolean | undefined): true | undefined {
  return (value ?? unknown()) ? true : undefined;
}

function entries(list: readonly Entry[]): Json {
  return filled(new Map(list.map(({ key, value }) => [key, text(value) ?? ""])));
}

function filled(map: ReadonlyMap<string, string>): Json {
  return map.size === 0 ? undefined : map;
}

type Json =
  | string
  | boolean
  | undefined
  | readonly Json[]
  | ReadonlyMap<string, string>
  | { readonly [key: string]: Json };

/** As Go's encoding/json writes it: maps in the order of their keys' bytes, and no `<`, `>` or `&`. */
function goJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (value instanceof Map) {
    const pairs = [...(value as ReadonlyMap<string, string>)];
    return members(pairs.sort(([a], [b]) => compareBytes(a, b)));
  }
  if (typeof value === "object") return members(Object.entries(value));
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function members(pairs: readonly (readonly [string, Json])[]): string {
  const written = pairs.filter(([, value]) => value !== undefined);
  return `{${written.map(([key, value]) => `${goJson(key)}:${goJson(value)}`).join(",")}}`;
}

/** The order of the texts' bytes in UTF-8, which is that of their code points. */
function compareBytes(a: string, b: string): number {
  const [first, second] = [Array.from(a), Array.from(b)];
  const at = first.findIndex((character, index) => character !== second[index]);
  if (at < 0) return first.length - second.length;
  const point = (characters: readonly string[]) => characters[at]?.codePointAt(0) ?? -1;
  return point(first) - point(second);
}
