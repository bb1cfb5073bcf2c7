/** The tree looks at what runs, the rule at what is planned: of one address on one LAN they must say the same. */
import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import type { Facts } from "../../../src/model/facts";
import type { HostInterface, Neighbour } from "../../../src/model/hostInterface";
import { addressOnLan } from "../../../src/rules/address-on-lan";
import { runRules } from "../../../src/rules/run";
import { container, eth0, kinds, lan } from "./facts";

const address = "192.168.50.20";
const text = `services:
  pihole:
    image: pihole/pihole
    networks:
      lan:
        ipv4_address: ${address}
networks:
  lan:
    driver: macvlan
    driver_opts:
      parent: eth0
    ipam:
      config:
        - subnet: 192.168.50.0/24
          gateway: 192.168.50.1
`;

function byTree(facts: Facts): boolean {
  return kinds(facts, "pihole").includes("address-on-lan");
}

function byRule(facts: Facts): boolean {
  const project = new ComposeDocument("compose.yaml", text).project();
  return runRules([addressOnLan], project, facts).length > 0;
}

const device = (name: string, more: Partial<HostInterface>): HostInterface => ({
  ...{ name, kind: "ethernet", up: true, addresses: [] },
  ...more,
});
const interfaces: readonly HostInterface[] = [
  { ...eth0, master: "br0" },
  device("br0", { kind: "bridge" }),
  device("shim", { kind: "macvlan", link: "eth0" }),
  device("shim1", { kind: "macvlan", link: "eth1" }),
  device("eth1", { addresses: ["10.0.0.2/8"] }),
  device("eth0.30", { kind: "vlan", vlan: { parent: "eth0", id: 30 } }),
];
const own = "02:42:c0:a8:32:14";
const macs = [undefined, "00:11:32:aa:bb:cc", "96:cf:00:aa:bb:cc", own, own.toUpperCase()];
const links = [undefined, "gone0", ...interfaces.map(({ name }) => name)];
const neighbours = macs.flatMap((mac) =>
  links.flatMap((link) =>
    [undefined, true].map((old): Neighbour => ({
      address,
      ...(mac !== undefined && { mac }),
      ...(link !== undefined && { interface: link }),
      ...(old && { old }),
    })),
  ),
);

describe("another machine with an address of a container", () => {
  it("is one for the tree and for the rule, or for neither", () => {
    let said = 0;
    for (const neighbour of neighbours) {
      const facts: Facts = {
        engine: { version: "28.5.2" },
        ...{ interfaces, networks: [lan], neighbours: [neighbour] },
        containers: [container("pihole", address, { mac: own })],
      };
      const [tree, rule] = [byTree(facts), byRule(facts)];
      assert.equal(rule, tree, JSON.stringify(neighbour));
      if (tree) said++;
      if (neighbour.old === true) assert.equal(tree, false, "it may be gone");
    }
    // A maker's MAC anywhere on the LAN, a made-up one over the interface and its bridge.
    assert.equal(said, 6);
  });
});
