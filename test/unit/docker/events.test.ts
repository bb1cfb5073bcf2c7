import assert from "node:assert/strict";
import { EngineError, type EventsListener } from "../../../src/docker/engineClient";
import { type Follower, backoff, follow, silenceLimit } from "../../../src/docker/events";
import { FakeClock } from "./fakeClock";

/** An engine whose streams the test opens and breaks. */
class Scene {
  readonly clock = new FakeClock();
  readonly log: string[] = [];
  readonly attempts: { at: number; listener: EventsListener; signal: AbortSignal }[] = [];
  readonly follower: Follower;

  constructor(longest = 4_000) {
    this.follower = follow({
      subscribe: (listener, { signal }) => {
        this.attempts.push({ at: this.clock.now(), listener, signal });
      },
      onUp: (renewed) => this.log.push(renewed ? "renewed" : "up"),
      onEvent: ({ action }) => this.log.push(action),
      onDown: (error) => this.log.push(`down ${error?.kind ?? "?"}`),
      longestWait: () => longest,
      clock: this.clock,
      // Without jitter: the whole wait.
      random: () => 1,
    });
  }

  get last() {
    return this.attempts.at(-1)!;
  }
}

const gone = new EngineError("absent", "gone");
const event = { type: "network", action: "create", id: "n" } as const;

describe("following the events", () => {
  it("says that it is up, and passes events on", () => {
    const scene = new Scene();
    scene.last.listener.onOpen?.();
    scene.last.listener.onEvent(event);
    assert.deepEqual(scene.log, ["up", "create"]);
  });

  it("tries for ever, with waits that double up to the longest", async () => {
    const scene = new Scene();
    for (let i = 0; i < 7; i++) {
      scene.last.listener.onEnd(gone);
      await scene.clock.advance(4_000);
    }
    const times = scene.attempts.map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => at - 4_000 * index);
    assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
    assert.equal(scene.log.filter((line) => line === "down absent").length, 7);
    scene.follower.dispose();
  });

  it("takes a stream that had been steady up again at once, and does not call it down", async () => {
    const scene = new Scene();
    scene.last.listener.onOpen?.();
    await scene.clock.advance(10_000);
    scene.last.listener.onEnd(undefined);
    await scene.clock.advance(0);
    assert.equal(scene.attempts.length, 2);
    scene.last.listener.onOpen?.();
    assert.deepEqual(scene.log, ["up", "up"]);
    scene.follower.dispose();
  });

  it("does not race with a server that opens and closes", async () => {
    const scene = new Scene();
    for (let i = 0; i < 4; i++) {
      scene.last.listener.onOpen?.();
      scene.last.listener.onEnd(undefined);
      await scene.clock.advance(4_000);
    }
    assert.ok(scene.attempts[2]!.at - scene.attempts[1]!.at > 1_000);
    assert.equal(scene.log.includes("down ?"), false);
    scene.follower.dispose();
  });

  it("makes a silent subscription anew, and listens to the old one until the new one stands", async () => {
    const scene = new Scene();
    const old = scene.last;
    old.listener.onOpen?.();
    await scene.clock.advance(silenceLimit);
    assert.equal(scene.attempts.length, 2);
    old.listener.onEvent(event);
    assert.equal(old.signal.aborted, false);
    scene.last.listener.onOpen?.();
    assert.equal(old.signal.aborted, true);
    old.listener.onEvent(event);
    old.listener.onEnd(undefined);
    scene.last.listener.onEvent(event);
    assert.deepEqual(scene.log, ["up", "create", "renewed", "create"]);
    await scene.clock.advance(silenceLimit);
    assert.equal(scene.attempts.length, 3);
    scene.follower.dispose();
  });

  it("gives a silent subscription up when no new one can be had", async () => {
    const scene = new Scene();
    const old = scene.last;
    old.listener.onOpen?.();
    await scene.clock.advance(silenceLimit);
    scene.last.listener.onEnd(gone);
    assert.equal(old.signal.aborted, true);
    assert.deepEqual(scene.log, ["up", "down absent"]);
    await scene.clock.advance(500);
    scene.last.listener.onOpen?.();
    assert.deepEqual(scene.log, ["up", "down absent", "up"]);
    scene.follower.dispose();
  });

  it("goes on with the new subscription when the old one breaks meanwhile", async () => {
    const scene = new Scene();
    const old = scene.last;
    old.listener.onOpen?.();
    await scene.clock.advance(silenceLimit);
    old.listener.onEnd(undefined);
    assert.equal(scene.attempts.length, 2);
    scene.last.listener.onOpen?.();
    assert.deepEqual(scene.log, ["up", "up"]);
    assert.equal(scene.attempts.length, 2);
    scene.follower.dispose();
  });

  it("renews nothing while events come", async () => {
    const scene = new Scene();
    scene.last.listener.onOpen?.();
    for (let i = 0; i < 5; i++) {
      await scene.clock.advance(silenceLimit - 1);
      scene.last.listener.onEvent(event);
    }
    assert.equal(scene.attempts.length, 1);
    scene.follower.dispose();
  });

  it("attempts and renews nothing while nobody wants to know, and then what is due at once", async () => {
    const scene = new Scene();
    scene.last.listener.onOpen?.();
    scene.follower.setActive(false);
    await scene.clock.advance(10 * silenceLimit);
    scene.last.listener.onEvent(event);
    assert.equal(scene.clock.pending, 0);
    scene.follower.setActive(true);
    await scene.clock.advance(silenceLimit - 1);
    assert.equal(scene.attempts.length, 1, "it had just been heard of");
    scene.follower.setActive(false);
    await scene.clock.advance(silenceLimit);
    scene.follower.setActive(true);
    await scene.clock.advance(0);
    assert.equal(scene.attempts.length, 2);
    scene.follower.setActive(false);
    scene.last.listener.onEnd(gone);
    await scene.clock.advance(600_000);
    assert.equal(scene.attempts.length, 2);
    scene.follower.setActive(true);
    assert.equal(scene.attempts.length, 3);
    assert.deepEqual(scene.log, ["up", "create", "down absent"]);
    scene.follower.dispose();
  });

  it("hears nothing of a stream that it gave up", async () => {
    const scene = new Scene();
    const first = scene.last;
    first.listener.onOpen?.();
    scene.follower.fail(gone);
    first.listener.onEvent(event);
    first.listener.onEnd(undefined);
    assert.deepEqual(scene.log, ["up", "down absent"]);
    await scene.clock.advance(500);
    assert.equal(scene.attempts.length, 2);
    scene.follower.dispose();
  });

  it("ends the wait when it is told to, and only a wait", () => {
    const scene = new Scene();
    scene.follower.retryNow();
    assert.equal(scene.attempts.length, 1);
    scene.last.listener.onEnd(gone);
    scene.follower.retryNow();
    assert.equal(scene.attempts.length, 2);
    scene.follower.dispose();
  });

  it("leaves no timer and no stream", async () => {
    const waiting = new Scene();
    waiting.last.listener.onEnd(gone);
    waiting.follower.dispose();
    const open = new Scene();
    open.last.listener.onOpen?.();
    open.follower.dispose();
    for (const { clock, last, attempts } of [waiting, open]) {
      assert.equal(clock.pending, 0);
      assert.equal(last.signal.aborted, true);
      await clock.advance(100_000);
      assert.equal(attempts.length, 1);
    }
  });
});

describe("the wait before an attempt", () => {
  it("is between half and all of the doubled time, and never above the longest", () => {
    assert.equal(backoff(0, 30_000, 0), 250);
    assert.equal(backoff(0, 30_000, 1), 500);
    assert.equal(backoff(3, 30_000, 1), 4_000);
    assert.equal(backoff(6, 30_000, 1), 30_000);
    assert.equal(backoff(5_000, 30_000, 0.5), 22_500);
  });
});
