import assert from "node:assert/strict";
import type { Inventory } from "../../../src/inventory/inventory";
import { createInventory } from "../../../src/inventory/liveInventory";
import { FakeClock } from "../docker/fakeClock";
import { seededRandom } from "../support/random";
import { ScriptedDaemon } from "../support/scriptedDaemon";
import { world } from "./fakeEngine";

/** How often each random fault is tried; more of it by environment. */
const rounds = Number(process.env["MACVLAN_FAULT_ROUNDS"] ?? 20);
const cycles = Number(process.env["MACVLAN_FAULT_CYCLES"] ?? 1_000);
/** What the view may lag behind an engine that is back, in milliseconds. */
const limit = 5_000;

describe("the inventory, whatever the connection does", function () {
  this.timeout(240_000);
  let clock: FakeClock;
  let daemon: ScriptedDaemon;
  let inventory: Inventory;

  beforeEach(async () => {
    // A request takes several turns of the event loop until its answer is there.
    clock = new FakeClock(16);
    daemon = new ScriptedDaemon(clock);
    daemon.networks.set("n", { Id: "n", Name: "lan", Driver: "macvlan", Options: {} });
    daemon.setContainer("c0", "10.0.0.1");
    inventory = createInventory({
      trusted: true,
      endpoint: { dockerHost: "tcp://nas:2375" },
      world,
      clock,
      random: () => 1,
      connect: daemon.connect,
    });
    inventory.watch();
    await clock.advance(1_000);
    assert.equal(inventory.state.kind, "connected");
    assertSame();
  });

  afterEach(async () => {
    inventory.dispose();
    daemon.cutAll();
    await clock.advance(20_000);
    assert.equal(daemon.open, 0, "a connection is left");
    assert.equal(clock.pending, 0, "a timer is left");
  });

  function isSame(): boolean {
    const shown = inventory.facts.containers?.map(({ id, attachments }) => [
      id,
      attachments[0]?.ipv4,
    ]);
    const real = [...daemon.containers.values()]
      .map(({ Id, NetworkSettings }) => [Id, NetworkSettings.Networks["lan"]?.IPAddress])
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
    return inventory.state.kind === "connected" && JSON.stringify(shown) === JSON.stringify(real);
  }

  function assertSame(): void {
    assert.equal(inventory.state.kind, "connected");
    assert.equal(isSame(), true, JSON.stringify(inventory.facts.containers));
  }

  /** No two whole lists within half a second. */
  function assertCalm(): void {
    for (const [index, at] of daemon.listsAt.entries()) {
      const before = daemon.listsAt[index - 1] ?? Number.NEGATIVE_INFINITY;
      assert.ok(at - before >= 500, `lists at ${before} and ${at}`);
    }
  }

  it("is the same as the engine after connections that were cut at any byte", async () => {
    const random = seededRandom(4);
    for (let round = 0; round < rounds; round++) {
      daemon.faults = (faults) => {
        faults.left = 1 + random.int(900);
      };
      for (let step = 0; step < 10; step++) {
        daemon.setContainer(`c${random.int(20)}`, `10.0.0.${random.int(250)}`);
        if (random.int(3) === 0) daemon.removeContainer(`c${random.int(20)}`);
        if (random.int(4) === 0) daemon.cutAll();
        await clock.advance(random.int(2_000));
      }
      daemon.faults = () => undefined;
      daemon.cutAll();
      await clock.advance(limit);
      assertSame();
    }
    assertCalm();
  });

  it("reads events however they are split and merged", async () => {
    const random = seededRandom(5);
    daemon.faults = (faults) => {
      faults.split = (chunk) => {
        const pieces: Buffer[] = [];
        for (let at = 0; at < chunk.length;) {
          const end = at + 1 + random.int(random.int(4) === 0 ? 400 : 7);
          pieces.push(chunk.subarray(at, end));
          at = end;
        }
        return pieces;
      };
    };
    daemon.cutAll();
    await clock.advance(limit);
    for (let round = 0; round < rounds; round++) {
      const burst = 1 + random.int(30);
      for (let i = 0; i < burst; i++) {
        daemon.setContainer(`ä${random.int(30)}`, `10.0.1.${random.int(250)}`);
      }
      await clock.advance(1_000);
      assertSame();
    }
    assert.equal(daemon.streams, 1);
  });

  it("goes on behind a line of a megabyte", async () => {
    const name = "x".repeat(1024 * 1024);
    daemon.emit({
      Type: "container",
      Action: "start",
      Actor: { ID: "c0", Attributes: { name } },
    });
    daemon.setContainer("c1", "10.0.0.2");
    await clock.advance(1_000);
    assertSame();
    assert.equal(daemon.streams, 1);
  });

  it("notices within a minute that the engine is gone though no connection broke, for ten minutes", async () => {
    daemon.freezeAll();
    daemon.door = "silent";
    daemon.setContainer("c1", "10.0.0.2");
    await clock.advance(60_000);
    assert.equal(inventory.state.kind, "unreachable");
    assert.deepEqual(inventory.facts.containers, undefined);
    await clock.advance(540_000);
    assert.equal(inventory.state.kind, "unreachable");
    daemon.door = "open";
    await clock.advance(limit);
    assertSame();
    daemon.setContainer("c2", "10.0.0.3");
    await clock.advance(1_000);
    assertSame();
  });

  it("notices within a minute that the stream alone is dead, though the engine answers", async () => {
    daemon.freezeAll();
    daemon.setContainer("c1", "10.0.0.2");
    await clock.advance(1_000);
    assert.equal(isSame(), false, "nobody can know yet");
    await clock.advance(59_000);
    assertSame();
    daemon.setContainer("c2", "10.0.0.3");
    await clock.advance(1_000);
    assertSame();
  });

  it("is back after an engine that was overloaded", async () => {
    daemon.status = 503;
    daemon.setContainer("c1", "10.0.0.2");
    await clock.advance(1_000);
    assert.equal(inventory.state.kind, "unreachable");
    await clock.advance(120_000);
    daemon.status = 200;
    await clock.advance(limit);
    assertSame();
    assertCalm();
  });

  it("is back after twenty restarts of any length", async () => {
    const random = seededRandom(6);
    for (let restart = 0; restart < 20; restart++) {
      daemon.stop();
      daemon.setContainer(`c${restart}`, `10.0.2.${restart}`);
      await clock.advance(random.pick([0, 10, 400, 3_000, 60_000]));
      daemon.door = "open";
      await clock.advance(limit);
      assertSame();
      await clock.advance(random.int(20_000));
    }
    assertCalm();
  });

  it("is right while lists take long, and asks for one at a time", async () => {
    for (const delay of [3_000, 14_000]) {
      daemon.listDelay = delay;
      for (let i = 0; i < 20; i++) {
        daemon.setContainer(`c${i}`, `10.0.3.${i}`);
        await clock.advance(400);
      }
      await clock.advance(3 * delay);
      assertSame();
    }
    assert.equal(inventory.state.kind, "connected");
  });

  it("gives lists up that do not come, and is right again when they do", async () => {
    daemon.listDelay = 20_000;
    daemon.setContainer("c1", "10.0.0.2");
    await clock.advance(16_000);
    assert.equal(inventory.state.kind, "unreachable");
    assert.match(inventory.state.detail, /did not answer within 15 s/);
    await clock.advance(300_000);
    daemon.listDelay = 0;
    await clock.advance(20_000);
    assertSame();
  });

  it("asks for at most one list in half a second while 10,000 events come in 10 s", async () => {
    await clock.advance(10_000);
    daemon.listsAt.length = daemon.singles = 0;
    for (let i = 0; i < 10_000; i++) {
      daemon.setContainer(`c${i % 3_000}`, `10.1.${i % 250}.${i % 240}`);
      if (i % 100 === 99) await clock.advance(100);
    }
    const during = daemon.listsAt.length + daemon.singles;
    assert.ok(during <= 21, `${during} readings in 10 s`);
    assertCalm();
    await clock.advance(1_000);
    assertSame();
  });

  it("leaves nothing behind after 1,000 connections", async () => {
    inventory.dispose();
    for (let i = 0; i < cycles; i++) {
      const one = createInventory({
        trusted: true,
        endpoint: { dockerHost: "tcp://nas:2375" },
        world,
        clock,
        connect: daemon.connect,
      });
      one.watch();
      // Also in the middle of a handshake, a question, an answer.
      await turns(i % 16);
      one.dispose();
    }
    await turns(40);
    assert.deepEqual([daemon.open, daemon.streams, clock.pending], [0, 0, 0]);
  });
});

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
