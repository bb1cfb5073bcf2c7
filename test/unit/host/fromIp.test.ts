import assert from "node:assert/strict";
import { interfacesFromIp, neighboursFromIp } from "../../../src/host/fromIp";

/** As `ip -j -d addr` of iproute2 6.1 prints them, shortened. */
const lo = {
  ifindex: 1,
  ifname: "lo",
  flags: ["LOOPBACK", "UP", "LOWER_UP"],
  mtu: 65536,
  operstate: "UNKNOWN",
  link_type: "loopback",
  address: "00:00:00:00:00:00",
  addr_info: [
    { family: "inet", local: "127.0.0.1", prefixlen: 8, scope: "host" },
    { family: "inet6", local: "::1", prefixlen: 128, scope: "host" },
  ],
};

function ether(name: string, more: object = {}): object {
  return {
    ifindex: 2,
    ifname: name,
    flags: ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"],
    mtu: 1500,
    operstate: "UP",
    link_type: "ether",
    address: "52:54:00:00:50:10",
    addr_info: [],
    ...more,
  };
}

function kindsOf(links: Record<string, object>): Record<string, string> {
  const addr = Object.entries(links).map(([name, more]) => ether(name, more));
  const found = interfacesFromIp(addr, [], {
    wireless: new Set(["wlan0"]),
    speeds: new Map(),
  });
  return Object.fromEntries(found.map(({ name, kind }) => [name, kind]));
}

describe("the host's interfaces from ip", () => {
  it("have addresses without the link-local ones, the router of the default route, and no false MAC", () => {
    const eth0 = ether("eth0", {
      addr_info: [
        { family: "inet", local: "192.168.50.10", prefixlen: 24, scope: "global" },
        { family: "inet6", local: "fd00:50::10", prefixlen: 64, scope: "global" },
        { family: "inet6", local: "fe80::5054:ff:fe00:5010", prefixlen: 64, scope: "link" },
      ],
    });
    const route = [{ dst: "default", gateway: "192.168.50.1", dev: "eth0", flags: [] }];
    assert.deepEqual(interfacesFromIp([lo, eth0], route), [
      {
        name: "lo",
        kind: "loopback",
        up: true,
        addresses: ["127.0.0.1/8", "::1/128"],
        mtu: 65536,
      },
      {
        name: "eth0",
        kind: "ethernet",
        up: true,
        mac: "52:54:00:00:50:10",
        addresses: ["192.168.50.10/24", "fd00:50::10/64"],
        gateway: "192.168.50.1",
        mtu: 1500,
      },
    ]);
  });

  it("have a kind each", () => {
    const info = (info_kind: string) => ({ linkinfo: { info_kind } });
    assert.deepEqual(
      kindsOf({
        eth0: {},
        wlan0: {},
        "eth0.10": info("vlan"),
        docker0: info("bridge"),
        bond0: info("bond"),
        team0: info("team"),
        veth1: info("veth"),
        shim: info("macvlan"),
        ipv: info("ipvlan"),
        wg0: { ...info("wireguard"), link_type: "none" },
        tun0: { ...info("tun"), link_type: "none" },
        ppp0: { link_type: "ppp" },
        dm: info("dummy"),
        ib0: { link_type: "infiniband" },
      }),
      {
        eth0: "ethernet",
        wlan0: "wireless",
        "eth0.10": "vlan",
        docker0: "bridge",
        bond0: "bond",
        team0: "bond",
        veth1: "veth",
        shim: "macvlan",
        ipv: "macvlan",
        wg0: "tunnel",
        tun0: "tunnel",
        ppp0: "tunnel",
        dm: "other",
        ib0: "other",
      },
    );
  });

  it("say the parent and id of a VLAN, and the master of a member", () => {
    const [vlan, member] = interfacesFromIp(
      [
        ether("trunk.10", {
          link: "trunk",
          linkinfo: { info_kind: "vlan", info_data: { protocol: "802.1Q", id: 10, flags: [] } },
        }),
        ether("eth1", { master: "br0", linkinfo: { info_slave_kind: "bridge" } }),
      ],
      [],
    );
    assert.deepEqual(vlan?.vlan, { parent: "trunk", id: 10 });
    assert.equal(member?.master, "br0");
    assert.equal(member.kind, "ethernet");
    assert.equal(member.vlan, undefined);
  });

  for (const [title, more, up] of [
    ["up", {}, true],
    ["up where the driver does not tell", { operstate: "UNKNOWN" }, true],
    ["down without a cable", { operstate: "DOWN", flags: ["UP", "NO-CARRIER"] }, false],
    ["down when the link below is", { operstate: "LOWERLAYERDOWN" }, false],
    ["down when it was set down", { operstate: "DOWN", flags: ["BROADCAST"] }, false],
  ] as const) {
    it(`are ${title}`, () => {
      const [found] = interfacesFromIp([ether("eth0", more)], []);
      assert.equal(found?.up, up);
    });
  }

  it("take the default route that the kernel prefers, of several next hops too", () => {
    const routes = [
      { dst: "default", gateway: "10.0.0.2", dev: "eth0", metric: 600 },
      { dst: "default", gateway: "10.0.0.1", dev: "eth0", metric: 100 },
      { dst: "10.0.0.0/24", dev: "eth0" },
      { dst: "default", nexthops: [{ gateway: "10.1.0.1", dev: "eth1" }], metric: 50 },
      { dst: "default", dev: "tun0", scope: "link" },
    ];
    const found = interfacesFromIp([ether("eth0"), ether("eth1"), ether("tun0")], routes);
    assert.deepEqual(
      found.map(({ gateway }) => gateway),
      ["10.0.0.1", "10.1.0.1", undefined],
    );
  });

  it("are none in anything else", () => {
    for (const output of [undefined, {}, "text", [null, {}, { ifname: "" }]]) {
      assert.deepEqual(interfacesFromIp(output, undefined), []);
    }
  });
});

describe("neighbours from ip", () => {
  it("are those that answered", () => {
    const neigh = [
      { dst: "192.168.50.1", dev: "lan0", lladdr: "52:54:00:00:50:01", state: ["STALE"] },
      { dst: "192.168.50.9", dev: "lan0", state: ["FAILED"] },
      { dst: "192.168.50.8", dev: "lan0", state: ["INCOMPLETE"] },
      { dst: "192.168.50.7", dev: "lan0", lladdr: "52:54:00:00:50:07", state: ["FAILED"] },
      { dst: "fe80::1", dev: "lan0", lladdr: "52:54:00:00:50:01", state: ["REACHABLE"] },
    ];
    assert.deepEqual(neighboursFromIp(neigh), [
      { address: "192.168.50.1", mac: "52:54:00:00:50:01", interface: "lan0" },
    ]);
    assert.deepEqual(neighboursFromIp({}), []);
  });
});
