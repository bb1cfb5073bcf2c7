/** Faults of `ipam`: each changes one thing of a sound case, most of them to what some engine refuses. */
import type { PoolModel } from "./caseModel";
import {
  type NetworkSketch,
  type PoolSketch,
  type Sketch,
  address,
  bitsOf,
  chance,
  prefix,
  sizeOf,
  v4Base,
  weighted,
} from "./sketch";

/** Changes the sketch's model; false when there is nothing in it to change this way. */
export type Fault = (sketch: Sketch) => boolean;

interface Target {
  readonly network: NetworkSketch;
  readonly pool: PoolSketch;
  readonly model: PoolModel;
  readonly first: bigint;
  readonly last: bigint;
}

/** A fault of one pool. `text` makes the new value, undefined where it has none. */
function onPool(change: (target: Target, sketch: Sketch) => boolean): Fault {
  return (sketch) => {
    const all = sketch.networks.flatMap((network) =>
      network.pools.map((pool) => ({ network, pool })),
    );
    if (all.length === 0) return false;
    const { network, pool } = sketch.random.pick(all);
    const last = pool.first + sizeOf(pool.family, pool.length) - 1n;
    return change({ network, pool, model: pool.model, first: pool.first, last }, sketch);
  };
}

function anyAddress({ first, last }: Target, { random }: Sketch): bigint {
  const span = last - first + 1n;
  return first + BigInt(random.int(Number(span < 256n ? span : 256n)));
}

const subnetHostBits = onPool((target, sketch) => {
  const { pool, model, first } = target;
  const value = anyAddress(target, sketch);
  if (value === first) return false;
  model.subnet = prefix(pool.family, value, pool.length);
  return true;
});

const subnetMalformed = onPool(({ model, pool, first }, { random }) => {
  const text = address(pool.family, first);
  const malformed = [text, `${text}/33`, `${text}/`, `${text}/24 `, "lan", `${text}/255.255.255.0`];
  malformed.push(`${text}/0${pool.length}`, `${text}-${text}`, "10.77.300.0/24", "010.77.1.0/24");
  model.subnet = random.pick(malformed);
  if (model.subnet === `${text}/33` && pool.family === 6) return false;
  return true;
});

const subnetMissing = onPool(({ model }, { random }) => {
  if (chance(random, 20)) model.subnet = "";
  else delete model.subnet;
  if (chance(random, 30)) {
    delete model.gateway;
    delete model.ip_range;
    delete model.aux_addresses;
  }
  return true;
});

/** One network gets the subnet of another, or one around it, or a part of it. */
const overlap: Fault = (sketch) => {
  const { random, networks } = sketch;
  const [from, to] = [random.pick(networks), random.pick(networks)];
  const [source, target] = [from.pools[0], to.pools[0]];
  if (from === to || source?.family !== 4 || target?.family !== 4) return false;
  const length = Math.max(20, Math.min(32, source.length + random.pick([0, 0, 0, 1, -1, 2, -2])));
  const size = sizeOf(4, length);
  const first = (source.first / size) * size;
  const model: PoolModel = { subnet: prefix(4, first, length) };
  if (length === source.length && chance(random, 40) && source.model.ip_range) {
    model.ip_range = source.model.ip_range;
  } else if (size >= 4n && chance(random, 55)) {
    const own = Math.min(32, length + 1 + random.int(4));
    const block = sizeOf(4, own);
    const count = Number(size / block);
    model.ip_range = prefix(4, first + BigInt(random.int(count)) * block, own);
  }
  if (chance(random, 40)) {
    const same = chance(random, 50) ? source.model.gateway : undefined;
    model.gateway = same ?? address(4, first + size / 2n);
  }
  if (chance(random, 15)) model.aux_addresses = { other: address(4, first + size / 2n + 1n) };
  to.model.ipam = { config: [model] };
  delete to.model.enable_ipv6;
  for (const { networks: ties } of Object.values(sketch.model.services)) {
    const tie = ties?.[to.key];
    if (!tie) continue;
    delete tie.ipv6_address;
    if (tie.ipv4_address === undefined) continue;
    if (chance(random, 50)) delete tie.ipv4_address;
    else
      tie.ipv4_address = address(4, first + BigInt(random.int(Number(size < 256n ? size : 256n))));
  }
  return true;
};

const anotherPool: Fault = (sketch) => {
  const { random } = sketch;
  const network = random.pick(sketch.networks);
  const [pool] = network.pools;
  if (!pool) return false;
  const shift = weighted(random, [
    [2, 0n],
    [2, 1n],
    [1, 16n],
  ]);
  const length = Math.max(21, Math.min(bitsOf(pool.family), pool.length + random.int(3) - 1));
  const size = sizeOf(pool.family, length);
  const first = ((pool.first + shift * size) / size) * size;
  network.model.ipam ??= {};
  (network.model.ipam.config ??= []).push({ subnet: prefix(pool.family, first, length) });
  return true;
};

const gateway = onPool((target, sketch) => {
  const { random } = sketch;
  const { model, pool, first, last } = target;
  const own = (value: bigint) => address(pool.family, value);
  const text = weighted<string | undefined>(random, [
    [3, own(first)],
    [3, own(last)],
    [4, own(last + 1n)],
    [2, own(first - 1n)],
    [2, pool.family === 4 ? "10.250.0.1" : "fd78::1"],
    [1, pool.family === 4 ? "fd77:1:0:5::1" : "10.77.0.1"],
    [4, own(anyAddress(target, sketch))],
    [2, `${own(first + 1n)}/${pool.length}`],
    [2, random.pick(["router", "10.77.1", " 10.77.1.1", "10.77.01.1", "10.77.1.256", ""])],
    [1, pool.family === 6 ? "fe80::1" : "0.0.0.0"],
    [6, undefined],
  ]);
  if (text === undefined) delete model.gateway;
  else model.gateway = text;
  return true;
});

const range = onPool((target, sketch) => {
  const { random } = sketch;
  const { model, pool, first, last } = target;
  const { family, length } = pool;
  const own = (value: bigint, bits: number) => prefix(family, value, bits);
  const inner = Math.min(bitsOf(family), length + random.int(4));
  const value = anyAddress(target, sketch);
  const block = (value / sizeOf(family, inner)) * sizeOf(family, inner);
  model.ip_range = weighted<string>(random, [
    [4, own(value, inner)],
    [3, own(block, inner)],
    [3, own(last + 1n, inner)],
    [2, family === 4 ? `10.250.0.128/${inner}` : `fd78::/${inner}`],
    [2, own(first, Math.max(20, length - 1 - random.int(2)))],
    [3, own(value, bitsOf(family))],
    [2, own(first, bitsOf(family))],
    [2, own(first, Math.max(length, bitsOf(family) - 1))],
    [1, own(last, bitsOf(family))],
    [2, own(first, length)],
    [1, `${address(family, first)}-${address(family, last)}`],
    [1, random.pick(["", "x", address(family, first), `${address(family, first)}/99`])],
    [1, family === 4 ? "fd77:1:0:4::/80" : "10.77.4.0/28"],
  ]);
  if (chance(random, 30)) delete model.gateway;
  return true;
});

const auxiliary = onPool((target, sketch) => {
  const { random } = sketch;
  const { model, pool, first, last } = target;
  const own = (value: bigint) => address(pool.family, value);
  const aux = (model.aux_addresses ??= {});
  const before = Object.values(aux)[0];
  aux["extra"] = weighted<string>(random, [
    [3, own(first)],
    [3, own(last)],
    [3, own(first + 1n)],
    [3, own(last + 1n)],
    [3, model.gateway ?? own(first + 1n)],
    [3, before ?? own(first + 2n)],
    [3, own(anyAddress(target, sketch))],
    [1, pool.family === 4 ? "fd77:1:0:5::1" : "10.77.0.1"],
    [1, random.pick(["", "nas", "10.77.1.2/24", "10.77.1"])],
    [1, pool.family === 4 ? "10.250.0.9" : "fd78::9"],
  ]);
  if (chance(random, 25)) delete model.gateway;
  return true;
});

const ipv6: Fault = (sketch) => {
  const { random } = sketch;
  const { model, pools } = random.pick(sketch.networks);
  if (model.enable_ipv6 === true && chance(random, 60)) {
    delete model.enable_ipv6;
    return true;
  }
  if (pools.some(({ family }) => family === 6)) return false;
  model.enable_ipv6 = true;
  return true;
};

const tiny: Fault = ({ random, networks, model }) => {
  const network = random.pick(networks);
  const family = chance(random, 75) ? 4 : 6;
  const length = bitsOf(family) - random.int(4);
  const first = family === 4 ? v4Base + (11n << 8n) + 64n : (0xfd77n << 112n) + (1n << 96n) + 64n;
  const pool: PoolModel = { subnet: prefix(family, first, length) };
  if (chance(random, 50)) {
    pool.gateway = address(family, first + BigInt(random.int(Number(sizeOf(family, length)))));
  }
  network.model.ipam = { config: [pool] };
  if (family === 6) network.model.enable_ipv6 = true;
  else delete network.model.enable_ipv6;
  for (const { networks: ties } of Object.values(model.services)) {
    const tie = ties?.[network.key];
    if (!tie) continue;
    delete tie.ipv4_address;
    delete tie.ipv6_address;
    if (!chance(random, 30)) continue;
    const value = address(family, first + BigInt(random.int(Number(sizeOf(family, length)))));
    if (family === 4) tie.ipv4_address = value;
    else tie.ipv6_address = value;
  }
  return true;
};

const ipamShape: Fault = ({ random, networks }) => {
  const { model } = random.pick(networks);
  const entry = model.ipam?.config?.[0];
  const change = random.int(5);
  if (change === 0) model.ipam = { ...model.ipam, driver: random.pick(["default", "null", ""]) };
  else if (change === 1) model.ipam = { config: [] };
  else if (change === 2 && entry) entry["aux_address"] = { nas: "10.77.0.9" };
  else if (change === 3 && entry) entry["ip-range"] = "10.77.0.0/28";
  else if (change === 4) (model.ipam ??= {}).config = [...(model.ipam.config ?? []), {}];
  else return false;
  return true;
};

export const poolFaults: readonly (readonly [number, Fault])[] = [
  [8, subnetHostBits],
  [4, subnetMalformed],
  [4, subnetMissing],
  [14, overlap],
  [5, anotherPool],
  [12, gateway],
  [12, range],
  [10, auxiliary],
  [5, ipv6],
  [8, tiny],
  [3, ipamShape],
];
