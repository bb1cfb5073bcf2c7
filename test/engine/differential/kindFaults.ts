/** Changes of what a network is: ipvlan, families switched off or on, names that meet, `default`, IPAM drivers. */
import type { NetworkModel, PoolModel } from "./caseModel";
import type { Fault } from "./poolFaults";
import { type NetworkSketch, type Sketch, chance } from "./sketch";

/** The kernel of the lab lacks it: what is left is what the engine says before it asks the kernel. */
const ipvlan: Fault = ({ random, networks }) => {
  const { model } = random.pick(networks);
  const parent = model.driver_opts?.["parent"] ?? random.pick(["lan0", "lan1"]);
  model.driver = "ipvlan";
  model.driver_opts = { parent };
  if (chance(random, 70)) {
    model.driver_opts["ipvlan_mode"] = random.pick([
      ...["l2", "l3", "l3s", "L2", "", "bridge", "l4", "l2 "],
    ]);
  }
  if (chance(random, 35)) {
    model.driver_opts["ipvlan_flag"] = random.pick(["bridge", "private", "vepa", "passthru", ""]);
  }
  if (chance(random, 15)) model.driver_opts["macvlan_mode"] = random.pick(["bridge", "bogus"]);
  return true;
};

const families: Fault = ({ random, networks }) => {
  const { model } = random.pick(networks);
  const truths = [true, false, "true", "false", "yes", "off", ""];
  if (chance(random, 60)) {
    model.enable_ipv4 = chance(random, 65) ? false : random.pick(truths);
  } else if (chance(random, 50)) {
    model.enable_ipv6 = random.pick(truths);
  }
  if (chance(random, 40)) model.internal = random.pick([true, "true", false, "no"]);
  if (chance(random, 25)) model.enable_ipv6 = chance(random, 70);
  return true;
};

/** Two keys of one real name: alike or not, one of them external or not, or the name of another key. */
const sameName: Fault = (sketch) => {
  const { random, networks } = sketch;
  const [first, second] = networks;
  if (!first || !second) return false;
  const change = random.int(5);
  if (change === 0) {
    first.model.name = "own-lan";
    second.model.name = "own-lan";
    if (chance(random, 50)) copyInto(first.model, second.model);
  } else if (change === 1) {
    first.model.name = "own-lan";
    replace(second.model, { external: true, name: "own-lan" });
  } else if (change === 2) {
    second.model.name = `case0_${first.key}`;
  } else if (change === 3) {
    replace(second.model, { external: true, name: `case0_${first.key}` });
  } else {
    second.model.name = random.pick(["case0_default", first.key, "own-a b", "", "own-Größe"]);
  }
  if (change === 1 || change === 3) loseAddresses(sketch, second);
  return true;
};

function copyInto(from: NetworkModel, to: NetworkModel): void {
  replace(to, structuredClone(from));
}

function replace(model: NetworkModel, other: NetworkModel): void {
  for (const key of Object.keys(model)) Reflect.deleteProperty(model, key);
  Object.assign(model, other);
}

function loseAddresses({ model, random }: Sketch, { key }: NetworkSketch): void {
  for (const { networks: ties } of Object.values(model.services)) {
    if (ties?.[key] && chance(random, 70)) ties[key] = null;
  }
}

/** A network becomes the one that services without networks are on. */
const configuredDefault: Fault = ({ random, networks, model }) => {
  const [network] = networks;
  if (!network || "default" in model.networks) return false;
  const own = model.networks[network.key] ?? null;
  Reflect.deleteProperty(model.networks, network.key);
  model.networks["default"] = own;
  for (const service of Object.values(model.services)) {
    const ties = service.networks;
    if (!ties || !(network.key in ties)) continue;
    const tie = ties[network.key] ?? null;
    Reflect.deleteProperty(ties, network.key);
    ties["default"] = tie;
    const alone = Object.keys(ties).length === 1;
    if (alone && (tie === null || chance(random, 40))) delete service.networks;
  }
  // The sketch's key is the one that later faults look for.
  networks.splice(networks.indexOf(network), 1, { ...network, key: "default" });
  return true;
};

const ipamDriver: Fault = ({ random, networks }) => {
  const { model } = random.pick(networks);
  const ipam = (model.ipam ??= {});
  ipam.driver = random.pick(["default", "default", "null", "null", "", "Default"]);
  if (chance(random, 40)) {
    ipam["options"] = random.pick([{ foo: "bar" }, { foo: 1 }, {}, { serial: "true" }]);
  }
  if (chance(random, 30)) delete ipam.config;
  return true;
};

const mistypedOption: Fault = ({ random, networks }) => {
  const { model } = random.pick(networks);
  const options = (model.driver_opts ??= {});
  const [key, value] = random.pick([
    ["Parent", "lan0"],
    ["parent_if", "lan0"],
    ["host_iface", "lan0"],
    ["macvlan-mode", "bridge"],
    ["mode", "passthru"],
    ["macvlan_mode", "bridge"],
    ["ipvlan_mode", "l9"],
    ["parent", 5],
    ["vlan", 10],
    ["com.docker.network.bridge.name", "own-br"],
  ] as const);
  options[key] = value;
  if (key !== "parent" && chance(random, 20)) delete options["parent"];
  return true;
};

/** Addresses that stand in an entry of their own, or twice. */
const oddEntries: Fault = ({ random, networks }) => {
  const { model, pools } = random.pick(networks);
  const config = model.ipam?.config;
  const [pool] = pools;
  if (!config || !pool) return false;
  const entry: PoolModel = random.pick<PoolModel>([
    { gateway: pool.model.gateway ?? "10.77.0.1" },
    { ip_range: pool.model.subnet ?? "10.77.0.0/24" },
    structuredClone(pool.model),
    { subnet: pool.model.subnet ?? "10.77.0.0/24" },
    { aux_addresses: { nas: "10.77.0.9" } },
  ]);
  if (chance(random, 50)) config.push(entry);
  else config.unshift(entry);
  return true;
};

export const kindFaults: readonly (readonly [number, Fault])[] = [
  [7, ipvlan],
  [9, families],
  [8, sameName],
  [7, configuredDefault],
  [4, ipamDriver],
  [4, mistypedOption],
  [3, oddEntries],
];
