/** Faults of a network's driver, parent, mode and name. */
import type { Fault } from "./poolFaults";
import { chance } from "./sketch";

const parent: Fault = ({ random, networks }) => {
  const lans = networks.filter(({ model }) => model.driver === "macvlan");
  if (lans.length === 0) return false;
  const { model } = random.pick(lans);
  const options = (model.driver_opts ??= {});
  const name = random.pick([
    "nope0",
    "lo",
    "LAN0",
    " lan0",
    "eth9.10",
    "lan0.4095",
    "lan0.0",
    "lan0.abc",
    "lan0.10.20",
    "nope0.4096",
    "lan0@if2",
    "a-name-that-is-too-long",
    "lo.10",
    "docker0",
    ".10",
    "lan0.",
  ]);
  options["parent"] = name;
  return true;
};

const mode: Fault = ({ random, networks }) => {
  const lans = networks.filter(({ model }) => model.driver === "macvlan");
  if (lans.length === 0) return false;
  const { model } = random.pick(lans);
  const options = (model.driver_opts ??= {});
  options["macvlan_mode"] = random.pick([
    ...["Bridge", "l2", "source", "passthrough", "bridge ", "vepa", "private"],
    ...["passthru", "passthru", "passthru", "passthru"],
  ]);
  if (chance(random, 15)) options["mode"] = "bogus";
  return true;
};

/** Puts the networks on one parent, some with passthru. */
const shared: Fault = ({ random, networks }) => {
  if (networks.length < 2) return false;
  for (const { model } of networks.slice(0, 2)) {
    const given = model.driver_opts?.["macvlan_mode"];
    model.driver = "macvlan";
    model.driver_opts = { parent: "lan0", ...(given === undefined ? {} : { macvlan_mode: given }) };
    if (chance(random, 20)) model.driver_opts["macvlan_mode"] = "passthru";
  }
  return true;
};

const kind: Fault = ({ random, networks }) => {
  const { model } = random.pick(networks);
  model.driver = random.pick([
    "host",
    "null",
    "none",
    "overlay",
    "bridge",
    "macvlan",
    "Macvlan",
    "",
  ]);
  if (model.driver === "macvlan") model.driver_opts = { parent: "lan1" };
  else if (chance(random, 70)) delete model.driver_opts;
  return true;
};

const name: Fault = ({ random, networks, model }) => {
  const network = random.pick(networks);
  const [first] = networks;
  const change = random.int(7);
  if (change < 3) {
    for (const { model: each } of networks) if (chance(random, 75)) each.name = "own-lan";
  } else if (change === 3) network.model.name = random.pick(["bridge", "host", "none", "own-x"]);
  else if (change === 4) {
    network.model.external = true;
    network.model.name = random.pick(["bridge", "host", "none", "own-missing"]);
  } else if (change === 5) network.model.external = true;
  else if (first) {
    const [other] = networks.slice(1);
    if (!other) return false;
    other.model.external = true;
    other.model.name = random.pick(["bridge", "host", "none"]);
  }
  if (change > 3 && chance(random, 50)) {
    for (const service of Object.values(model.services)) {
      for (const [key, tie] of Object.entries(service.networks ?? {})) {
        if (key !== network.key || !tie) continue;
        if (service.networks) service.networks[key] = null;
      }
    }
  }
  return true;
};

const noServiceUses: Fault = ({ random, networks, model }) => {
  const { key: left } = random.pick(networks);
  for (const service of Object.values(model.services)) {
    if (!service.networks) continue;
    const others = Object.entries(service.networks).filter(([key]) => key !== left);
    if (others.length > 0) service.networks = Object.fromEntries(others);
    else {
      delete service.networks;
      service.network_mode = "none";
    }
  }
  return true;
};

const unknownKey: Fault = ({ random, networks }) => {
  const { model } = random.pick(networks);
  const [key, value] = random.pick([
    ["ipv6", true],
    ["gateway", "10.77.0.1"],
    ["x-note", "fine"],
    ["attachable", true],
    ["labels", { a: "b" }],
    ["internal", "maybe"],
    ["enable_ipv4", true],
    ["enable_ipv4", false],
    ["driver_opts", { foo: true }],
  ] as const);
  Object.assign(model, { [key]: value });
  return true;
};

export const driverFaults: readonly (readonly [number, Fault])[] = [
  [6, parent],
  [6, mode],
  [5, shared],
  [3, kind],
  [4, name],
  [3, noServiceUses],
  [3, unknownKey],
];
