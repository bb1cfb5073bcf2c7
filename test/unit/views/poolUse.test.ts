import assert from "node:assert/strict";
import { formatAddress } from "../../../src/model/cidr";
import type { Facts } from "../../../src/model/facts";
import { addressToOffer, objectionTo, poolUses } from "../../../src/views/poolUse";

const lan = {
  id: "n",
  name: "lan",
  driver: "macvlan",
  parent: "eth0",
  ipam: [
    {
      subnet: "192.168.1.0/24",
      gateway: "192.168.1.1",
      ipRange: "192.168.1.2/31",
      aux: { nas: "192.168.1.4" },
    },
  ],
} as const;
const facts: Facts = {
  engine: { version: "28.5.2" },
  networks: [lan],
  interfaces: [{ name: "eth0", kind: "ethernet", up: true, addresses: ["192.168.1.5/24"] }],
  containers: [
    {
      id: "c",
      name: "web",
      running: false,
      attachments: [{ network: "lan", ipv4: "192.168.1.6", static: true }],
    },
  ],
  neighbours: [{ address: "192.168.1.7" }],
  lan: [{ subnet: "192.168.1.0/24", dhcp: ["192.168.1.8-192.168.1.199"] }],
};
const offered = (what: Facts, network: Parameters<typeof poolUses>[1]) => {
  const address = addressToOffer(poolUses(what, network), 4);
  return address && formatAddress(address);
};

describe("the use of a network's pools", () => {
  it("offers the first address that nothing known uses, outside the dynamic range", () => {
    assert.equal(offered(facts, lan), "192.168.1.200");
  });

  it("offers one of the dynamic range where that is the whole subnet", () => {
    const network = { ...lan, ipam: [{ ...lan.ipam[0], ipRange: "192.168.1.0/24", aux: {} }] };
    assert.equal(offered({ networks: [network] }, network), "192.168.1.2");
  });

  it("offers nothing when all is taken", () => {
    const network = { ...lan, ipam: [{ subnet: "10.0.0.0/30", gateway: "10.0.0.1" }] };
    const attachments = [{ network: "lan", ipv4: "10.0.0.2" }];
    const containers = [{ id: "c", name: "c", running: true, attachments }];
    assert.equal(offered({ networks: [network], containers }, network), undefined);
  });

  it("does not offer the gateway that an engine before 29 takes for itself", () => {
    const network = { ...lan, ipam: [{ subnet: "10.0.0.0/24" }] };
    const on = (version: string) => offered({ engine: { version }, networks: [network] }, network);
    assert.equal(on("28.5.2"), "10.0.0.2");
    assert.equal(on("29.1"), "10.0.0.1");
  });

  const verdicts: readonly [
    text: string,
    words: RegExp | undefined,
    severity?: "error" | "warning",
  ][] = [
    ["192.168.1.300", /is not an IP address/, "error"],
    ["10.0.0.1", /none of the network's subnets/, "error"],
    ["192.168.1.0", /network's own address/, "error"],
    ["192.168.1.255", /broadcast/, "error"],
    ["192.168.1.1", /is a gateway/, "error"],
    ["192.168.1.4", /reserved for nas/, "error"],
    ["192.168.1.5", /host's own address \(eth0\)/, "warning"],
    ["192.168.1.6", /belongs to container web/, "error"],
    ["192.168.1.7", /another device/, "warning"],
    ["192.168.1.50", /DHCP/, "warning"],
    ["192.168.1.2", undefined],
    ["192.168.1.201", undefined],
  ];
  for (const [text, words, severity] of verdicts) {
    it(`${words ? "objects to" : "takes"} ${text}`, () => {
      const objection = objectionTo(poolUses(facts, lan), text);
      if (words) assert.match(objection?.message ?? "", words);
      else assert.equal(objection, undefined);
      assert.equal(objection?.severity, severity);
    });
  }
});
