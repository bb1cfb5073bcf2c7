import assert from "node:assert/strict";
import { useVm } from "../../lab/vm/suite.mjs";
import { describe as described } from "../differential/campaign";
import { type NetworkModel, type ServiceModel, textOf } from "../differential/caseModel";
import { judge } from "../differential/judge";
import { composeUp } from "./composeUp";

interface NetworkCase {
  readonly title: string;
  /** On subnets of their own; the keys are n0, n1 ... */
  readonly networks: readonly NetworkModel[];
  /** A service for each network, instead of one on all of them. */
  readonly apart?: boolean;
  readonly service?: ServiceModel;
  /** The engine's words, where it refuses. */
  readonly refused?: RegExp;
}

type Options = Readonly<Record<string, string>>;
const ipvlan = (options?: Options, more: NetworkModel = {}) => network("ipvlan", options, more);
const macvlan = (options?: Options, more: NetworkModel = {}) => network("macvlan", options, more);
function network(driver: string, options: Options | undefined, more: NetworkModel): NetworkModel {
  return { driver, ...(options && { driver_opts: { ...options } }), ...more };
}

const cases: readonly NetworkCase[] = [
  {
    title: "macvlan and ipvlan on VLANs of one parent, and both without a parent",
    networks: [
      macvlan({ parent: "lan0.30" }),
      ipvlan({ parent: "lan0.+031" }),
      macvlan(),
      macvlan({ parent: "" }),
      ipvlan(undefined, { internal: true }),
      ipvlan({ ipvlan_mode: "l3" }),
    ],
  },
  {
    title: "a MAC of its own for a container on ipvlan",
    networks: [ipvlan({ parent: "lan0" })],
    service: { mac_address: "02:42:0a:4d:00:0a" },
    refused: /ipvlan interfaces do not support custom mac address assignment/,
  },
  {
    title: "two ipvlan networks on one parent",
    networks: [ipvlan({ parent: "lan0" }), ipvlan({ parent: "lan0", ipvlan_mode: "l3" })],
    refused: /network di-[0-9a-f]{12} is already using parent interface lan0/,
  },
  {
    title: "two macvlan networks on one VLAN",
    networks: [macvlan({ parent: "lan0.34" }), macvlan({ parent: "lan0.34" })],
    refused: /network dm-[0-9a-f]{12} is already using parent interface lan0\.34/,
  },
  {
    title: "two spellings of one VLAN",
    networks: [macvlan({ parent: "lan0.34" }), ipvlan({ parent: "lan0.034" })],
    refused: /failed to create lan0\.0?34 vlan link: file exists/,
  },
  {
    title: "macvlan and ipvlan on one parent, both with a container",
    networks: [macvlan({ parent: "lan0" }), ipvlan({ parent: "lan0" })],
    apart: true,
    refused: /device or resource busy/,
  },
];

function textOfCase({ networks, apart = false, service = {} }: NetworkCase): string {
  const keys = networks.map((_, index) => `n${index}`);
  const groups = apart ? keys.map((key) => [key]) : [keys];
  return textOf({
    services: Object.fromEntries(
      groups.map((group, index) => [
        `s${index}`,
        { ...service, networks: Object.fromEntries(group.map((key) => [key, null])) },
      ]),
    ),
    networks: Object.fromEntries(
      networks.map((model, index) => [
        `n${index}`,
        { ...model, ipam: { config: [{ subnet: `10.77.${index}.0/24` }] } },
      ]),
    ),
  });
}

describe("networks that need a whole kernel", function () {
  const vm = useVm();

  for (const each of cases) {
    const verdict = each.refused ? "refused" : "accepted";
    it(`${each.title}: ${verdict} by the engine, and the checker knows`, async () => {
      const text = textOfCase(each);
      const outcome = await composeUp(vm(), text);
      assert.equal(outcome.accepted, each.refused === undefined, outcome.message);
      if (each.refused) assert.match(outcome.message, each.refused);
      const version = await vm().version();
      const judgement = judge(text, outcome, version, "whole");
      if (judgement.agrees) return;
      const { reason, findings } = judgement;
      assert.fail(described({ number: 0, text, outcome, reason }, findings, version));
    });
  }
});
