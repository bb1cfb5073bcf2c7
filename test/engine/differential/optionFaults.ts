/** Faults of the bridge driver's options, of an endpoint's, and of what a network is called. */
import type { Fault } from "./poolFaults";
import { chance } from "./sketch";

const network = "com.docker.network";
const truths = ["true", "false", "1", "F", "yes", "off", "", "TRUE", "tRue"];
const addresses = ["127.0.0.1", "::1", "0.0.0.0", "127.0.0.01", "localhost", ""];
const modes = ["nat", "routed", "nat-unprotected", "isolated", "NAT", "route", ""];

const values: readonly (readonly [string, readonly (string | number)[]])[] = [
  ["bridge.enable_icc", truths],
  ["bridge.enable_ip_masquerade", truths],
  ["bridge.inhibit_ipv4", truths],
  ["bridge.host_binding_ipv4", addresses],
  ["host_ipv4", addresses],
  ["bridge.gateway_mode_ipv4", modes],
  ["bridge.gateway_mode_ipv6", modes],
  ["driver.mtu", ["abc", "-1", 0, 60, 68, 1200, 1280, 1500, 9000, 65_536, "1500.5", ""]],
  ["bridge.name", ["a-name-that-is-too-long", "a/b", "a b", "..", "docker0", "lan0", "", "lo"]],
  ["container_iface_prefix", ["lan", "fourteen-chars", "fifteen--chars-", "a/b", ""]],
];

const bridgeOption: Fault = ({ random, networks }) => {
  const bridges = networks.filter(({ model }) => (model.driver ?? "bridge") === "bridge");
  const { model } = random.pick(bridges.length > 0 && chance(random, 90) ? bridges : networks);
  const [key, choices] = random.pick(values);
  model.driver_opts = { ...model.driver_opts, [`${network}.${key}`]: random.pick(choices) };
  return true;
};

const endpointOption: Fault = ({ random, model }) => {
  const ties = Object.values(model.services).flatMap(({ networks = {} }) =>
    Object.values(networks).filter((tie) => tie !== null),
  );
  if (ties.length === 0) return false;
  const [key, choices] = random.pick([
    [
      "sysctls",
      ["net.ipv4.conf.IFNAME.forwarding=1", "net.ipv4.conf.eth0.forwarding=1", "x", "net.ipv4.a"],
    ],
    ["ifname", ["lan9", "a/b", "a-name-that-is-too-long", ""]],
  ] as const);
  random.pick(ties)["driver_opts"] = { [`${network}.endpoint.${key}`]: random.pick(choices) };
  return true;
};

const blankName: Fault = ({ random, networks }) => {
  random.pick(networks).model.name = random.pick(["", " ", "default", "own-a b"]);
  return true;
};

export const optionFaults: readonly (readonly [number, Fault])[] = [
  [6, bridgeOption],
  [2, endpointOption],
  [1, blankName],
];
