import assert from "node:assert/strict";
import type { EndpointWorld } from "../../../src/docker/endpoint";
import {
  type CallOptions,
  type EngineClient,
  EngineError,
  type EngineInfo,
  type EventsListener,
} from "../../../src/docker/engineClient";
import type { Inventory } from "../../../src/inventory/inventory";
import { type InventoryOptions, createInventory } from "../../../src/inventory/liveInventory";
import type { EngineNetwork } from "../../../src/model/network";
import { FakeClock, settle } from "../docker/fakeClock";

const info: EngineInfo = {
  version: "28.5.2",
  apiVersion: "1.51",
  os: "linux",
  operatingSystem: "Debian",
  kernel: "6.12",
  hostName: "nas",
  rootless: false,
  desktop: false,
};
const gone = new EngineError("absent", "Nothing answers.");
const lan: EngineNetwork = { id: "1", name: "lan", driver: "macvlan", parent: "lan0" };
const event = { type: "network", action: "create", id: "1" } as const;

/** An engine as the inventory uses it: comes, goes, and counts what it is asked. */
class FakeEngine {
  running = true;
  about = info;
  networks: EngineNetwork[] = [];
  /** Set to let lists take long: each waits until the test ends it. */
  slow: (() => void)[] | undefined;
  failLists: EngineError | undefined;
  lists = 0;
  infos = 0;
  disposed = 0;
  streams: { listener: EventsListener; signal: AbortSignal }[] = [];

  readonly client = {
    ping: () => (this.running ? Promise.resolve() : Promise.reject(gone)),
    info: () => {
      this.infos++;
      return this.running ? Promise.resolve(this.about) : Promise.reject(gone);
    },
    listNetworks: async ({ signal }: CallOptions = {}) => {
      this.lists++;
      const { networks } = this;
      if (this.slow) await new Promise<void>((resolve) => this.slow?.push(resolve));
      signal?.throwIfAborted();
      if (this.failLists) throw this.failLists;
      return networks;
    },
    listContainers: () => Promise.resolve([]),
    events: (listener: EventsListener, { signal }: { signal: AbortSignal }) => {
      if (!this.running) {
        listener.onEnd(gone);
        return;
      }
      this.streams.push({ listener, signal });
      listener.onOpen?.();
    },
    dispose: () => this.disposed++,
  } as unknown as EngineClient;

  emit(): void {
    this.streams.at(-1)?.listener.onEvent(event);
  }

  stop(): void {
    this.running = false;
    this.streams.at(-1)?.listener.onEnd(undefined);
  }
}

const world: EndpointWorld = {
  env: {},
  platform: "linux",
  homeDir: "/home/ann",
  readFile: () => Promise.resolve(undefined),
  exists: (path) => Promise.resolve(path === "/var/run/docker.sock"),
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
    inventory.start();
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

  it("does nothing before it is started", async () => {
    make();
    await clock.advance(10_000);
    assert.equal(inventory.state.kind, "connecting");
    assert.equal(engine.streams.length, 0);
    assert.deepEqual(inventory.facts, {});
  });

  it("makes a reading of two calls, with the host's interfaces", async () => {
    engine.networks = [lan];
    make();
    inventory.start();
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
    inventory.start();
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
    inventory.start();
    await clock.advance(0);
    assert.equal(inventory.state.kind, "denied");
    assert.match(inventory.state.detail, /group docker/);
    assert.doesNotMatch(inventory.state.detail, /chmod/);
  });

  it("finds a socket that appears later", async () => {
    let there = false;
    make({ world: { ...world, exists: () => Promise.resolve(there) } });
    inventory.start();
    await clock.advance(0);
    assert.equal(inventory.state.kind, "absent");
    there = true;
    await clock.advance(5_000);
    assert.equal(inventory.state.kind, "connected");
  });

  it("refresh does not wait for the next attempt, and returns with its outcome", async () => {
    engine.running = false;
    make();
    inventory.start();
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
    make({ endpoint: { dockerHost: "ssh://nas" } });
    inventory.start();
    await clock.advance(0);
    assert.equal(inventory.state.kind, "unsupported");
    assert.match(inventory.state.detail, /ssh/);
  });

  it("does not offer networks of an engine for Windows containers", async () => {
    engine.about = { ...info, os: "windows" };
    make();
    inventory.start();
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
    inventory.start();
    await clock.advance(0);
    assert.deepEqual(inventory.facts.lan, [{ subnet: "10.0.0.0/24" }]);
    inventory.setLan([]);
    assert.equal("lan" in inventory.facts, false);
    assert.equal(changes.length, 3);
  });

  it("closes a client that was still being loaded when it was disposed", async () => {
    let loaded: (client: EngineClient) => void = () => undefined;
    make({ connect: () => new Promise((resolve) => (loaded = resolve)) });
    inventory.start();
    await settle();
    inventory.dispose();
    loaded(engine.client);
    await settle();
    assert.equal(engine.disposed, 1);
  });
});
