import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Endpoint } from "../../../src/docker/dockerHost";
import { endpointInterval } from "../../../src/inventory/engineLink";
import type { Inventory } from "../../../src/inventory/inventory";
import { createInventory } from "../../../src/inventory/liveInventory";
import { FakeClock } from "../docker/fakeClock";
import { FakeEngine, world } from "./fakeEngine";

const home = "/home/ann/.docker";
const metaOf = (name: string) =>
  `${home}/contexts/meta/${createHash("sha256").update(name).digest("hex")}/meta.json`;
const stored = (Host: string) => JSON.stringify({ Name: "x", Endpoints: { docker: { Host } } });
const current = (currentContext: string) => JSON.stringify({ currentContext });

describe("the inventory of an engine that a context names", () => {
  let clock: FakeClock;
  let files: Map<string, string>;
  let reads: number;
  let connections: string[];
  let inventory: Inventory;
  let engines: FakeEngine[];

  beforeEach(() => {
    clock = new FakeClock();
    files = new Map([
      [`${home}/config.json`, current("lab")],
      [metaOf("lab"), stored("tcp://lab:1")],
      [metaOf("zoo"), stored("tcp://zoo:1")],
    ]);
    reads = 0;
    connections = [];
    engines = [];
    inventory = createInventory({
      trusted: true,
      clock,
      random: () => 1,
      hostName: "nas",
      world: {
        ...world,
        readFile: (path) => {
          reads++;
          return Promise.resolve(files.get(path));
        },
      },
      connect: ({ label }: Endpoint) => {
        connections.push(label);
        const engine = new FakeEngine();
        engines.push(engine);
        return Promise.resolve(engine.client);
      },
    });
  });

  afterEach(() => {
    inventory.dispose();
    assert.equal(clock.pending, 0, "timers are left");
    for (const engine of engines) assert.equal(engine.disposed, 1);
  });

  it("follows the current context", async () => {
    inventory.watch();
    await clock.advance(0);
    assert.deepEqual(connections, ["tcp://lab:1"]);
    files.set(`${home}/config.json`, current("zoo"));
    await clock.advance(endpointInterval);
    assert.deepEqual(connections, ["tcp://lab:1", "tcp://zoo:1"]);
    assert.equal(engines[0]?.disposed, 1);
    assert.ok(inventory.state.kind === "connected" && inventory.state.endpoint === "tcp://zoo:1");
    assert.equal(inventory.state.source, "context zoo");
  });

  it("follows a context that is changed, and shows one that is removed", async () => {
    inventory.watch();
    await clock.advance(0);
    files.set(metaOf("lab"), stored("tcp://other:1"));
    await clock.advance(endpointInterval);
    assert.equal(connections.at(-1), "tcp://other:1");
    files.delete(metaOf("lab"));
    await clock.advance(endpointInterval);
    assert.ok(inventory.state.kind === "absent" && inventory.state.reason === "badEndpoint");
    assert.match(inventory.state.detail, /context lab .* does not exist/);
    files.set(metaOf("lab"), stored("tcp://back:1"));
    await clock.advance(endpointInterval);
    assert.equal(connections.at(-1), "tcp://back:1");
  });

  it("stays where it is while nothing changes, and looks only while somebody does", async () => {
    const watch = inventory.watch();
    await clock.advance(60_000);
    assert.deepEqual(connections, ["tcp://lab:1"]);
    watch.dispose();
    const before = reads;
    files.set(`${home}/config.json`, current("zoo"));
    await clock.advance(600_000);
    assert.equal(reads, before);
    inventory.watch();
    await clock.advance(0);
    assert.equal(connections.at(-1), "tcp://zoo:1");
  });

  it("lists the contexts to choose from, unless the workspace is not trusted", async () => {
    assert.equal((await inventory.contexts()).at(0)?.name, "default");
    inventory.setTrusted(false);
    reads = 0;
    assert.deepEqual(await inventory.contexts(), []);
    assert.equal(reads, 0);
  });
});
