/** Command lines of the `docker` client about networks with all their settings, as argument lists. */
import type { EndpointSettings } from "./endpoint";
import type { NetworkSettings } from "./networkSettings";

/** `docker network create` that makes exactly this network. */
export function settingsCommand(settings: NetworkSettings): string[] {
  const argv = ["docker", "network", "create", "-d", settings.driver];
  for (const pool of settings.pools) {
    if (pool.subnet) argv.push(`--subnet=${pool.subnet}`);
    if (pool.gateway) argv.push(`--gateway=${pool.gateway}`);
    if (pool.ipRange) argv.push(`--ip-range=${pool.ipRange}`);
    for (const [name, address] of Object.entries(pool.aux ?? {})) {
      argv.push(`--aux-address=${name}=${address}`);
    }
  }
  if (settings.enableIpv4 === false) argv.push("--ipv4=false");
  if (settings.enableIpv6) argv.push("--ipv6");
  if (settings.internal) argv.push("--internal");
  if (settings.attachable) argv.push("--attachable");
  if (settings.ipamDriver !== "default") argv.push(`--ipam-driver=${settings.ipamDriver}`);
  for (const option of pairs(settings.ipamOptions)) argv.push(`--ipam-opt=${option}`);
  for (const label of pairs(settings.labels)) argv.push(`--label=${label}`);
  for (const option of pairs(settings.options)) argv.push("-o", option);
  return [...argv, ...operands(settings.name)];
}

/** `docker network connect`. It has no option for a MAC address. */
export function connectCommand(
  network: string,
  container: string,
  endpoint: EndpointSettings,
): string[] {
  const argv = ["docker", "network", "connect"];
  if (endpoint.ipv4) argv.push(`--ip=${endpoint.ipv4}`);
  if (endpoint.ipv6) argv.push(`--ip6=${endpoint.ipv6}`);
  for (const address of endpoint.linkLocal ?? []) argv.push(`--link-local-ip=${address}`);
  for (const alias of endpoint.aliases ?? []) argv.push(`--alias=${alias}`);
  for (const link of endpoint.links ?? []) argv.push(`--link=${link}`);
  for (const option of pairs(endpoint.driverOpts ?? {})) argv.push(`--driver-opt=${option}`);
  if (endpoint.gwPriority) argv.push(`--gw-priority=${endpoint.gwPriority}`);
  return [...argv, ...operands(network, container)];
}

export function disconnectCommand(network: string, container: string): string[] {
  return ["docker", "network", "disconnect", ...operands(network, container)];
}

export function removeCommand(network: string): string[] {
  return ["docker", "network", "rm", ...operands(network)];
}

function pairs(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([key, value]) => `${key}=${value}`);
}

/** Operands, behind `--` where one would be taken for an option. */
function operands(...texts: string[]): string[] {
  return texts.some((text) => text.startsWith("-")) ? ["--", ...texts] : texts;
}
