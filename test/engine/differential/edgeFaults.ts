/** Faults at the edges of subnets, of either family, and overlaps of IPv6. */
import type { PoolModel } from "./caseModel";
import type { Fault } from "./poolFaults";
import {
  type NetworkSketch,
  type Sketch,
  addPool,
  address,
  bitsOf,
  chance,
  prefix,
  sizeOf,
  v4Base,
  v6Base,
  weighted,
} from "./sketch";

/** One network gets the IPv6 subnet of another, one around it, or a part of it. */
const overlap6: Fault = (sketch) => {
  const { random, networks } = sketch;
  const [from, to] = [random.pick(networks), random.pick(networks)];
  if (from === to) return false;
  const source = from.pools.find(({ family }) => family === 6);
  if (!source) return false;
  const length = Math.max(
    52,
    Math.min(128, source.length + random.pick([0, 0, 0, 1, -1, 8, -8, 16])),
  );
  const size = sizeOf(6, length);
  const first = (source.first / size) * size;
  const model: PoolModel = { subnet: prefix(6, first, length) };
  if (length === source.length && source.model.ip_range && chance(random, 40)) {
    model.ip_range = source.model.ip_range;
  } else if (chance(random, 45)) {
    const own = Math.min(128, length + 1 + random.int(16));
    model.ip_range = prefix(6, first + BigInt(random.int(2)) * sizeOf(6, own), own);
  }
  if (chance(random, 35)) {
    model.gateway = chance(random, 50)
      ? (source.model.gateway ?? address(6, first + 1n))
      : address(6, first + 9n);
  }
  const ipam = (to.model.ipam ??= {});
  const rest = (ipam.config ?? []).filter(({ subnet }) => subnet?.includes(":") !== true);
  ipam.config = [...rest, model];
  if (chance(random, 90)) to.model.enable_ipv6 = true;
  setAddresses(sketch, to, 6, first, size, 40);
  return true;
};

/** Gives the services of a network addresses of a subnet, or takes theirs away. */
function setAddresses(
  { random, model }: Sketch,
  { key }: NetworkSketch,
  family: 4 | 6,
  first: bigint,
  size: bigint,
  percent: number,
): void {
  const field = family === 4 ? "ipv4_address" : "ipv6_address";
  const span = Number(size < 64n ? size : 64n);
  for (const { networks: ties } of Object.values(model.services)) {
    const tie = ties?.[key];
    if (!tie) continue;
    Reflect.deleteProperty(tie, field);
    if (chance(random, percent)) tie[field] = address(family, first + BigInt(random.int(span)));
  }
}

/** A small subnet of either family, with all that it has put at its ends. */
const edges: Fault = (sketch) => {
  const { random, networks } = sketch;
  const network = random.pick(networks);
  const family = chance(random, 60) ? 4 : 6;
  const length =
    bitsOf(family) -
    weighted(random, [
      [2, 0],
      [3, 1],
      [4, 2],
      [4, 3],
      [2, 4],
    ]);
  const size = sizeOf(family, length);
  const place = 12n + BigInt(random.int(3));
  const first =
    family === 4
      ? v4Base + (place << 8n) + BigInt(random.int(8)) * 16n
      : v6Base + (place << 64n) + BigInt(random.int(8)) * 16n;
  const any = () =>
    weighted(random, [
      [3, first],
      [3, first + size - 1n],
      [2, first + (size > 1n ? 1n : 0n)],
      [3, first + BigInt(random.int(Number(size)))],
    ]);
  const model: PoolModel = { subnet: prefix(family, first, length) };
  if (chance(random, 55)) model.gateway = address(family, any());
  if (chance(random, 45)) {
    const own = weighted(random, [
      [4, length],
      [2, Math.min(bitsOf(family), length + 1)],
      [2, bitsOf(family)],
    ]);
    const start = own === length ? first : (any() / sizeOf(family, own)) * sizeOf(family, own);
    model.ip_range = prefix(family, start, own);
  }
  if (chance(random, 30)) {
    model.aux_addresses = { nas: address(family, any()) };
    if (chance(random, 30)) model.aux_addresses["tv"] = address(family, any());
  }
  const keep = family === 6 && chance(random, 50) ? (network.model.ipam?.config ?? []) : [];
  network.model.ipam = { config: [...keep.filter(({ subnet }) => subnet?.includes(".")), model] };
  if (family === 6) network.model.enable_ipv6 = true;
  else delete network.model.enable_ipv6;
  setAddresses(sketch, network, family, first, size, 45);
  const gone = family === 4 ? 6 : 4;
  if (family === 4 || keep.length === 0) setAddresses(sketch, network, gone, 0n, 1n, 0);
  return true;
};

const wholeRange: Fault = ({ random, networks }) => {
  const pools = networks.flatMap(({ pools: own }) => own);
  if (pools.length === 0) return false;
  const { model } = random.pick(pools);
  if (model.subnet === undefined) return false;
  model.ip_range = model.subnet;
  if (chance(random, 40)) delete model.gateway;
  return true;
};

/** A network has both families then, and its services perhaps addresses of both. */
const dualStack: Fault = (sketch) => {
  const { random, networks, model } = sketch;
  const network = random.pick(networks);
  const [pool] = network.pools;
  if (!pool || network.pools.length > 1) return false;
  const other = pool.family === 4 ? 6 : 4;
  addPool(sketch, network, other, networks.indexOf(network) + 5);
  const added = network.pools.at(-1);
  if (!added) return false;
  if (chance(random, 85)) network.model.enable_ipv6 = true;
  for (const { networks: ties } of Object.values(model.services)) {
    const tie = ties?.[network.key];
    if (!tie || !chance(random, 60)) continue;
    const value = added.first + BigInt(2 + random.int(4));
    if (other === 6) tie.ipv6_address = address(6, value);
    else tie.ipv4_address = address(4, value);
  }
  return true;
};

/** The same IPv6 address in another spelling. */
const spelling: Fault = ({ random, model, networks }) => {
  const ties = Object.values(model.services).flatMap(({ networks: own }) =>
    Object.values(own ?? {}).flatMap((tie) => (tie?.ipv6_address ? [tie] : [])),
  );
  const pools = networks.flatMap(({ pools: own }) => own).filter(({ family }) => family === 6);
  const respell = (text: string) =>
    random.pick([
      text.toUpperCase(),
      text.replace("::", ":0::"),
      text.replace("fd77:1:", "fd77:0001:"),
    ]);
  if (ties.length > 0 && chance(random, 60)) {
    const tie = random.pick(ties);
    tie.ipv6_address = respell(tie.ipv6_address ?? "");
    return true;
  }
  if (pools.length === 0) return false;
  const { model: pool } = random.pick(pools);
  const field = random.pick(["subnet", "gateway", "ip_range"] as const);
  const text = pool[field];
  if (text === undefined) return false;
  pool[field] = respell(text);
  return true;
};

export const edgeFaults: readonly (readonly [number, Fault])[] = [
  [8, overlap6],
  [12, edges],
  [4, wholeRange],
  [8, dualStack],
  [3, spelling],
];
