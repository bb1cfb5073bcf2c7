import assert from "node:assert/strict";
import type { Facts } from "../../../src/model/facts";
import { type TreeNode, allNodes } from "../../../src/views/nodes";
import { buildTree } from "../../../src/views/treeModel";

/** `label | description`, with the children of a node behind it in an array. */
type Shape = (string | Shape)[];

function shape(nodes: readonly TreeNode[]): Shape {
  return nodes.flatMap((node) => {
    const text = `${node.label} | ${node.description}`;
    return node.children.length > 0 ? [text, shape(node.children)] : [text];
  });
}

function find(facts: Facts, label: string): TreeNode {
  const node = [...allNodes(buildTree(facts))].find((candidate) => candidate.label === label);
  assert.ok(node, `no node ${label}`);
  return node;
}

const eth0 = {
  name: "eth0",
  kind: "ethernet",
  up: true,
  mac: "52:54:00:00:00:01",
  addresses: ["192.168.50.10/24", "fe80::1/64"],
  gateway: "192.168.50.1",
} as const;
const lan = {
  id: "aaaaaaaaaaaaaaaa",
  name: "lan",
  driver: "macvlan",
  parent: "eth0",
  ipam: [{ subnet: "192.168.50.0/24", gateway: "192.168.50.1" }],
} as const;
const pihole = {
  id: "c1",
  name: "pihole",
  running: true,
  state: "running",
  attachments: [{ network: "lan", ipv4: "192.168.50.20", mac: "02:42:c0:a8:32:14", static: true }],
} as const;
const base: Facts = {
  engine: { version: "28.5.2" },
  interfaces: [eth0],
  networks: [lan],
  containers: [pihole],
};

describe("the tree's nodes", () => {
  it("puts containers under networks under their parent interface", () => {
    assert.deepEqual(shape(buildTree(base)), [
      "eth0 | up · 192.168.50.10/24",
      [
        "lan | macvlan bridge · 192.168.50.0/24 · 1 used, 251 free",
        ["pihole | 192.168.50.20 · 02:42:c0:a8:32:14"],
      ],
    ]);
  });

  it("sorts by name, numbers by value", () => {
    const interfaces = ["eth10", "eth2", "br1"].map((name) => ({ ...eth0, name, addresses: [] }));
    assert.deepEqual(shape(buildTree({ interfaces })), ["br1 | up", "eth2 | up", "eth10 | up"]);
  });

  it("hides what carries no LAN, unless a network uses it", () => {
    const interfaces = [
      { name: "lo", kind: "loopback", up: true, addresses: ["127.0.0.1/8"] },
      { name: "docker0", kind: "bridge", up: true, addresses: ["172.17.0.1/16"] },
      { name: "br-0123456789ab", kind: "bridge", up: true, addresses: ["172.18.0.1/16"] },
      { name: "veth12", kind: "veth", up: true, addresses: [], master: "docker0" },
      { name: "veth34", kind: "veth", up: true, addresses: ["fe80::5/64"] },
      { name: "tun0", kind: "tunnel", up: true, addresses: ["10.8.0.2/24"] },
    ] as const;
    assert.deepEqual(buildTree({ interfaces }), []);
    const networks = [{ ...lan, parent: "docker0", ipam: [] }];
    assert.deepEqual(shape(buildTree({ interfaces, networks })), [
      "docker0 | bridge · up · 172.17.0.1/16",
      ["lan | macvlan bridge"],
    ]);
  });

  it("shows a veth that is the LAN of a host which is a container itself", () => {
    const interfaces = [
      { name: "lan0", kind: "veth", up: true, addresses: ["10.0.0.2/24"] },
    ] as const;
    assert.deepEqual(shape(buildTree({ interfaces })), ["lan0 | up · 10.0.0.2/24"]);
  });

  it("marks wireless, enslaved and down interfaces in words", () => {
    const interfaces = [
      { name: "wlan0", kind: "wireless", up: true, addresses: ["192.168.1.4/24"] },
      { name: "eth1", kind: "ethernet", up: true, addresses: [], master: "br0" },
      { name: "eth2", kind: "ethernet", up: false, addresses: [] },
      { name: "br0", kind: "bridge", up: true, addresses: [] },
    ] as const;
    assert.deepEqual(shape(buildTree({ interfaces })), [
      "br0 | bridge · up",
      "eth1 | up · port of br0",
      "eth2 | down",
      "wlan0 | wireless · up · 192.168.1.4/24",
    ]);
    assert.match(find({ interfaces }, "wlan0").tooltip.notes[0] ?? "", /access points/);
  });

  it("nests VLAN interfaces, with their networks, under the trunk", () => {
    const vlan = {
      name: "eth0.30",
      kind: "vlan",
      up: true,
      addresses: [],
      vlan: { parent: "eth0", id: 30 },
    } as const;
    const iot = {
      id: "b",
      name: "iot",
      driver: "ipvlan",
      mode: "l3",
      parent: "eth0.30",
      internal: true,
      ipam: [{ subnet: "10.30.0.0/29", gateway: "10.30.0.1" }, { subnet: "fd00:30::/64" }],
    } as const;
    const facts = { ...base, interfaces: [eth0, vlan], networks: [lan, iot], containers: [] };
    assert.deepEqual(shape(buildTree(facts)), [
      "eth0 | up · 192.168.50.10/24",
      [
        "lan | macvlan bridge · 192.168.50.0/24 · 0 used, 252 free",
        "eth0.30 | VLAN 30 · up",
        ["iot | ipvlan l3 · internal · 10.30.0.0/29 +1 · 0 used, 5 free"],
      ],
    ]);
  });

  it("shows a parent that the host does not have as missing, and counts it", () => {
    const facts = { ...base, networks: [{ ...lan, parent: "eth9" }], containers: [] };
    assert.deepEqual(shape(buildTree(facts)), [
      "eth0 | up · 192.168.50.10/24",
      "eth9 | missing on the host",
      ["lan | parent eth9 missing · macvlan bridge · 192.168.50.0/24 · 0 used, 252 free"],
    ]);
    const node = find(facts, "lan");
    assert.equal(node.problems.length, 1);
    assert.ok(node.tags.includes("parentMissing"));
    assert.match(node.spoken, /^Network lan, macvlan bridge, parent eth9 missing, subnet /);
  });

  it("says nothing of a parent's state when the host cannot be read", () => {
    const { interfaces, ...remote } = base;
    assert.ok(interfaces);
    assert.equal(shape(buildTree(remote))[0], "eth0 | state not known");
    assert.deepEqual(find(remote, "lan").problems, []);
  });

  it("groups networks without a parent, also when the engine named its dummy link", () => {
    const { parent, ...orphan } = lan;
    assert.equal(parent, "eth0");
    const dummy = { ...lan, id: "d", name: "dummy", parent: "dm-0123456789ab" };
    const facts = { networks: [orphan, dummy] };
    const [group] = buildTree(facts);
    assert.equal(group?.id, "group:no-parent");
    assert.deepEqual(
      group.children.map(({ label }) => label),
      ["dummy", "lan"],
    );
  });

  it("leaves out networks of other drivers", () => {
    assert.deepEqual(buildTree({ networks: [{ id: "x", name: "bridge", driver: "bridge" }] }), []);
  });

  it("tells a stopped container and its claim", () => {
    const stopped = { ...pihole, running: false, state: "exited" };
    const node = find({ ...base, containers: [stopped] }, "pihole");
    assert.equal(node.description, "192.168.50.20 · 02:42:c0:a8:32:14 · exited");
    assert.match(node.spoken, /exited, address 192\.168\.50\.20 claimed/);
    assert.ok(node.tags.includes("stopped"));
    assert.deepEqual(node.problems, []);
  });

  it("counts the gateway that the engine took without being told", () => {
    const unwritten = { ...lan, ipam: [{ subnet: "192.168.50.0/24" }] };
    const interfaces = [{ ...eth0, addresses: [], gateway: undefined }].map(
      ({ gateway, ...host }) => (assert.equal(gateway, undefined), host),
    );
    const free = (version: string) =>
      find({ engine: { version }, interfaces, networks: [unwritten] }, "lan").description;
    assert.match(free("28.5.2"), /253 free$/);
    assert.match(free("29.1.0"), /254 free$/);
  });

  it("does not count the addresses of a large IPv6 subnet", () => {
    const v6 = { ...lan, enableIpv6: true, ipam: [{ subnet: "fd00::/64", gateway: "fd00::1" }] };
    assert.match(find({ networks: [v6] }, "lan").description, /fd00::\/64 · 0 used, plenty free$/);
  });

  it("tells the range that the engine hands out, where it is not the whole subnet", () => {
    const ipam = [
      { subnet: "192.168.50.0/24", gateway: "192.168.50.1", ipRange: "192.168.50.224/28" },
    ];
    assert.equal(
      find({ networks: [{ ...lan, ipam }] }, "lan").description,
      "macvlan bridge · 192.168.50.0/24 · range 192.168.50.224/28 · 0 used, 253 free",
    );
  });

  it("gives every node an id of its own that outlives a change", () => {
    const two = { ...lan, id: "f", name: "lan2" };
    const both = {
      ...pihole,
      attachments: [...pihole.attachments, { network: "lan2", ipv4: "192.168.50.21" }],
    };
    const ids = (facts: Facts) => [...allNodes(buildTree(facts))].map(({ id }) => id);
    const before = ids({ ...base, networks: [lan, two], containers: [both] });
    assert.equal(new Set(before).size, before.length);
    const after = ids({
      ...base,
      networks: [lan, two],
      containers: [{ ...both, name: "renamed", running: false }],
    });
    assert.deepEqual(after, before);
  });

  it("lists 100 networks with 500 containers in less than half a second", () => {
    const networks = Array.from({ length: 100 }, (_, i) => ({
      ...lan,
      id: `n${i}`,
      name: `n${i}`,
      parent: `eth0.${i}`,
      ipam: [{ subnet: `10.0.${i}.0/24` }],
    }));
    const containers = Array.from({ length: 500 }, (_, i) => ({
      id: `c${i}`,
      name: `c${i}`,
      running: true,
      attachments: [
        { network: `n${i % 100}`, ipv4: `10.0.${i % 100}.${10 + Math.floor(i / 100)}` },
      ],
    }));
    const start = performance.now();
    const nodes = [...allNodes(buildTree({ interfaces: [eth0], networks, containers }))];
    assert.equal(nodes.filter(({ kind }) => kind === "container").length, 500);
    assert.ok(performance.now() - start < 500, `${performance.now() - start} ms`);
  });
});
