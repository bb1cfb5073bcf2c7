import assert from "node:assert/strict";
import type { Inventory } from "../../../src/inventory/inventory";
import type { Facts } from "../../../src/model/facts";
import type { EngineNetwork, PoolStatus } from "../../../src/model/network";
import { EngineCounts } from "../../../src/views/engineCounts";
import type { NetworkNode } from "../../../src/views/nodes";
import { TreeModel } from "../../../src/views/treeModel";
import { container, eth0, lan } from "./facts";

const small: EngineNetwork = {
  ...lan,
  ipam: [
    {
      subnet: "192.168.50.0/24",
      ipRange: "192.168.50.64/30",
      gateway: "192.168.50.1",
      aux: { inrange: "192.168.50.65", out: "192.168.50.129" },
    },
  ],
};
const base: Facts = { engine: { version: "29.0.0" }, interfaces: [eth0], networks: [small] };
const withOne: Facts = { ...base, containers: [container("box", "192.168.50.64")] };

describe("the engine's own counts in the tree", () => {
  let model: TreeModel;
  let asked: string[];
  let answer: readonly PoolStatus[] | undefined | Error;
  let told: NetworkNode[];
  let counts: EngineCounts;

  beforeEach(() => {
    [model, asked, told, answer] = [new TreeModel(), [], [], undefined];
    const client = {
      poolStatus: (id: string) => {
        asked.push(id);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    } as unknown as NonNullable<Inventory["client"]>;
    counts = new EngineCounts(
      () => client,
      () => model,
      (row) => told.push(row),
    );
  });

  const status = (inUse: bigint, left: bigint) => [{ subnet: "192.168.50.0/24", inUse, left }];
  const row = () => model.find(`network:${lan.id}`) as NetworkNode;
  const line = () => row().tooltip.rows.find(([name]) => name === "192.168.50.0/24")?.[1];
  const kinds = () => row().problems.map(({ kind }) => kind);

  it("are the same as ours in the case that moby's own test has", () => {
    // integration/network/macvlan/macvlan_test.go, TestMacvlanIPAM: 6 in use, 2 of the range left.
    model.update(withOne);
    assert.equal(line(), "1 used, 249 free; 2 left for the engine to hand out");
    const known = model.counts.knownOf(lan.id) ?? "";
    model.setStatus(lan.id, known, status(6n, 2n));
    assert.equal(line(), "1 used, 249 free; 2 left for the engine to hand out, as it says itself");
  });

  it("are asked for once for a network that is nearly full, and anew when that changes", async () => {
    model.update(withOne);
    counts.askWhereNeeded();
    counts.askWhereNeeded();
    assert.deepEqual(asked, [lan.id]);
    model.update({ ...withOne, containers: [container("box", "192.168.50.66")] });
    counts.askWhereNeeded();
    assert.equal(asked.length, 1, "as many are left as before");
    model.update(base);
    counts.askWhereNeeded();
    assert.equal(asked.length, 2);
    await Promise.resolve();
  });

  it("are not asked for where plenty is left, until somebody points at the row", async () => {
    model.update({ ...base, networks: [lan] });
    counts.askWhereNeeded();
    assert.deepEqual(asked, []);
    answer = status(3n, 253n);
    await counts.ask(lan.id);
    assert.match(line() ?? "", /253 left .* as it says itself$/);
    assert.deepEqual(told, [row()]);
  });

  it("tell that a range is used up that looks as if it were not, and by what", async () => {
    model.update(withOne);
    assert.deepEqual(kinds().includes("range-exhausted"), false);
    answer = status(8n, 0n);
    counts.askWhereNeeded();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(kinds().includes("range-exhausted"), true);
    const problem = row().problems.find(({ kind }) => kind === "range-exhausted");
    assert.match(problem?.text ?? "", /is in use \(2 by nothing that the engine lists\)\. A/);
    assert.match(line() ?? "", /^1 used, 247 free; 0 left/);
    // A container went: what the engine counted before says nothing any more.
    model.update(base);
    assert.equal(kinds().includes("range-exhausted"), false);
    assert.match(line() ?? "", /hand out$/);
  });

  it("change nothing where they cannot be had, and when they come too late", async () => {
    model.update(withOne);
    const before = line();
    answer = new Error("gone");
    await counts.ask(lan.id);
    answer = status(8n, 0n);
    const late = counts.ask(lan.id);
    model.update(base);
    model.update({ ...withOne, containers: [] });
    await late;
    assert.match(line() ?? "", /hand out$/);
    assert.notEqual(line(), before);
    assert.deepEqual(told, []);
  });
});
