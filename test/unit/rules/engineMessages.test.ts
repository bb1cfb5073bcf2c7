import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import type { Facts } from "../../../src/model/facts";
import { rules } from "../../../src/rules/index";
import { runRules } from "../../../src/rules/run";

const interfaces: Facts = {
  interfaces: [
    { name: "eth0", kind: "ethernet", up: true, addresses: [] },
    { name: "eth1", kind: "ethernet", up: true, addresses: [], master: "bond0" },
    { name: "bond0", kind: "bond", up: true, addresses: [] },
  ],
};

/** A network with the driver, and a service on it. */
function network(key: string, driver: string, options: string): [string, string] {
  return [
    `  s-${key}: { image: alpine, networks: [${key}] }\n`,
    `  ${key}: { driver: ${driver}, driver_opts: { ${options} } }\n`,
  ];
}

/** The engine's words that a rule quotes for the first fault of a file of such networks. */
function words(
  rule: string,
  engineVersion: string,
  networks: readonly [string, string][],
  facts: Facts = {},
): string | undefined {
  const [services, declarations] = [0, 1].map((i) => networks.map((n) => n[i]).join(""));
  const text = `services:\n${services}networks:\n${declarations}`;
  const project = new ComposeDocument("/srv/compose.yaml", text).project();
  const finding = runRules(rules, project, facts, { engineVersion }).find((f) => f.rule === rule);
  assert.ok(finding, `${rule} is found on ${engineVersion}`);
  return finding.engineMessage;
}

describe("the engine's words", () => {
  it("for a parent that does not exist, which it takes for a sub-interface", () => {
    assert.equal(
      words("unknown-parent", "28.5", [network("lan", "macvlan", "parent: enp9s0")], interfaces),
      "invalid subinterface vlan name enp9s0, example formatting is eth0.10",
    );
  });

  it("for a sub-interface of a missing one, worded anew in 23.0", () => {
    const lan = [network("lan", "macvlan", "parent: enp9s0.10")];
    assert.equal(
      words("unknown-parent", "20.10", lan, interfaces),
      "-o parent interface does was not found on the host: enp9s0",
    );
    assert.equal(
      words("unknown-parent", "23.0", lan, interfaces),
      "-o parent interface was not found on the host: enp9s0",
    );
  });

  it("for the loopback interface, by driver", () => {
    assert.equal(
      words("unsuitable-parent", "28.5", [network("lan", "ipvlan", "parent: lo")]),
      "loopback interface is not a valid ipvlan parent link",
    );
  });

  it("for a port of a bond", () => {
    assert.equal(
      words("unsuitable-parent", "28.5", [network("lan", "macvlan", "parent: eth1")], interfaces),
      "failed to create the macvlan port: device or resource busy",
    );
  });

  it("for a shared parent, before 27.0 and with passthru", () => {
    const live: Facts = {
      networks: [{ id: "0123456789abcdef", name: "house", driver: "macvlan", parent: "eth0" }],
    };
    assert.equal(
      words("parent-shared", "26.1", [network("lan", "macvlan", "parent: eth0")], live),
      "network dm-0123456789ab is already using parent interface eth0",
    );
    const passthru = [network("lan", "macvlan", "parent: eth0, macvlan_mode: passthru")];
    assert.equal(
      words("parent-shared", "27.5", passthru, live),
      "cannot use mode passthru, macvlan network 0123456789abcdef is already using parent interface eth0",
    );
    const taken: Facts = {
      networks: (live.networks ?? []).map((house) => ({ ...house, mode: "passthru" })),
    };
    assert.equal(
      words("parent-shared", "27.5", [network("lan", "macvlan", "parent: eth0")], taken),
      "macvlan network 0123456789abcdef is already using parent interface eth0 in mode passthru",
    );
  });

  it("for a shared parent of ipvlan networks", () => {
    const live: Facts = {
      networks: [{ id: "0123456789abcdef", name: "house", driver: "ipvlan", parent: "eth0" }],
    };
    assert.equal(
      words("parent-shared", "29.7", [network("lan", "ipvlan", "parent: eth0")], live),
      "network di-0123456789ab is already using parent interface eth0",
    );
  });

  it("for a mode and a flag", () => {
    assert.equal(
      words("invalid-mode", "28.5", [network("lan", "macvlan", "macvlan_mode: Bridge")]),
      "requested macvlan mode 'Bridge' is not valid, 'bridge' mode is the macvlan driver default",
    );
    assert.equal(
      words("invalid-mode", "20.10", [network("lan", "ipvlan", "ipvlan_mode: l3s")]),
      "requested ipvlan mode 'l3s' is not valid, 'l2' mode is the ipvlan driver default",
    );
    const flag = [network("lan", "ipvlan", "ipvlan_flag: x")];
    assert.equal(
      words("invalid-mode", "23.0", flag),
      "requested ipvlan flag 'x' is not valid, 'bridge' is the ipvlan driver default",
    );
    assert.equal(words("invalid-mode", "20.10", flag), undefined);
  });
});
