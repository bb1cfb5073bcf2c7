import assert from "node:assert/strict";
import { factsFor, isSame, pieces } from "../../../src/editor/workspace/sentFacts";
import type { Facts } from "../../../src/model/facts";

const container = (id: string) => ({ id, name: id, running: true, attachments: [] });

const facts: Facts = {
  engine: { version: "28.5.2" },
  networks: [{ id: "1", name: "lan", driver: "macvlan" }],
  neighbours: [{ address: "10.0.0.1", mac: "02:00:00:00:00:01", interface: "eth0" }],
  containers: [container("a")],
};

describe("facts for the check of the workspace", () => {
  it("leave out what changes often and no claim depends on", () => {
    const { engine, networks, neighbours } = facts;
    assert.deepEqual(factsFor("openFiles", facts), { engine, networks });
    assert.deepEqual(factsFor("all", facts), { engine, networks, neighbours });
  });

  it("are the same as long as their items are", () => {
    const [network] = facts.networks ?? [];
    assert.ok(isSame(facts, { ...facts, networks: [network!] }));
    assert.ok(!isSame(facts, { ...facts, networks: [{ ...network! }] }));
    assert.ok(!isSame(facts, { ...facts, engine: { version: "29.0" } }));
    assert.ok(!isSame(facts, { ...facts, containers: [] }));
  });

  it("give their containers in pieces, none lost", () => {
    const containers = Array.from({ length: 450 }, (_, index) => container(String(index)));
    assert.deepEqual(
      pieces(containers).map(({ length }) => length),
      [200, 200, 50],
    );
    assert.deepEqual(pieces(containers).flat(), containers);
    assert.deepEqual(pieces([]), []);
  });
});
