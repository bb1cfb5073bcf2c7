import assert from "node:assert/strict";
import { ObjectList } from "../../../src/inventory/objectList";
import { SecondLook, firstLook } from "../../../src/inventory/secondLook";
import { WantedObjects, mostSingles } from "../../../src/inventory/wanted";
import { Watchers } from "../../../src/inventory/watchers";
import type { EngineContainer } from "../../../src/model/attachment";
import { FakeClock } from "../docker/fakeClock";

describe("a list of the engine's objects", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => ({ id: name, name })) as [Obj, Obj, Obj];
  interface Obj {
    readonly id: string;
    readonly name: string;
  }

  it("is in the order of names, whatever the order of the answer", () => {
    const list = new ObjectList<Obj>();
    list.setAll([c, a, b]);
    assert.deepEqual(list.list, [a, b, c]);
  });

  it("is the same array until an element is another object", () => {
    const list = new ObjectList<Obj>();
    list.setAll([a, b]);
    const before = list.list;
    list.setAll([b, a]);
    list.setSome(["a", "zz"], [a]);
    assert.equal(list.list, before);
    const renamed = { ...a, name: "z" };
    list.setSome(["a"], [renamed]);
    assert.deepEqual(list.list, [b, renamed]);
    assert.equal(list.list[0], b);
    list.setAll([a]);
    assert.deepEqual(list.list, [a]);
  });

  it("loses what was asked for and not found, and nothing else", () => {
    const list = new ObjectList<Obj>();
    list.setAll([a, b, c]);
    list.setSome(["a", "c"], [c]);
    assert.deepEqual(list.list, [b, c]);
  });
});

describe("what is wanted of the engine", () => {
  it("is the object that an event is about", () => {
    const wanted = new WantedObjects();
    wanted.addEvent({ type: "container", action: "start", id: "c1" });
    wanted.addEvent({ type: "container", action: "rename", id: "c1" });
    wanted.addEvent({ type: "network", action: "connect", id: "n1", container: "c2" });
    wanted.addEvent({ type: "network", action: "create", id: "n2" });
    assert.deepEqual(wanted.take(), { kind: "some", containers: ["c1", "c2"], networks: ["n2"] });
    assert.deepEqual(wanted.take(), { kind: "nothing" });
  });

  it("is everything when an event does not tell, or too many do", () => {
    const wanted = new WantedObjects();
    wanted.addEvent({ type: "network", action: "disconnect", id: "n1" });
    assert.deepEqual(wanted.take(), { kind: "all" });
    for (let i = 0; i < mostSingles; i++) wanted.addContainer(`c${i}`);
    assert.equal(wanted.take().kind, "some");
    for (let i = 0; i <= mostSingles; i++) wanted.addContainer(`c${i}`);
    assert.deepEqual(wanted.take(), { kind: "all" });
  });
});

describe("the second look", () => {
  let clock: FakeClock;
  let due: string[];
  let look: SecondLook;
  const running = (id: string, ...addresses: (string | undefined)[]): EngineContainer => ({
    id,
    name: id,
    running: true,
    attachments: addresses.map((ipv4) => ({ network: "lan", ...(ipv4 ? { ipv4 } : {}) })),
  });

  beforeEach(() => {
    clock = new FakeClock();
    due = [];
    look = new SecondLook(clock, (ids) => due.push(...ids));
  });

  it("follows a moment after the events that the engine sends too early", async () => {
    look.noteEvent({ type: "network", action: "connect", id: "n", container: "c1" });
    look.noteEvent({ type: "container", action: "die", id: "c2" });
    look.noteEvent({ type: "container", action: "start", id: "c3" });
    look.noteEvent({ type: "network", action: "create", id: "n" });
    await clock.advance(firstLook - 1);
    assert.deepEqual(due, []);
    await clock.advance(1);
    assert.deepEqual(due, ["c1", "c2"]);
    assert.equal(clock.pending, 0);
  });

  it("is repeated while a running container has no address, but not for ever", async () => {
    look.noteEvent({ type: "network", action: "connect", id: "n", container: "c1" });
    for (let i = 0; i < 10; i++) {
      look.noteRead([running("c1", undefined), running("other", undefined)]);
      await clock.advance(60_000);
    }
    assert.deepEqual(due, ["c1", "c1", "c1", "c1", "c1"]);
    assert.equal(clock.pending, 0);
  });

  it("ends when the address is there", async () => {
    look.noteEvent({ type: "network", action: "connect", id: "n", container: "c1" });
    await clock.advance(firstLook);
    look.noteRead([running("c1", "10.0.0.2")]);
    look.noteRead([running("c1", undefined)]);
    await clock.advance(60_000);
    assert.deepEqual(due, ["c1"]);
  });

  it("leaves no timer", () => {
    look.noteEvent({ type: "network", action: "connect", id: "n", container: "c1" });
    look.clear();
    assert.equal(clock.pending, 0);
  });
});

describe("those who look", () => {
  it("are counted, each until it leaves once", () => {
    const heard: boolean[] = [];
    const watchers = new Watchers(new FakeClock(), (watched) => heard.push(watched));
    const first = watchers.add();
    const second = watchers.add();
    first.dispose();
    first.dispose();
    assert.equal(watchers.some, true);
    second.dispose();
    assert.deepEqual(heard, [true, false]);
  });
});
