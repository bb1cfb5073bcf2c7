import assert from "node:assert/strict";
import { type HostAccess, planHostAccess } from "../../../src/hostAccess/access";
import type { Facts } from "../../../src/model/facts";
import type { EngineNetwork } from "../../../src/model/network";

const lan: EngineNetwork = {
  id: "1",
  name: "lan",
  driver: "macvlan",
  parent: "eth0",
  ipam: [{ subnet: "192.168.1.0/24", gateway: "192.168.1.1", ipRange: "192.168.1.192/27" }],
};

function accessTo(network: EngineNetwork, facts: Facts = {}): HostAccess {
  const plan = planHostAccess(network, facts);
  if (plan.kind === "impossible") throw new Error(plan.reason);
  return plan.access;
}

function reasonFor(network: EngineNetwork, facts: Facts = {}): string {
  const plan = planHostAccess(network, facts);
  if (plan.kind === "possible") throw new Error("possible");
  return plan.reason;
}

describe("a way from the host to its containers", () => {
  it("takes an address outside the ip_range and routes the range", () => {
    const access = accessTo(lan);
    assert.deepEqual(
      { ...access, notes: access.notes.length },
      {
        network: "lan",
        device: "lan-host",
        parent: "eth0",
        driver: "macvlan",
        mode: "bridge",
        addresses: ["192.168.1.2/32"],
        routes: ["192.168.1.192/27"],
        notes: 0,
      },
    );
  });

  it("avoids the host, neighbours, DHCP, reservations and containers", () => {
    const facts: Facts = {
      interfaces: [{ name: "eth0", kind: "ethernet", up: true, addresses: ["192.168.1.2/24"] }],
      neighbours: [{ address: "192.168.1.3" }],
      lan: [
        {
          subnet: "192.168.1.0/24",
          dhcp: ["192.168.1.4-192.168.1.99"],
          reserved: [{ address: "192.168.1.100" }],
        },
      ],
      containers: [
        {
          id: "c",
          name: "c",
          running: false,
          attachments: [{ network: "lan", ipv4: "192.168.1.101", static: true }],
        },
      ],
    };
    const access = accessTo(lan, facts);
    assert.deepEqual(access.addresses, ["192.168.1.102/32"]);
    assert.deepEqual(access.routes, ["192.168.1.192/27", "192.168.1.101/32"]);
  });

  it("takes the auxiliary address that is named for the host", () => {
    const ipam = [{ ...lan.ipam?.[0], aux: { router: "192.168.1.5", host: "192.168.1.223" } }];
    assert.deepEqual(accessTo({ ...lan, ipam }).addresses, ["192.168.1.223/32"]);
  });

  it("routes to each container where there is no ip_range, and says what that means", () => {
    const ipam = [{ subnet: "192.168.1.0/24", gateway: "192.168.1.1" }];
    const facts: Facts = {
      containers: [
        {
          id: "c",
          name: "c",
          running: true,
          attachments: [
            { network: "lan", ipv4: "192.168.1.2" },
            { network: "other", ipv4: "192.168.1.9" },
          ],
        },
      ],
    };
    const access = accessTo({ ...lan, ipam }, facts);
    assert.deepEqual(access.addresses, ["192.168.1.254/32"], "far from what the engine takes next");
    assert.deepEqual(access.routes, ["192.168.1.2/32"]);
    assert.match(access.notes.join(" "), /--aux-address=host=192\.168\.1\.254/);
    assert.match(access.notes.join(" "), /a container that comes later needs one too/);
  });

  it("serves both families", () => {
    const ipam = [...(lan.ipam ?? []), { subnet: "fd00::/64", ipRange: "fd00::100/120" }];
    const access = accessTo({ ...lan, ipam });
    assert.deepEqual(access.addresses, ["192.168.1.2/32", "fd00::1/128"]);
    assert.deepEqual(access.routes, ["192.168.1.192/27", "fd00::100/120"]);
  });

  it("makes an ipvlan interface of the network's mode", () => {
    const access = accessTo({ ...lan, driver: "ipvlan", mode: "l3" });
    assert.deepEqual([access.driver, access.mode], ["ipvlan", "l3"]);
  });

  it("names the interface so that the kernel takes it", () => {
    for (const name of [
      "lan",
      "home_assistant_network",
      "ünï/cödé $(reboot)",
      "--",
      "A".repeat(80),
    ])
      assert.match(accessTo({ ...lan, name }).device, /^[a-z0-9][a-z0-9-]{0,14}$/);
  });

  it("says why there is none", () => {
    assert.match(reasonFor({ ...lan, driver: "bridge" }), /without help/);
    assert.match(reasonFor({ ...lan, mode: "private" }), /private mode/);
    assert.match(reasonFor({ ...lan, mode: "passthru" }), /passthru/);
    assert.match(reasonFor(lan, { engine: { desktop: true } }), /Docker Desktop/);
    const orphan: EngineNetwork = { id: "1", name: "lan", driver: "macvlan" };
    assert.match(reasonFor(orphan), /no parent interface/);
    const full = { ...lan, ipam: [{ subnet: "192.168.1.0/31", gateway: "192.168.1.0" }] };
    const neighbours = [{ address: "192.168.1.1" }];
    assert.match(reasonFor(full, { neighbours }), /none is free/);
  });
});
