import assert from "node:assert/strict";
import { changeCommands } from "../../../src/changes/planText";
import { planCreation } from "../../../src/changes/create";
import { runChange } from "../../../src/changes/runChange";
import { SimulatedEngine } from "./simulatedEngine";
import { impossible, lan, nothing, possible } from "./situations";

describe("the creation of a network", () => {
  let engine: SimulatedEngine;
  beforeEach(() => {
    engine = new SimulatedEngine();
    engine.addNetwork({ ...lan, name: "other", pools: [{ subnet: "10.9.9.0/24" }] });
  });
  const run = (signal = new AbortController().signal) =>
    runChange(possible(planCreation(lan, [])), engine, { signal });

  it("is the docker command that makes it, and reaches its goal", async () => {
    const change = possible(planCreation(lan, engine.networks));
    assert.equal(
      changeCommands(change),
      "docker network create -d macvlan --subnet=192.168.1.0/24 --gateway=192.168.1.1 -o parent=eth0 lan\n",
    );
    assert.deepEqual(await run(), { kind: "done" });
    assert.deepEqual(await run(), { kind: "nothing" }, "again");
    assert.equal(engine.requests.length, 1);
  });

  it("is nothing when it is there, also with a subnet that the engine chose", () => {
    engine.addNetwork(lan);
    assert.match(nothing(planCreation(lan, engine.networks)), /lan exists already, with these/);
    const withoutPools = { ...lan, pools: [] };
    assert.match(nothing(planCreation(withoutPools, engine.networks)), /exists already/);
  });

  it("is refused when one of that name has other settings", () => {
    engine.addNetwork({ ...lan, options: { parent: "eth1" } });
    assert.match(
      impossible(planCreation(lan, engine.networks)),
      /a network lan already, with other/,
    );
  });

  for (const fault of ["refused", "answer lost", "request lost"] as const) {
    it(`leaves nothing behind when its request is ${fault}`, async () => {
      const was = engine.picture();
      engine.faults.set(1, fault);
      const outcome = await run();
      assert.equal(outcome.kind, "restored", JSON.stringify(outcome));
      assert.deepEqual(engine.picture(), was);
    });
  }

  it("says that the network is left when it cannot be taken back", async () => {
    engine.faults.set(1, "answer lost").set(2, "refused").set(3, "refused");
    const outcome = await run();
    assert.ok(outcome.kind === "left");
    assert.deepEqual(
      outcome.left.map(({ step }) => step.kind),
      ["removeNetwork"],
    );
  });

  it("does nothing when it is cancelled before", async () => {
    const abort = new AbortController();
    abort.abort();
    assert.equal((await run(abort.signal)).kind, "restored");
    assert.deepEqual(engine.requests, []);
  });
});
