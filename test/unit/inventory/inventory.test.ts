import assert from "node:assert/strict";
import { type EngineClient, EngineError } from "../../../src/docker/engineClient";
import { hostReading } from "../../../src/inventory/hostReading";
import { hostInterval } from "../../../src/inventory/hostWatch";
import type { Disposable } from "../../../src/inventory/emitter";
import { containerInterval } from "../../../src/inventory/containerHost";
import { wholeInterval } from "../../../src/inventory/engineReader";
import type { HostFacts } from "../../../src/host/interfaces";
import type { Inventory } from "../../../src/inventory/inventory";
import { type InventoryOptions, createInventory } from "../../../src/inventory/liveInventory";
import type { EngineContainer } from "../../../src/model/attachment";
import type { EngineNetwork } from "../../../src/model/network";
import { FakeClock, settle } from "../docker/fakeClock";
import { FakeEngine, info, world } from "./fakeEngine";

const lan: EngineNetwork = { id: "1", name: "lan", driver: "macvlan", parent: "lan0" };
const box: EngineContainer = {
  id: "b",
  name: "box",
  running: true,
  attachments: [{ network: "lan", ipv4: "10.0.0.2" }],
};

describe("the inventory", () => {
  let engine: FakeEngine;
  let clock: FakeClock;
  let inventory: Inventory;
  let changes: string[];
  let hostReads: number;

  function make(options: Partial<InventoryOptions> = {}): void {
    inventory = createInventory({
      trusted: true,
      world,
      clock,
      random: () => 1,
      hostName: "nas",
      connect: () => Promise.resolve(engine.client),
      readHost: () => {
        hostReads++;
        return Promise.resolve({
          interfaces: [{ name: "lan0", kind: "ethernet", up: true, addresses: [] }],
          neighbours: [],
        });
      },
      ...options,
    });
    inventory.onDidChange(() => {
      const names = inventory.facts.networks?.map(({ name }) => name).join(" ");
      changes.push(
        names === undefined ? inventory.state.kind : `${inventory.state.kind}: ${names}`,
      );
    });
  }

  async function connected(options: Partial<InventoryOptions> = {}): Promise<void> {
    make(options);
    inventory.watch();
    await clock.advance(0);
    assert.equal(inventory.state.kind, "connected");
    changes = [];
  }

  beforeEach(() => {
    engine = new FakeEngine();
    clock = new FakeClock();
    changes = [];
    hostReads = 0;
  });

  afterEach(() => {
    inventory.dispose();
    assert.equal(clock.pending, 0, "timers are left");
    for (const { signal } of engine.streams) assert.equal(signal.aborted, true, "a stream is left");
  });

  it("reads the host over ssh where the engine is behind it, and waits for nothing", async () => {
    const asked: string[] = [];
    let answer: (host: HostFacts) => void = () => undefined;
    await connected({
      endpoint: { dockerHost: "ssh://me@far" },
      hostName: "here",
      remoteReader: (endpoint, hostName) => {
        asked.push(`${endpoint.label} ${hostName}`);
        return () => new Promise((resolve) => (answer = resolve));
      },
    });
    const names = () => inventory.facts.interfaces?.map(({ name }) => name);
    assert.equal(names(), undefined);
    assert.deepEqual(asked, ["ssh://me@far nas"]);
    answer({ interfaces: [{ name: "eth7", kind: "ethernet", up: true, addresses: [] }] });
    await clock.advance(0);
    assert.deepEqual(names(), ["eth7"]);
    assert.equal(hostReads, 0, "this machine is another one");
  });

  it("knows no interfaces of an engine behind tcp", async () => {
    await connected({ endpoint: { dockerHost: "tcp://far:2375" }, hostName: "here" });
    assert.equal(inventory.facts.interfaces, undefined);
    assert.equal(hostReads, 0);
  });

  describe("of an engine on a host that only a container can read", () => {
    // Loaded when it is first needed, which takes longer than the turns that the clock of the test waits.
    before(() => hostReading());

    const id = "tcp://far:2375 nas";
    const far = { endpoint: { dockerHost: "tcp://far:2375" }, hostName: "here" };
    const names = () => inventory.facts.interfaces?.map(({ name }) => name);
    const way = () => inventory.state.kind === "connected" && inventory.state.host.way;

    beforeEach(() => {
      engine.hostOutput = "\n@macvlan@ device eth9\nflags=0x1003\ntype=1\nphysical=yes\n";
    });

    it("makes none before the user agreed", async () => {
      await connected(far);
      await inventory.refresh();
      await clock.advance(3 * containerInterval);
      assert.deepEqual(inventory.state.kind === "connected" && inventory.state.host, {
        id,
        way: "askable",
      });
      assert.equal(names(), undefined);
      inventory.setHostConsents(new Set(["tcp://other:2375 nas"]));
      await clock.advance(containerInterval);
      assert.equal(engine.hostRuns, 0, "that was for another host");
    });

    it("reads it once agreed, now and then, and when networks come or go", async () => {
      await connected(far);
      inventory.setHostConsents(new Set([id]));
      assert.equal(way(), "container");
      await clock.advance(0);
      assert.deepEqual(names(), ["eth9"]);
      assert.equal(engine.hostRuns, 1);
      await clock.advance(containerInterval - 1);
      assert.equal(engine.hostRuns, 1);
      await clock.advance(1);
      assert.equal(engine.hostRuns, 2);
      engine.emit();
      await clock.advance(1_000);
      assert.equal(engine.hostRuns, 3);
      await inventory.refresh();
      assert.equal(engine.hostRuns, 4);
    });

    it("knows its interfaces at once where the user agreed before, and forgets them when that is taken back", async () => {
      make(far);
      inventory.setHostConsents(new Set([id]));
      inventory.watch();
      await clock.advance(0);
      assert.deepEqual(names(), ["eth9"]);
      inventory.setHostConsents(new Set());
      assert.equal(way(), "askable");
      assert.equal(names(), undefined);
      await clock.advance(2 * containerInterval);
      assert.equal(engine.hostRuns, 1);
    });

    it("says why it could not be read", async () => {
      engine.hostOutput = new EngineError("rejected", "not here");
      await connected(far);
      inventory.setHostConsents(new Set([id]));
      await clock.advance(0);
      assert.ok(inventory.state.kind === "connected");
      assert.deepEqual(inventory.state.host.trouble, { message: "not here", needsImage: false });
      assert.equal(names(), undefined);
    });
  });

  it("does nothing before somebody looks", async () => {
    make();
    await clock.advance(10_000);
    assert.equal(inventory.state.kind, "connecting");
    assert.equal(engine.streams.length, 0);
    assert.deepEqual(inventory.facts, {});
  });

  it("makes a reading of two calls, with the host's interfaces", async () => {
    engine.networks = [lan];
    make();
    inventory.watch();
    await clock.advance(0);
    assert.deepEqual(changes, ["connected: lan"]);
    assert.deepEqual([engine.infos, engine.lists, hostReads], [1, 1, 1]);
    assert.equal(inventory.client, engine.client);
    assert.ok(inventory.state.kind === "connected" && inventory.state.local);
    assert.equal(inventory.state.endpoint, "unix:///var/run/docker.sock");
    assert.equal(inventory.facts.interfaces?.[0]?.name, "lan0");
  });

  it("contacts nothing in a folder that is not trusted", async () => {
    let asked = 0;
    make({
      trusted: false,
      world: { ...world, exists: () => Promise.resolve(++asked > 0) },
    });
    inventory.watch();
    await inventory.refresh();
    await clock.advance(60_000);
    assert.equal(inventory.state.kind, "untrusted");
    assert.deepEqual([asked, engine.streams.length, hostReads], [0, 0, 0]);
    inventory.setTrusted(true);
    await clock.advance(0);
    assert.deepEqual(changes, ["connecting", "connected: "]);
  });

  it("shows the first event after a quiet time at once", async () => {
    await connected();
    await clock.advance(1_000);
    engine.networks = [lan];
    engine.emit();
    await settle();
    assert.deepEqual(changes, ["connected: lan"]);
  });

  it("reads at most twice a second in a storm, and the last state in the end", async () => {
    await connected();
    await clock.advance(1_000);
    const before = engine.lists;
    for (let i = 0; i < 100; i++) {
      engine.emit();
      await clock.advance(20);
    }
    engine.networks = [lan];
    engine.emit();
    await clock.advance(1_000);
    assert.ok(engine.lists - before <= 6, `${engine.lists - before} lists in 2 s`);
    assert.deepEqual(changes, ["connected: lan"]);
  });

  it("asks on a refresh for the two lists, and not once more who the engine is", async () => {
    make();
    inventory.watch();
    await clock.advance(0);
    await inventory.refresh();
    assert.deepEqual([engine.infos, engine.lists], [1, 2]);
  });

  it("says nothing when a refresh brought nothing new", async () => {
    engine.networks = [lan];
    await connected();
    const { facts } = inventory;
    engine.networks = [{ ...lan }];
    await inventory.refresh();
    assert.equal(engine.lists, 2);
    assert.equal(inventory.facts, facts);
    assert.deepEqual(changes, []);
  });

  it("follows an engine that goes and comes back", async () => {
    engine.networks = [lan];
    await connected();
    await clock.advance(10_000);
    engine.stop();
    await clock.advance(0);
    assert.deepEqual(changes, ["absent"]);
    assert.equal(inventory.client, undefined);
    assert.match(inventory.state.detail, /No Docker engine answers at unix:/);
    await clock.advance(600_000);
    engine.running = true;
    await clock.advance(5_000);
    assert.deepEqual(changes, ["absent", "connected: lan"]);
  });

  it("reads everything anew after a broken stream, and does not call it an outage", async () => {
    await connected();
    await clock.advance(10_000);
    engine.networks = [lan];
    engine.streams.at(-1)?.listener.onEnd(undefined);
    await clock.advance(0);
    assert.equal(engine.streams.length, 2);
    assert.deepEqual(changes, ["connected: lan"]);
    assert.equal(engine.infos, 2, "the engine may be another version now");
  });

  it("drops what was asked before the engine went", async () => {
    await connected();
    await clock.advance(10_000);
    engine.slow = [];
    engine.networks = [lan];
    engine.emit();
    await settle();
    engine.stop();
    await clock.advance(0);
    for (const end of engine.slow) end();
    await settle();
    assert.deepEqual(changes, ["absent"]);
  });

  it("gives the connection up when the lists fail, and tries again", async () => {
    await connected();
    await clock.advance(1_000);
    engine.failLists = new EngineError("unreachable", "no answer within 15 s");
    engine.emit();
    await settle();
    assert.deepEqual(changes, ["unreachable"]);
    assert.equal(inventory.state.detail, "no answer within 15 s");
    engine.failLists = undefined;
    await clock.advance(5_000);
    assert.deepEqual(changes, ["unreachable", "connected: "]);
  });

  it("tells a denied socket from an absent engine", async () => {
    const denied = new EngineError("denied", "This user may not open it.");
    engine.client.events = (listener) => {
      listener.onEnd(denied);
    };
    make();
    inventory.watch();
    await clock.advance(0);
    assert.equal(inventory.state.kind, "denied");
    assert.match(inventory.state.detail, /group docker/);
    assert.doesNotMatch(inventory.state.detail, /chmod/);
  });

  it("finds a socket that appears later", async () => {
    let there = false;
    make({ world: { ...world, exists: () => Promise.resolve(there) } });
    inventory.watch();
    await clock.advance(0);
    assert.equal(inventory.state.kind, "absent");
    there = true;
    await clock.advance(5_000);
    assert.equal(inventory.state.kind, "connected");
  });

  it("refresh does not wait for the next attempt, and returns with its outcome", async () => {
    engine.running = false;
    make();
    inventory.watch();
    await clock.advance(20_000);
    assert.equal(inventory.state.kind, "absent");
    await inventory.refresh();
    assert.equal(inventory.state.kind, "absent");
    engine.running = true;
    await inventory.refresh();
    assert.equal(inventory.state.kind, "connected");
  });

  it("goes to another engine when the settings change, and only then", async () => {
    await connected();
    inventory.setEndpoint({});
    assert.equal(engine.disposed, 0);
    const first = engine;
    engine = new FakeEngine();
    engine.networks = [lan];
    inventory.setEndpoint({ dockerHost: "unix:///other.sock" });
    await clock.advance(0);
    assert.equal(first.disposed, 1);
    assert.equal(first.streams[0]?.signal.aborted, true);
    assert.deepEqual(changes, ["connecting", "connected: lan"]);
  });

  it("says what it cannot do", async () => {
    make({ endpoint: { dockerHost: "fd://3" } });
    inventory.watch();
    await clock.advance(0);
    assert.equal(inventory.state.kind, "unsupported");
    assert.match(inventory.state.detail, /fd:\/\/3/);
  });

  it("does not offer networks of an engine for Windows containers", async () => {
    engine.about = { ...info, os: "windows" };
    make();
    inventory.watch();
    await clock.advance(0);
    assert.deepEqual(changes, ["unsupported"]);
    assert.equal(inventory.client, undefined);
  });

  it("reads no interfaces here when the engine is elsewhere", async () => {
    engine.about = { ...info, hostName: "3f2a9c1b7d40" };
    await connected();
    assert.equal(hostReads, 0);
    assert.equal(inventory.facts.interfaces, undefined);
    assert.ok(inventory.state.kind === "connected" && !inventory.state.local);
  });

  it("adds the plan of the LAN, with and without an engine", async () => {
    make();
    inventory.setLan([{ subnet: "10.0.0.0/24" }]);
    assert.deepEqual(inventory.facts, { lan: [{ subnet: "10.0.0.0/24" }] });
    inventory.watch();
    await clock.advance(0);
    assert.deepEqual(inventory.facts.lan, [{ subnet: "10.0.0.0/24" }]);
    inventory.setLan([]);
    assert.equal("lan" in inventory.facts, false);
    assert.equal(changes.length, 3);
  });

  describe("object by object", () => {
    beforeEach(async () => {
      engine.networks = [lan];
      engine.containers = [box];
      await connected();
      await clock.advance(1_000);
      engine.lists = engine.infos = hostReads = 0;
    });

    it("asks for the container that an event is about, and for nothing else", async () => {
      const before = inventory.facts;
      engine.containers = [box, { ...box, id: "c", name: "web" }];
      engine.emit({ type: "container", action: "start", id: "c" });
      await settle();
      assert.deepEqual(engine.singles, ["container c"]);
      assert.deepEqual([engine.lists, engine.infos, hostReads], [0, 0, 0]);
      const { facts } = inventory;
      assert.deepEqual(
        facts.containers?.map(({ name }) => name),
        ["box", "web"],
      );
      assert.equal(facts.containers[0], before.containers?.[0]);
      assert.equal(facts.networks, before.networks);
      assert.equal(facts.interfaces, before.interfaces);
    });

    it("loses a container that was removed", async () => {
      engine.containers = [];
      engine.emit({ type: "container", action: "destroy", id: "b" });
      await settle();
      assert.deepEqual(inventory.facts.containers, []);
      assert.deepEqual(engine.singles, ["container b"]);
    });

    it("looks again a moment after a container was connected", async () => {
      const without = { ...box, attachments: [{ network: "lan" }] };
      engine.containers = [without];
      engine.emit({ type: "network", action: "connect", id: "1", container: "b" });
      await settle();
      assert.deepEqual(inventory.facts.containers, [without]);
      engine.containers = [box];
      await clock.advance(1_000);
      assert.deepEqual(inventory.facts.containers, [box]);
      assert.ok(engine.singles.length <= 3, engine.singles.join(", "));
    });

    it("reads the host's interfaces a moment after a network came or went", async () => {
      engine.emit({ type: "network", action: "destroy", id: "1" });
      await clock.advance(1_000);
      assert.equal(hostReads, 1);
    });

    it("reads everything when too much happens", async () => {
      for (let i = 0; i < 1_000; i++) {
        engine.emit({ type: "container", action: "start", id: `c${i}` });
      }
      await clock.advance(1_000);
      assert.ok(engine.lists >= 1);
      assert.ok(engine.singles.length <= 1, engine.singles.join(", "));
    });

    it("reads everything once a minute: a config-only network goes without an event", async () => {
      engine.networks = [];
      await clock.advance(wholeInterval);
      assert.deepEqual(inventory.facts.networks, []);
      assert.equal(engine.lists, 1);
    });

    it("reads the host every few seconds: a cable sends no event", async () => {
      await clock.advance(3 * hostInterval);
      assert.equal(hostReads, 3);
    });
  });

  describe("while nobody looks", () => {
    let watch: Disposable;

    beforeEach(async () => {
      engine.networks = [lan];
      make();
      watch = inventory.watch();
      await clock.advance(1_000);
      watch.dispose();
      engine.lists = hostReads = 0;
      changes = [];
    });

    it("asks nothing, and has no timer", async () => {
      engine.networks = [];
      for (let i = 0; i < 1_000; i++) engine.emit();
      await clock.advance(600_000);
      assert.deepEqual([engine.lists, engine.singles.length, hostReads], [0, 0, 0]);
      assert.equal(engine.streams.length, 1);
      assert.equal(clock.pending, 0);
    });

    it("reads what changed as soon as somebody looks again", async () => {
      engine.networks = [];
      engine.emit();
      await clock.advance(20_000);
      inventory.watch();
      await clock.advance(0);
      assert.deepEqual(inventory.facts.networks, []);
      assert.deepEqual([engine.lists, engine.singles.length], [0, 1]);
      assert.equal(hostReads, 1);
    });

    it("reads nothing when somebody looks again at once and nothing changed", async () => {
      inventory.watch();
      await clock.advance(1_000);
      assert.deepEqual([engine.lists, engine.singles.length, hostReads], [0, 0, 0]);
    });

    it("makes a stream anew that was silent for long when somebody looks again", async () => {
      await clock.advance(3_600_000);
      engine.networks = [];
      inventory.watch();
      await clock.advance(1_000);
      assert.equal(engine.streams.length, 2);
      assert.deepEqual(changes, ["connected: "]);
    });

    it("does not look for an engine that went, and does when somebody looks again", async () => {
      engine.stop();
      await clock.advance(600_000);
      engine.running = true;
      await clock.advance(600_000);
      assert.equal(engine.streams.length, 1);
      engine.networks = [];
      inventory.watch();
      await clock.advance(1_000);
      assert.equal(engine.streams.length, 2);
      assert.deepEqual(changes, ["connected: "]);
    });

    it("is current for a command, which may ask questions for a while", async () => {
      engine.networks = [];
      engine.emit();
      inventory.watch(5_000);
      await inventory.current();
      assert.deepEqual(inventory.facts.networks, []);
      engine.networks = [lan];
      engine.emit();
      await clock.advance(1_000);
      assert.deepEqual(inventory.facts.networks, [lan]);
      await clock.advance(10_000);
      engine.networks = [];
      engine.emit();
      await clock.advance(10_000);
      assert.deepEqual(inventory.facts.networks, [lan]);
      await inventory.refresh();
      assert.deepEqual(inventory.facts.networks, []);
    });

    it("knows at the end of current that the engine went", async () => {
      engine.stop();
      await inventory.current();
      assert.equal(inventory.state.kind, "absent");
    });
  });

  it("closes a client that was still being loaded when it was disposed", async () => {
    let loaded: (client: EngineClient) => void = () => undefined;
    make({ connect: () => new Promise((resolve) => (loaded = resolve)) });
    inventory.watch();
    await settle();
    inventory.dispose();
    loaded(engine.client);
    await settle();
    assert.equal(engine.disposed, 1);
  });
});
