import assert from "node:assert/strict";
import { type Tried, holdersOf, whoIsInTheWay } from "../../../src/changes/holders";
import { EngineError } from "../../../src/docker/engineClient";
import { parseAddress } from "../../../src/model/cidr";
import type { Facts } from "../../../src/model/facts";
import { describeError } from "../../../src/workbench/explainError";
import { addHint } from "../../../src/workbench/hints";

const id = "0123456789ab".padEnd(64, "0");
const facts: Facts = {
  engine: { version: "28.5.2" },
  networks: [
    {
      id,
      name: "lan",
      driver: "macvlan",
      parent: "eth0",
      project: "home",
      ipam: [{ subnet: "192.168.1.0/24", gateway: "192.168.1.1", aux: { nas: "192.168.1.9" } }],
    },
    {
      id: "b",
      name: "auto",
      driver: "macvlan",
      ipam: [{ subnet: "10.1.0.0/24", ipRange: "10.1.0.128/25" }],
    },
  ],
  containers: [
    {
      id: "c1",
      name: "dns",
      running: true,
      attachments: [{ network: "lan", ipv4: "192.168.1.20", static: true }],
    },
    {
      id: "c2",
      name: "old",
      running: false,
      attachments: [{ network: "lan", ipv4: "192.168.1.20", static: true }],
    },
  ],
  interfaces: [
    { name: "eth0", kind: "ethernet", up: true, addresses: ["192.168.1.10/24", "fd00::10/64"] },
  ],
  neighbours: [{ address: "192.168.1.77", mac: "aa:bb:cc:dd:ee:ff" }],
  lan: [{ subnet: "192.168.1.0/24", reserved: [{ address: "192.168.1.5", name: "printer" }] }],
};

describe("the holders of an address", () => {
  const cases: readonly [address: string, holders: readonly string[]][] = [
    [
      "192.168.1.20",
      [
        "container dns on network lan",
        "container old on network lan (stopped: it asks for it when it starts)",
      ],
    ],
    ["192.168.1.1", ["network lan, as its gateway"]],
    ["192.168.1.9", ['network lan, which excludes it as "nas"']],
    ["192.168.1.0", ["network lan: it is the network's own address"]],
    ["192.168.1.255", ["network lan: it is the broadcast address"]],
    ["10.1.0.128", ["network auto: the engine took it as gateway, as none was given"]],
    ["192.168.1.10", ["the engine's host (interface eth0)"]],
    ["fd00:0:0::10", ["the engine's host (interface eth0)"]],
    ["192.168.1.77", ["a machine on the LAN (MAC aa:bb:cc:dd:ee:ff)"]],
    ["192.168.1.5", ["printer by the setting macvlan.lan"]],
    ["192.168.1.99", []],
  ];
  for (const [address, holders] of cases) {
    it(`of ${address}`, () => {
      const parsed = parseAddress(address);
      assert.ok(parsed);
      assert.deepEqual(
        holdersOf(parsed, facts).map(({ text }) => text),
        holders,
      );
    });
  }
});

describe("who is in the way", () => {
  const cases: readonly [words: string, tried: Tried, sentence: string | undefined][] = [
    [
      "Pool overlaps with other one on this address space",
      { subnets: ["192.168.0.0/16"] },
      "It overlaps 192.168.1.0/24 of network lan (macvlan on eth0, made by Compose for home).",
    ],
    [
      "invalid pool request: Pool overlaps with other one on this address space",
      { subnets: ["172.30.0.0/16"] },
      "No network that the engine lists has it.",
    ],
    [
      `error while removing network: network lan id ${id} has active endpoints`,
      {},
      "Connected: dns (running, 192.168.1.20), old (stopped, 192.168.1.20).",
    ],
    [
      "network dm-0123456789ab is already using parent interface eth0",
      {},
      "It is network lan (macvlan on eth0, made by Compose for home).",
    ],
    [
      `cannot use mode passthru, macvlan network ${id} is already using parent interface eth0`,
      {},
      "It is network lan (macvlan on eth0, made by Compose for home).",
    ],
    [
      "failed to set up container networking: Address already in use",
      { addresses: [undefined, "192.168.1.20"] },
      "192.168.1.20 belongs to container dns on network lan, and to container old on network lan (stopped: it asks for it when it starts).",
    ],
    [
      "failed to allocate secondary ip address (x:192.168.1.1): Address already in use",
      {},
      "192.168.1.1 belongs to network lan, as its gateway.",
    ],
    [
      'error setting interface "v" MAC to "02:42:00:00:00:01": address already in use',
      { addresses: ["192.168.1.20"] },
      undefined,
    ],
    ["something else", { subnets: ["192.168.0.0/16"] }, undefined],
  ];
  for (const [words, tried, sentence] of cases) {
    it(`when the engine says: ${words}`, () => {
      assert.equal(whoIsInTheWay(words, tried, facts), sentence);
    });
  }

  it("is told between what is wrong and the way out, before the engine's words", () => {
    const error = new EngineError("conflict", "Pool overlaps with other one on this address space");
    addHint(error, whoIsInTheWay(error.message, { subnets: ["192.168.1.0/25"] }, facts));
    assert.match(
      describeError("create network new", error),
      /^Could not create network new: the subnet overlaps one .* uses\. It overlaps 192\.168\.1\.0\/24 of network lan .*\. Choose .* \(Docker says: Pool overlaps/,
    );
  });
});
