import assert from "node:assert/strict";
import { badgeOf } from "../../../src/views/badge";
import type { TreeNode } from "../../../src/views/nodes";
import type { Problem } from "../../../src/views/problem";
import type { EngineState } from "../../../src/inventory/inventory";
import type { Facts } from "../../../src/model/facts";
import { type TreeShape, plainShape } from "../../../src/views/shape";
import { TreeModel } from "../../../src/views/treeModel";
import { screenOf } from "../../../src/views/screen";

const info = {
  version: "28.5.2",
  apiVersion: "1.51",
  os: "linux",
  operatingSystem: "Debian",
  kernel: "6.1",
  hostName: "nas",
  rootless: false,
  desktop: false,
};
const connected: Extract<EngineState, { kind: "connected" }> = {
  kind: "connected",
  detail: "",
  info,
  endpoint: "unix:///var/run/docker.sock",
  local: true,
  source: "default",
  platform: "linux",
  host: { id: "", way: "local" },
};
const interfaces = [{ name: "eth0", kind: "ethernet", up: true, addresses: [] }] as const;
const show = (state: EngineState, facts: Facts, shape: TreeShape = plainShape) => {
  const model = new TreeModel();
  model.update(facts, shape);
  const { roots, problems } = model;
  return screenOf(state, facts, { roots, problems, shape });
};

describe("what stands around the tree", () => {
  it("names the engine, and its host when that is another", () => {
    assert.equal(show(connected, {}).description, "Docker 28.5.2");
    const remote = (endpoint: string) =>
      show({ ...connected, endpoint, local: false }, {}).description;
    assert.equal(remote("ssh://me@nas"), "Docker 28.5.2 on nas");
    assert.equal(remote("tcp://10.0.0.5:2376"), "Docker 28.5.2 on 10.0.0.5");
  });

  it("invites to a first network only where interfaces are shown", () => {
    assert.match(show(connected, { interfaces }).message ?? "", /No macvlan or ipvlan network yet/);
    assert.equal(show(connected, {}).message, undefined);
  });

  it("tells that Docker Desktop and rootless engines reach no LAN", () => {
    const of = (platform: typeof connected.platform) =>
      show({ ...connected, platform }, { interfaces }).message ?? "";
    assert.match(of("desktop"), /Docker Desktop/);
    assert.match(of("rootless"), /rootless/);
    assert.match(of("wsl2"), /WSL 2/);
  });

  it("counts problems in the badge, and only them", () => {
    const network = { id: "a", name: "lan", driver: "macvlan", parent: "eth0" };
    const fine = show(connected, { interfaces, networks: [network] });
    assert.equal(fine.badge, undefined);
    assert.equal(fine.hasNetworks, true);
    const broken = show(connected, { interfaces, networks: [{ ...network, parent: "eth9" }] });
    assert.equal(broken.badge?.value, 1);
    assert.match(broken.badge.tooltip, /^1 problem\nlan: Its parent eth9 does not exist/);
  });

  it("tells problems and notes apart in words, and names the problems first", () => {
    const row = (label: string, level: "warning" | "information") => ({
      node: { label } as TreeNode,
      problem: { level, text: `${label} is so.` } as Problem,
    });
    const words = (...rows: ReturnType<typeof row>[]) => badgeOf(rows)?.tooltip.split("\n");
    assert.deepEqual(words(row("a", "information")), ["1 note", "a: a is so."]);
    assert.deepEqual(words(row("a", "information"), row("b", "warning"), row("c", "information")), [
      "1 problem and 2 notes",
      "b: b is so.",
      "a: a is so.",
      "c: c is so.",
    ]);
    const many = Array.from({ length: 7 }, (_, index) => row(`n${index}`, "warning"));
    assert.equal(badgeOf(many)?.value, 7);
    assert.equal(words(...many)?.[0], "7 problems");
    assert.equal(words(...many)?.at(-1), "2 more in the tree.");
    assert.equal(badgeOf([]), undefined);
  });

  it("says that a filter is on, also when nothing is left, and counts what it hides", () => {
    const network = { id: "a", name: "lan", driver: "macvlan", parent: "eth9" };
    const filtered = show(
      connected,
      { interfaces, networks: [network] },
      { ...plainShape, filter: "nowhere" },
    );
    assert.match(filtered.message ?? "", /^Nothing matches "nowhere"/);
    assert.equal(filtered.badge?.value, 1);
  });
});
