import assert from "node:assert/strict";
import { Throttle } from "../../../src/inventory/throttle";
import { FakeClock, settle } from "../docker/fakeClock";

describe("the throttle", () => {
  let clock: FakeClock;
  let starts: number[];
  let throttle: Throttle;
  /** Ends the run that is under way, when runs do not end by themselves. */
  let finish: (() => void) | undefined;

  function make(slow = false): void {
    clock = new FakeClock();
    starts = [];
    throttle = new Throttle(() => {
      starts.push(clock.now());
      if (!slow) return Promise.resolve();
      return new Promise((resolve) => (finish = resolve));
    }, clock);
  }

  it("runs at once for the first request after a quiet time", async () => {
    make();
    throttle.request();
    assert.deepEqual(starts, [0]);
    await clock.advance(2_000);
    throttle.request();
    assert.deepEqual(starts, [0, 2_000]);
  });

  it("gathers the requests that follow into one run, half a second after the last", async () => {
    make();
    for (let i = 0; i < 5; i++) {
      throttle.request();
      await clock.advance(20);
    }
    assert.deepEqual(starts, [0]);
    await clock.advance(2_000);
    assert.deepEqual(starts, [0, 500]);
  });

  it("waits a little for a late request's successors", async () => {
    make();
    throttle.request();
    await clock.advance(480);
    throttle.request();
    await clock.advance(50);
    throttle.request();
    await clock.advance(2_000);
    assert.deepEqual(starts, [0, 630]);
  });

  it("runs twice a second, not more and not less, while requests keep coming", async () => {
    make();
    for (let i = 0; i < 10_000; i++) {
      throttle.request();
      if (i % 10 === 0) await clock.advance(10);
    }
    const gaps = starts.slice(1).map((at, i) => at - (starts[i] ?? 0));
    assert.ok(gaps.length >= 15, `${gaps.length} runs`);
    for (const gap of gaps) assert.ok(gap >= 500 && gap <= 600, `${gap} ms`);
  });

  it("has one run at a time, and none is forgotten", async () => {
    make(true);
    throttle.request();
    await clock.advance(3_000);
    throttle.request();
    await clock.advance(3_000);
    assert.deepEqual(starts, [0]);
    finish?.();
    await settle();
    assert.equal(starts.length, 2);
  });

  it("runs at once when it must, and says when that is done", async () => {
    make(true);
    let done = 0;
    throttle.request();
    void throttle.now().then(() => done++);
    await settle();
    assert.deepEqual(starts, [0], "one at a time");
    finish?.();
    await settle();
    assert.deepEqual([starts.length, done], [2, 0]);
    finish?.();
    await settle();
    assert.equal(done, 1);
    assert.equal(clock.pending, 0);
  });

  it("leaves no timer, and runs no more", async () => {
    make();
    throttle.request();
    throttle.request();
    await settle();
    throttle.request();
    assert.equal(clock.pending, 1);
    throttle.dispose();
    assert.equal(clock.pending, 0);
    throttle.request();
    await throttle.now();
    await clock.advance(2_000);
    assert.equal(starts.length, 1);
  });
});
