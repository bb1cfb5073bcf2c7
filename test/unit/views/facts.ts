/** One host with a LAN, for the tests of the tree. */
import assert from "node:assert/strict";
import type { EngineContainer } from "../../../src/model/attachment";
import type { Facts } from "../../../src/model/facts";
import type { HostInterface } from "../../../src/model/hostInterface";
import type { EngineNetwork } from "../../../src/model/network";
import { type TreeNode, allNodes } from "../../../src/views/nodes";
import type { Problem, ProblemKind } from "../../../src/views/problem";
import { buildTree } from "../../../src/views/treeModel";

export const eth0: HostInterface = {
  name: "eth0",
  kind: "ethernet",
  up: true,
  mac: "52:54:00:00:00:01",
  addresses: ["192.168.50.10/24"],
  gateway: "192.168.50.1",
  routes: ["192.168.50.0/24"],
};

export const lan: EngineNetwork = {
  id: "aaaaaaaaaaaaaaaa",
  name: "lan",
  driver: "macvlan",
  parent: "eth0",
  ipam: [{ subnet: "192.168.50.0/24", gateway: "192.168.50.1" }],
};

/** A container with a fixed address on one network. */
export function container(
  name: string,
  ipv4: string | undefined,
  more: { network?: string; mac?: string; dynamic?: boolean } & Partial<EngineContainer> = {},
): EngineContainer {
  const { network = "lan", mac, dynamic, ...rest } = more;
  const attachment = {
    network,
    ...(ipv4 !== undefined && { ipv4 }),
    ...(mac !== undefined && { mac }),
    ...(dynamic !== true && { static: true }),
  };
  return { id: `id-${name}`, name, running: true, attachments: [attachment], ...rest };
}

export const stopped = { running: false, state: "exited" };

/** The row of this label. */
export function row(facts: Facts, label: string): TreeNode {
  const node = [...allNodes(buildTree(facts))].find((candidate) => candidate.label === label);
  assert.ok(node, `no row ${label}`);
  return node;
}

/** The problem of this kind of the row, which must be there. */
export function problem(facts: Facts, label: string, kind: ProblemKind): Problem {
  const { problems } = row(facts, label);
  const found = problems.find((one) => one.kind === kind);
  assert.ok(found, `${label} has no ${kind}, but ${problems.map((one) => one.kind).join()}`);
  return found;
}

export function kinds(facts: Facts, label: string): ProblemKind[] {
  return row(facts, label).problems.map(({ kind }) => kind);
}
