import assert from "node:assert/strict";
import { hoverText } from "../../../src/editor/hoverText";
import { valueAt } from "../../../src/editor/valueAt";
import type { Facts } from "../../../src/model/facts";
import { marked, path } from "./marked";

function hover(text: string, facts?: Facts): string[] | undefined {
  const { offset, context } = marked(text, facts, "29.7");
  const at = valueAt(context, path, offset);
  if (!at) return undefined;
  const { title, rows } = hoverText(context, at);
  return [title, ...rows.map((row) => row.join(": "))];
}

const file = (marks: { subnet?: string; range?: string; address?: string } = {}) => `
services:
  web: {networks: {lan: {ipv4_address: ${marks.address ?? "192.168.1.20"}}}}
  dns: {networks: {lan: {ipv4_address: 192.168.1.21}}}
networks:
  lan:
    driver: macvlan
    driver_opts: {parent: eth0}
    ipam:
      config:
        - subnet: ${marks.subnet ?? "192.168.1.0/24"}
          ip_range: ${marks.range ?? "192.168.1.128/25"}
          gateway: 192.168.1.1
          aux_addresses: {printer: 192.168.1.5}
`;

describe("hover", () => {
  it("tells a subnet's arithmetic and who holds its addresses", () => {
    const facts: Facts = {
      interfaces: [{ name: "eth0", kind: "ethernet", up: true, addresses: ["192.168.1.10/24"] }],
      lan: [{ subnet: "192.168.1.0/24", dhcp: ["192.168.1.100-192.168.1.109"] }],
    };
    assert.deepEqual(hover(file({ subnet: "192.168.|1.0/24" }), facts), [
      "192.168.1.0/24: 256 addresses, 239 free",
      "network: 192.168.1.0",
      "hosts: 192.168.1.1-192.168.1.254",
      "broadcast: 192.168.1.255",
      "dynamic: 192.168.1.128/25 (ip_range)",
      "192.168.1.1: gateway",
      "192.168.1.5: reserved: printer",
      "192.168.1.10: host: eth0",
      "192.168.1.20: claimed: web",
      "192.168.1.21: claimed: dns",
      "192.168.1.100-192.168.1.109: DHCP range: DHCP",
    ]);
  });

  it("tells what an ip_range is for", () => {
    assert.deepEqual(hover(file({ range: "|192.168.1.128/25" })), [
      "192.168.1.128/25: 128 addresses, 127 free",
      "from: 192.168.1.128",
      "to: 192.168.1.255",
      "subnet: 192.168.1.0/24 of network lan",
      "for: containers without a static address",
    ]);
  });

  it("tells who holds an address and in which subnet it is", () => {
    const facts: Facts = {
      containers: [
        {
          id: "1",
          name: "old",
          running: false,
          attachments: [{ network: "lan", ipv4: "192.168.1.20" }],
        },
      ],
    };
    assert.deepEqual(hover(file({ address: "192.168.1.20|" }), facts), [
      "192.168.1.20",
      "subnet: 192.168.1.0/24 of network lan",
      "claimed: web",
      "claimed: old",
    ]);
    assert.deepEqual(hover(file({ address: "10.0.0.|9" })), [
      "10.0.0.9",
      "subnet: in none of this file's subnets",
    ]);
  });

  it("tells nothing elsewhere, nor of what cannot be read", () => {
    assert.equal(hover(file().replace("driver: mac", "driver: |mac")), undefined);
    assert.equal(hover(file({ address: "${A|DDRESS}" })), undefined);
    assert.equal(hover(file({ address: "10.0.0|" })), undefined);
  });

  it("names large sizes by their power of two, and small subnets without a broadcast address", () => {
    const lines = hover(
      "networks: {a: {enable_ipv6: true, ipam: {config: [{subnet: |fd00::/64}]}}}\n",
    );
    assert.match(lines?.[0] ?? "", /^fd00::\/64: 2\^64 addresses, about 2\^6[34] free$/);
    assert.equal(lines?.[1], "range: fd00::-fd00::ffff:ffff:ffff:ffff");
    const tiny = hover(
      "networks: {a: {driver: macvlan, ipam: {config: [{subnet: |10.0.0.0/31}]}}}\n",
    );
    assert.deepEqual(tiny, ["10.0.0.0/31: 2 addresses, 2 free", "hosts: 10.0.0.0-10.0.0.1"]);
  });
});
