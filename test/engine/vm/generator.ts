/** Compose files about what only a whole kernel has: VLANs, ipvlan, networks without a parent. */
import { type Random, seededRandom } from "../../unit/support/random";
import {
  type CaseModel,
  type NetworkModel,
  type TieModel,
  textOf,
} from "../differential/caseModel";
import { chance, unicastMac, weighted } from "../differential/sketch";

/** The case of a number, the same for the same `seed` and `number`. Two of three or so are accepted. */
export function generateVmCase(seed: number, number: number): string {
  const random = seededRandom(Math.imul(seed, 0x27d4eb2f) ^ Math.imul(number + 1, 0x165667b1));
  const model: CaseModel = { services: {}, networks: {} };
  const count = weighted(random, [
    [40, 1],
    [40, 2],
    [20, 3],
  ]);
  for (let index = 0; index < count; index++) {
    model.networks[`n${index}`] = network(random, index);
  }
  // Every network is used, or Compose would not make it. One container starts sooner than three.
  const keys = Object.keys(model.networks);
  const groups = chance(random, 65) ? [keys] : keys.map((key) => [key]);
  for (const [index, group] of groups.entries()) {
    const ties = group.map((key) => [key, tie(random, keys.indexOf(key))] as const);
    model.services[`s${index}`] = { networks: Object.fromEntries(ties) };
  }
  return textOf(model);
}

function network(random: Random, index: number): NetworkModel {
  const model: NetworkModel = { driver: random.pick(["macvlan", "ipvlan"]) };
  const options: Record<string, string> = {};
  const parent = parentOf(random);
  if (parent !== undefined) options["parent"] = parent;
  if (model.driver === "macvlan") {
    if (chance(random, 25)) options["macvlan_mode"] = random.pick(macvlanModes);
  } else {
    if (chance(random, 55)) options["ipvlan_mode"] = random.pick(ipvlanModes);
    if (chance(random, 20)) options["ipvlan_flag"] = random.pick(ipvlanFlags);
  }
  if (Object.keys(options).length > 0) model.driver_opts = options;
  if (chance(random, 20)) model.internal = true;
  const config = [
    {
      subnet: `10.77.${index}.0/24`,
      ...(chance(random, 60) ? { gateway: `10.77.${index}.1` } : {}),
    },
  ];
  if (chance(random, 15)) {
    model.enable_ipv6 = true;
    config.push({ subnet: `fd77:1:${index}::/64` });
  }
  model.ipam = { config };
  return model;
}

// Each right value more than once: most of a file is right.
const macvlanModes = ["bridge", "private", "vepa", "passthru", "", "l2"];
const ipvlanModes = ["l2", "l2", "l3", "l3", "l3s", "l3s", "", "L3", "l4"];
const ipvlanFlags = ["bridge", "private", "vepa", "", "passthru"];

function parentOf(random: Random): string | undefined {
  const base = () => random.pick(["lan0", "lan0", "lan1"]);
  return weighted<() => string | undefined>(random, [
    [30, base],
    [36, () => `${base()}.${random.pick(["10", "10", "010", "+10", "11", "4094"])}`],
    [
      12,
      () =>
        `${base()}.${random.pick(["4095", "0", "-1", "abc", "0x10", "1.2", "", "00000000012"])}`,
    ],
    [4, () => random.pick(["nope0", "nope0.10", "nope0.4095", "lo", "lo.10"])],
    [12, () => undefined],
    [6, () => ""],
  ])();
}

function tie(random: Random, index: number): TieModel | null {
  const model: TieModel = {};
  if (chance(random, 30)) model.ipv4_address = `10.77.${index}.20`;
  if (chance(random, 12)) model.mac_address = unicastMac(random);
  return Object.keys(model).length > 0 ? model : null;
}
