/** What the bridge driver reads of a network's driver options (moby networkConfiguration.fromLabels). PURE. */
import type { EngineProfile } from "./engineProfile";

export type BridgeOptionKind =
  "bool" | "mtu" | "address" | "gatewayMode" | "interfaceName" | "interfacePrefix";

const prefix = "com.docker.network";

export const bridgeNameKey = `${prefix}.bridge.name`;
export const defaultBridgeKey = `${prefix}.bridge.default_bridge`;
export const endpointSysctlsKey = `${prefix}.endpoint.sysctls`;
export const endpointIfnameKey = `${prefix}.endpoint.ifname`;

/** The engine's own bridge. */
export const defaultBridgeName = "docker0";

const kinds: Readonly<Record<string, BridgeOptionKind>> = {
  [bridgeNameKey]: "interfaceName",
  [defaultBridgeKey]: "bool",
  [`${prefix}.bridge.enable_icc`]: "bool",
  [`${prefix}.bridge.enable_ip_masquerade`]: "bool",
  [`${prefix}.bridge.inhibit_ipv4`]: "bool",
  [`${prefix}.bridge.host_binding_ipv4`]: "address",
  [`${prefix}.bridge.gateway_mode_ipv4`]: "gatewayMode",
  [`${prefix}.bridge.gateway_mode_ipv6`]: "gatewayMode",
  [`${prefix}.driver.mtu`]: "mtu",
  [`${prefix}.host_ipv4`]: "address",
  [`${prefix}.host_ipv6`]: "address",
  [`${prefix}.container_iface_prefix`]: "interfacePrefix",
};

/** What the value of an option must be; undefined for options that the engine's bridge driver does not read. */
export function bridgeOptionKind(key: string, engine: EngineProfile): BridgeOptionKind | undefined {
  if (key === `${prefix}.host_ipv6` && !engine.hostIpv6) return undefined;
  const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
  return kind === "gatewayMode" && engine.gatewayModes.length === 0 ? undefined : kind;
}

/** As Go reads a truth (strconv.ParseBool); undefined for other texts. */
export function parseTruth(text: string): boolean | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  return ["0", "f", "F", "FALSE", "false", "False"].includes(text) ? false : undefined;
}

/** Bytes: the kernel's limits for a bridge and a veth (ETH_MIN_MTU, ETH_MAX_MTU); IPv6 needs RFC 8200's 1280. */
export const mtuLimits = { least: 68, most: 65_535, leastForIpv6: 1280 };
