/** Builds compose files that every engine should take, and keeps what was thought while building. */
import { type Family, formatAddress } from "../../../src/model/cidr";
import type { Random } from "../../unit/support/random";
import type { CaseModel, NetworkModel, PoolModel, ServiceModel, TieModel } from "./caseModel";

/** A pool with the addresses that are spoken for. */
export interface PoolSketch {
  readonly family: Family;
  readonly first: bigint;
  readonly length: number;
  readonly model: PoolModel;
  readonly range: { readonly first: bigint; readonly length: number } | undefined;
  readonly taken: Set<bigint>;
}

export interface NetworkSketch {
  readonly key: string;
  readonly model: NetworkModel;
  readonly pools: PoolSketch[];
}

export interface Sketch {
  readonly random: Random;
  readonly model: CaseModel;
  readonly networks: NetworkSketch[];
}

export const v4Base = (10n << 24n) | (77n << 16n);
export const v6Base = (0xfd77n << 112n) | (1n << 96n);

export function address(family: Family, value: bigint): string {
  return formatAddress({ family, value });
}
export function prefix(family: Family, value: bigint, length: number): string {
  return `${address(family, value)}/${length}`;
}
export const bitsOf = (family: Family) => (family === 4 ? 32 : 128);
export const sizeOf = (family: Family, length: number) => 1n << BigInt(bitsOf(family) - length);
export const chance = (random: Random, percent: number) => random.int(100) < percent;

/** One of the items; each stands there with its weight. */
export function weighted<T>(random: Random, items: readonly (readonly [number, T])[]): T {
  let left = random.int(items.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, item] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  throw new Error("nothing to pick from");
}

const v4Lengths = [
  [30, 24],
  [8, 25],
  [8, 26],
  [10, 27],
  [10, 28],
  [12, 29],
  [10, 30],
  [3, 31],
  [2, 32],
  [4, 23],
  [3, 22],
] as const;
const v6Lengths = [
  [70, 64],
  [10, 112],
  [8, 120],
  [4, 124],
  [3, 126],
  [2, 127],
  [3, 56],
] as const;

export function soundSketch(random: Random): Sketch {
  const sketch: Sketch = { random, model: { services: {}, networks: {} }, networks: [] };
  const count = weighted(random, [
    [50, 1],
    [35, 2],
    [15, 3],
  ]);
  for (let index = 0; index < count; index++) addNetwork(sketch, index);
  const services = weighted(random, [
    [30, 1],
    [45, 2],
    [20, 3],
    [5, 4],
  ]);
  for (let index = 0; index < services; index++) addService(sketch, `s${index}`);
  return sketch;
}

function addNetwork(sketch: Sketch, index: number): void {
  const { random } = sketch;
  const key = `n${index}`;
  const lan = index < 2 && chance(random, 62);
  const model: NetworkModel = {};
  if (lan) {
    model.driver = "macvlan";
    model.driver_opts = { parent: `lan${index}` };
    if (chance(random, 25)) {
      model.driver_opts["macvlan_mode"] = random.pick(["bridge", "private", "vepa", ""]);
    }
  } else if (chance(random, 60)) model.driver = "bridge";
  if (chance(random, 7)) model.internal = true;
  const network: NetworkSketch = { key, model, pools: [] };
  const families = weighted<readonly Family[]>(random, [
    [74, [4]],
    [16, [4, 6]],
    [3, [6]],
    [7, []],
  ]);
  for (const family of families) addPool(sketch, network, family, index);
  if (lan && families.includes(4) && chance(random, 8)) addPool(sketch, network, 4, index + 8);
  if (families.includes(6)) model.enable_ipv6 = true;
  sketch.model.networks[key] = model;
  sketch.networks.push(network);
}

/** `place`: a /24 of the case's IPv4 block, a /64 of its IPv6 block. */
export function addPool(
  { random }: Sketch,
  network: NetworkSketch,
  family: Family,
  place: number,
): void {
  const length = weighted<number>(random, family === 4 ? v4Lengths : v6Lengths);
  const size = sizeOf(family, length);
  const area = family === 4 ? v4Base + BigInt(place << 8) : v6Base + (BigInt(place) << 64n);
  const room = family === 4 ? 256n / size : 4n;
  const offset = room > 1n ? BigInt(random.int(Number(room))) : 0n;
  const first = ((area + offset * size) / size) * size;
  const model: PoolModel = { subnet: prefix(family, first, length) };
  const taken = new Set([first, ...(family === 4 && length < 31 ? [first + size - 1n] : [])]);
  const usual = size > 2n ? first + 1n : first;
  const gateway = weighted<bigint | undefined>(random, [
    [55, usual],
    [15, first + size - 2n],
    [30, undefined],
  ]);
  if (gateway !== undefined && size > 1n && (family === 4 || gateway !== first)) {
    model.gateway = address(family, gateway);
    taken.add(gateway);
  } else if (family === 4 || size > 1n) taken.add(usual);
  const range =
    size >= 8n && chance(random, 32) ? rangeIn(random, family, first, length) : undefined;
  if (range) {
    model.ip_range = prefix(family, range.first, range.length);
    // Where the engine would take its gateway from, when none is written.
    if (model.gateway === undefined) taken.add(range.first).add(range.first + 1n);
  }
  const pool: PoolSketch = { family, first, length, model, range, taken };
  if (size >= 8n && chance(random, 18)) {
    model.aux_addresses = {};
    for (const name of chance(random, 30) ? ["nas", "tv"] : ["nas"]) {
      const free = freeIn(random, pool);
      if (free !== undefined) model.aux_addresses[name] = address(family, free);
    }
  }
  network.pools.push(pool);
  network.model.ipam ??= {};
  (network.model.ipam.config ??= []).push(model);
}

function rangeIn(random: Random, family: Family, first: bigint, length: number) {
  const longest = Math.min(length + 8, bitsOf(family));
  const own = length + random.int(longest - length + 1);
  const size = sizeOf(family, own);
  const count = Number(sizeOf(family, length) / size);
  return { first: first + BigInt(random.int(Math.min(count, 256))) * size, length: own };
}

/** An address of the pool that nothing has, outside the ip_range if it can be; it is taken then. */
export function freeIn(random: Random, pool: PoolSketch): bigint | undefined {
  const { first, length, family, range, taken } = pool;
  const size = sizeOf(family, length);
  const span = Number(size < 256n ? size : 256n);
  for (let attempt = 0; attempt < 24; attempt++) {
    const value = first + BigInt(random.int(span));
    const dynamic =
      range && value >= range.first && value < range.first + sizeOf(family, range.length);
    if (taken.has(value) || (dynamic && attempt < 16)) continue;
    taken.add(value);
    return value;
  }
  return undefined;
}

function addService(sketch: Sketch, key: string): void {
  const { random, model, networks } = sketch;
  const service: ServiceModel = {};
  model.services[key] = service;
  if (chance(random, 4)) {
    const mode = weighted(random, [
      [3, "none"],
      [2, "host"],
      [2, "bridge"],
      [3, "service:s0"],
    ]);
    if (mode !== "service:s0" || key !== "s0") service.network_mode = mode;
    if (service.network_mode !== undefined) return;
  }
  if (chance(random, 5)) service.profiles = [random.pick(["extra", "more"])];
  if (chance(random, 3)) service.container_name = `own-${key}`;
  if (chance(random, 4)) return;
  service.networks = {};
  const first = random.int(networks.length);
  addTie(sketch, service, first, key);
  if (networks.length > 1 && chance(random, 28)) {
    addTie(sketch, service, (first + 1) % networks.length, key);
  }
  const tie = Object.values(service.networks)[0];
  const fixed = Object.values(service.networks).some(
    (each) => each?.ipv4_address ?? each?.ipv6_address ?? each?.mac_address,
  );
  if (!fixed && service.container_name === undefined && chance(random, 10)) {
    if (chance(random, 50)) service.scale = random.int(4);
    else service.deploy = { replicas: 1 + random.int(3) };
  }
  if (tie && !tie.mac_address && service.scale === undefined && chance(random, 4)) {
    service.mac_address = unicastMac(random);
  }
}

function addTie({ random, networks }: Sketch, service: ServiceModel, index: number, key: string) {
  const network = networks[index];
  if (!network || !service.networks) return;
  const tie: TieModel = {};
  for (const pool of network.pools) {
    if (!chance(random, pool.family === 4 ? 50 : 35)) continue;
    const free = freeIn(random, pool);
    if (free === undefined) continue;
    if (pool.family === 4) tie.ipv4_address ??= address(4, free);
    else tie.ipv6_address ??= address(6, free);
  }
  if (chance(random, 12)) tie.mac_address = unicastMac(random);
  if (chance(random, 4)) tie.aliases = [`alias-${key}`];
  if (chance(random, 4)) tie.priority = random.int(3) * 100;
  if (chance(random, 3)) tie.gw_priority = random.int(3);
  if (chance(random, 2)) tie.link_local_ips = ["169.254.8.8"];
  if (chance(random, 2)) tie.interface_name = `if${index}`;
  service.networks[network.key] = Object.keys(tie).length > 0 ? tie : null;
}

export function unicastMac(random: Random): string {
  const bytes = [0x02, 0x42, 0x0a, random.int(256), random.int(256), random.int(256)];
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join(chance(random, 10) ? "-" : ":");
}
