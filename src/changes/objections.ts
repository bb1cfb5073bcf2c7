/** Why the engine would not make a network that is to take the place of another. */
import {
  type Prefix,
  canonicalPrefix,
  containsAddress,
  containsPrefix,
  firstOf,
  formatPrefix,
  hasHostBits,
  lastOf,
  parseAddress,
  parsePrefix,
  prefixesOverlap,
} from "../model/cidr";
import type { Facts } from "../model/facts";
import { sameJson } from "../model/json";
import { type IpamPool, isLanDriver } from "../model/network";
import type { NetworkDetails, NetworkSettings } from "../model/networkSettings";
import { parentClash } from "../rules/support/parentClash";
import type { Situation } from "./situation";

/**
 * Sentences; empty when nothing known speaks against it. What is wrong has to be known before the old
 * network is gone: engines forget to free the pool of a network that they refuse for its gateway or an
 * auxiliary address, and then refuse the old one as well.
 */
export function objectionsTo(
  wanted: NetworkSettings,
  { network, networks, profile }: Situation,
  facts: Facts,
): string[] {
  const others = networks.filter(({ id }) => id !== network.id);
  const objections: string[] = [];
  if (others.some(({ settings }) => settings.name === wanted.name)) {
    objections.push(`There is a network ${wanted.name} already.`);
  }
  objections.push(...parentObjections(wanted, others, facts, profile));
  const subnets: Prefix[] = [];
  for (const pool of wanted.pools) {
    const subnet = parsePrefix(pool.subnet ?? "");
    if (!subnet) {
      objections.push(`"${pool.subnet ?? ""}" is no subnet, such as 192.168.1.0/24.`);
      continue;
    }
    // Older engines take more; what they took once they take again.
    const isKept = network.settings.pools.some((before) => sameJson(before, pool));
    if (!isKept || profile.validatesIpam) objections.push(...poolObjections(pool, subnet));
    if (subnets.some((other) => prefixesOverlap(other, subnet))) {
      objections.push(`${formatPrefix(subnet)} overlaps another subnet of the network.`);
    }
    subnets.push(subnet);
    if (pool.ipRange === undefined) objections.push(...overlaps(subnet, others));
  }
  return objections;
}

function poolObjections(pool: IpamPool, subnet: Prefix): string[] {
  const objections: string[] = [];
  const text = formatPrefix(subnet);
  if (hasHostBits(subnet)) {
    objections.push(
      `${text} is an address within a subnet: the subnet is ${formatPrefix(canonicalPrefix(subnet))}.`,
    );
  }
  if (pool.ipRange !== undefined) {
    const range = parsePrefix(pool.ipRange);
    if (!range) objections.push(`"${pool.ipRange}" is no range in CIDR form.`);
    else if (hasHostBits(range)) {
      objections.push(
        `${pool.ipRange} does not begin where such a range begins: write ${formatPrefix(canonicalPrefix(range))}.`,
      );
    } else if (!containsPrefix(canonicalPrefix(subnet), range)) {
      objections.push(`The range ${pool.ipRange} is not within ${text}.`);
    }
  }
  const taken = new Map<bigint, string>();
  const single = [
    ...(pool.gateway === undefined ? [] : [["The gateway", pool.gateway] as const]),
    ...Object.entries(pool.aux ?? {}).map(([name, address]) => [`"${name}"`, address] as const),
  ];
  for (const [label, written] of single) {
    const address = parseAddress(written);
    if (!address || !containsAddress(subnet, address)) {
      objections.push(`${label} ${written} is not in ${text}.`);
      continue;
    }
    const own = isOwn(subnet, address.value);
    const before = taken.get(address.value);
    if (own !== undefined) objections.push(`${label} ${written} is ${own} of ${text}.`);
    if (before !== undefined) objections.push(`${label} ${written} is ${before} as well.`);
    taken.set(address.value, label);
  }
  return objections;
}

/** What of the subnet itself the address is; undefined when a container may have it. */
export function isOwn(subnet: Prefix, value: bigint): string | undefined {
  const bits = subnet.family === 4 ? 32 : 128;
  if (subnet.family === 4 && bits - subnet.length < 2) return undefined;
  if (value === firstOf(subnet)) return "the network's own address";
  return subnet.family === 4 && value === lastOf(subnet) ? "the broadcast address" : undefined;
}

function overlaps(subnet: Prefix, others: readonly NetworkDetails[]): string[] {
  return others.flatMap(({ settings }) => {
    if (settings.kind !== "local") return [];
    const clash = settings.pools
      .flatMap((pool) => parsePrefix(pool.subnet ?? "") ?? [])
      .find((other) => prefixesOverlap(canonicalPrefix(other), canonicalPrefix(subnet)));
    return clash
      ? [
          `${formatPrefix(subnet)} overlaps ${formatPrefix(clash)} of network ${settings.name}. With a range (--ip-range) the engine would let them share it.`,
        ]
      : [];
  });
}

/** What speaks against the parent of a network beside these others. */
export function parentObjections(
  { driver, options }: NetworkSettings,
  others: readonly NetworkDetails[],
  { interfaces }: Facts,
  profile: Situation["profile"],
): string[] {
  const { parent } = options;
  if (!isLanDriver(driver) || parent === undefined) return [];
  if (parent === "lo") return ["The loopback interface lo leads to no LAN."];
  const names = interfaces?.map(({ name }) => name);
  if (names && !names.includes(parent)) {
    const vlan = /^([^.]+)\.([1-9]\d{0,3})$/.exec(parent);
    if (!vlan || Number(vlan[2]) > 4094) {
      return [`There is no interface ${parent} on the engine's host; it has ${names.join(", ")}.`];
    }
    if (!names.includes(vlan[1] ?? "")) {
      return [`There is no interface ${vlan[1] ?? ""} on the engine's host to put the VLAN on.`];
    }
  }
  const mode = options[`${driver}_mode`];
  return others.flatMap(({ settings }) => {
    if (!isLanDriver(settings.driver) || settings.options["parent"] !== parent) return [];
    const other = { driver: settings.driver, mode: settings.options[`${settings.driver}_mode`] };
    const clash = parentClash({ driver, mode }, other, profile);
    // `busy` depends on which containers run: the engine says so where it comes to that.
    if (clash !== "refused") return [];
    return [
      `Network ${settings.name} uses ${parent}, and this engine lets no second one of these have it.`,
    ];
  });
}
