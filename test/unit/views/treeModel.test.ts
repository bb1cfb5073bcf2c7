import assert from "node:assert/strict";
import type { Facts } from "../../../src/model/facts";
import { type TreeNode, allNodes } from "../../../src/views/nodes";
import { plainShape } from "../../../src/views/shape";
import { readShape } from "../../../src/views/shapeMemory";
import { TreeModel, buildTree } from "../../../src/views/treeModel";
import { container, eth0, lan, stopped } from "./facts";

const networks = Array.from({ length: 50 }, (_, i) => ({
  ...lan,
  id: `n${i}`,
  name: `n${i}`,
  parent: `eth0.${i + 1}`,
  ipam: [{ subnet: `10.0.${i}.0/24`, gateway: `10.0.${i}.1` }],
}));
const containers = Array.from({ length: 500 }, (_, i) =>
  container(`c${i}`, `10.0.${i % 50}.${10 + Math.floor(i / 50)}`, { network: `n${i % 50}` }),
);
const vlans = networks.map(({ parent }, i) => ({
  name: parent,
  kind: "vlan" as const,
  up: true,
  addresses: [],
  vlan: { parent: "eth0", id: i + 1 },
}));
const facts: Facts = { interfaces: [eth0, ...vlans], networks, containers };

const labelsOf = (nodes: readonly TreeNode[]) => nodes.map(({ label }) => label);
/** With one container replaced. */
const replaced = (index: number, change: object): Facts => ({
  ...facts,
  containers: containers.map((one, i) => (i === index ? { ...one, ...change } : one)),
});

describe("the tree, kept up to date", () => {
  const model = () => {
    const made = new TreeModel();
    made.update(facts);
    return made;
  };

  it("works out every row once", () => {
    const { made, whole } = new TreeModel().update(facts);
    assert.equal(made, 550);
    assert.ok(whole);
  });

  it("does nothing for facts that say the same", () => {
    assert.deepEqual(model().update({ ...facts }), { whole: false, nodes: [], made: 0 });
  });

  it("works out two rows for an event of one container, and tells of these alone", () => {
    const tree = model();
    const before = tree.find("network:n7");
    const { whole, nodes, made } = tree.update(replaced(7, stopped));
    assert.equal(made, 2);
    assert.equal(whole, false);
    assert.deepEqual(labelsOf(nodes), ["n7"]);
    assert.equal(tree.find("network:n7"), before);
  });

  it("keeps the row's object, so that the workbench finds it again, and rewrites it", () => {
    const tree = model();
    const node = tree.find("container:n7:id-c7");
    tree.update(replaced(7, stopped));
    assert.equal(tree.find("container:n7:id-c7"), node);
    assert.match(node?.description ?? "", /exited$/);
  });

  it("tells of the network when a container comes or goes, and is what it would be made from nothing", () => {
    const tree = model();
    const fewer: Facts = { ...facts, containers: containers.slice(1) };
    const gone = tree.update(fewer);
    assert.deepEqual(labelsOf(gone.nodes), ["n0"]);
    assert.equal(gone.made, 1);
    assert.deepEqual(tree.roots, buildTree(fewer));
    const back = tree.update(facts);
    assert.deepEqual(labelsOf(back.nodes), ["n0"]);
    assert.deepEqual(tree.roots, buildTree(facts));
  });

  it("brings problems to both holders of an address, and takes them away", () => {
    const tree = model();
    const twin = replaced(57, {
      attachments: [{ network: "n7", ipv4: "10.0.7.10", static: true }],
    });
    const { nodes } = tree.update(twin);
    assert.deepEqual(tree.problems.map(({ node }) => node.label).sort(), ["c57", "c7"]);
    assert.deepEqual(labelsOf(nodes), ["n7"]);
    tree.update(facts);
    assert.deepEqual(tree.problems, []);
    assert.deepEqual(tree.roots, buildTree(facts));
  });

  it("looks at neighbours without making rows that stay the same", () => {
    const tree = model();
    const neighbours = [{ address: "172.16.0.9", mac: "00:11:32:aa:bb:cc", interface: "eth0" }];
    const { whole, nodes } = tree.update({ ...facts, neighbours });
    assert.equal(whole, false);
    assert.deepEqual(nodes, []);
  });

  it("equals a tree made from nothing after a series of random changes", () => {
    const tree = model();
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    let now = facts;
    for (let step = 0; step < 200; step++) {
      const list = [...(now.containers ?? [])];
      const at = random(list.length);
      const kind = random(6);
      if (kind === 0) list.splice(at, 1);
      else if (kind === 1) list.push(container(`x${step}`, "10.0.3.33", { network: "n3" }));
      else {
        const network = `n${random(50)}`;
        const before = list[at];
        assert.ok(before);
        const ipv4 = `10.0.${network.slice(1)}.${10 + random(12)}`;
        list[at] = { ...before, running: random(2) === 0, attachments: [{ network, ipv4 }] };
      }
      const nets = [...(now.networks ?? [])];
      if (kind === 5) {
        const other = nets[random(nets.length)];
        assert.ok(other);
        const parent = `eth0.${1 + random(50)}`;
        nets[nets.indexOf(other)] = { ...other, parent };
      }
      now = { ...now, containers: list, networks: kind === 5 ? nets : (now.networks ?? []) };
      tree.update(now);
    }
    assert.deepEqual(tree.roots, buildTree(now));
  });
});

describe("how the user wants the tree", () => {
  const dns = { ...lan, id: "dns-id", name: "dns_lan", project: "dns", composeKey: "lan" };
  const small: Facts = {
    interfaces: [eth0],
    networks: [lan, { ...dns, parent: "eth0.20" }],
    containers: [
      container("pihole", "192.168.50.20", { network: "dns_lan", project: "dns" }),
      container("unbound", "192.168.50.3", { network: "dns_lan", project: "dns", ...stopped }),
      container("nas", "192.168.50.4"),
    ],
  };
  const seen = (change: object) =>
    labelsOf([...allNodes(buildTree(small, { ...plainShape, ...change }))]);

  it("filters by the words of a row and of those above it", () => {
    assert.deepEqual(seen({ filter: "PIHOLE" }), ["eth0", "eth0.20", "dns_lan", "pihole"]);
    assert.deepEqual(seen({ filter: "dns 50.3" }), ["eth0", "eth0.20", "dns_lan", "unbound"]);
    assert.deepEqual(seen({ filter: "eth0.20" }), [
      "eth0",
      "eth0.20",
      "dns_lan",
      "pihole",
      "unbound",
    ]);
    assert.deepEqual(seen({ filter: "@stopped" }), ["eth0", "eth0.20", "dns_lan", "unbound"]);
    assert.deepEqual(seen({ filter: "@problems nas" }), ["eth0"].slice(1));
    assert.deepEqual(seen({ filter: "nowhere" }), []);
  });

  it("filters again when something changes, and shows everything when it is over", () => {
    const tree = new TreeModel();
    const shape = { ...plainShape, filter: "@stopped" };
    tree.update(small, shape);
    const [first, ...others] = small.containers ?? [];
    assert.ok(first);
    const change = tree.update(
      { ...small, containers: [{ ...first, ...stopped }, ...others] },
      shape,
    );
    assert.ok(change.whole);
    assert.ok(labelsOf([...allNodes(tree.roots)]).includes("pihole"));
    tree.update(small, plainShape);
    assert.deepEqual(tree.roots, buildTree(small));
  });

  it("groups by the project that made a network, or not at all", () => {
    const roots = (grouping: "project" | "none") =>
      buildTree(small, { ...plainShape, grouping }).map((node) => [
        node.label,
        ...labelsOf(node.children),
      ]);
    assert.deepEqual(roots("project"), [
      ["dns", "dns_lan"],
      ["Made by hand", "lan"],
    ]);
    assert.deepEqual(roots("none"), [
      ["dns_lan", "pihole", "unbound"],
      ["lan", "nas"],
    ]);
    const flat = buildTree(small, { ...plainShape, grouping: "none" });
    assert.match(flat[0]?.description ?? "", / · on eth0\.20 · /);
  });

  it("sorts by address, numbers by value, or with problems first", () => {
    assert.deepEqual(seen({ order: "address", filter: "dns" }).slice(-2), ["unbound", "pihole"]);
    const twice = {
      ...small,
      containers: [...(small.containers ?? []), container("twin", "192.168.50.4")],
    };
    const first = buildTree(twice, { ...plainShape, order: "problems", grouping: "none" })[0];
    assert.equal(first?.label, "lan");
  });

  it("leaves out the problems that the user does not want to see", () => {
    const facts: Facts = { interfaces: [], networks: [lan] };
    const [node] = buildTree(facts)[0]?.children ?? [];
    assert.equal(node?.problems.length, 1);
    const ignored = new Set(["parent-missing lan"]);
    const [quiet] = buildTree(facts, { ...plainShape, ignored })[0]?.children ?? [];
    assert.deepEqual(quiet?.problems, []);
    assert.deepEqual(quiet.tooltip.problems, []);
  });

  it("is read back as far as it can be", () => {
    assert.deepEqual(readShape(undefined), plainShape);
    assert.deepEqual(readShape({ filter: 3, order: "size", grouping: "none", ignored: ["a", 1] }), {
      ...plainShape,
      grouping: "none",
      ignored: new Set(["a"]),
    });
  });
});

describe("networks of a swarm", () => {
  const template = {
    id: "t",
    name: "lan-here",
    driver: "null",
    parent: "eth0",
    configOnly: true,
    ipam: [{ subnet: "192.168.50.0/24", ipRange: "192.168.50.64/28" }],
  };
  const swarm = {
    id: "s",
    name: "lan-swarm",
    driver: "macvlan",
    scope: "swarm",
    configFrom: "lan-here",
    ipam: [],
  };
  const tree = buildTree({ interfaces: [eth0], networks: [template, swarm] });

  it("are shown as what they are: a template under its parent, the swarm's own apart", () => {
    const [iface, group] = tree;
    const [node] = iface?.children ?? [];
    assert.match(node?.description ?? "", /^template for swarm networks · 192\.168\.50\.0\/24/);
    assert.ok(node?.tags.includes("template"));
    assert.ok(node && !node.tags.includes("network"), "nothing can be run on it");
    assert.equal(group?.label, "Swarm");
    assert.deepEqual(labelsOf(group.children), ["lan-swarm"]);
    assert.equal(group.children[0]?.description, "swarm macvlan");
    assert.ok(group.children[0].tooltip.rows.some(([, value]) => value === "lan-here"));
  });

  it("have no problems of their own", () => {
    assert.deepEqual(
      [...allNodes(tree)].flatMap(({ problems }) => problems),
      [],
    );
  });
});
