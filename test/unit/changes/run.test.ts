import assert from "node:assert/strict";
import { type Change, commandOf } from "../../../src/changes/change";
import { changeCommands, changeText } from "../../../src/changes/planText";
import { type NamedRun, madeUpName, planRun } from "../../../src/changes/run";
import { runChange } from "../../../src/changes/runChange";
import { docker } from "./simulatedDocker";
import { type Fault, SimulatedEngine } from "./simulatedEngine";
import { impossible, lan, nothing, possible } from "./situations";

const run: NamedRun = {
  image: "busybox",
  name: "dns",
  networkName: "lan",
  ipv4: "192.168.1.20",
  interactive: true,
};
const faults: readonly Fault[] = ["refused", "answer lost", "request lost"];

describe("the running of a container", () => {
  let engine: SimulatedEngine;
  let was: unknown;
  let change: Change;

  const begin = () => {
    engine = new SimulatedEngine();
    const network = engine.addNetwork(lan);
    engine.addContainer("web", "lan", { ipv4: "192.168.1.30" });
    was = engine.picture();
    change = possible(planRun(run, { id: network.id, name: "lan" }, undefined));
  };
  beforeEach(begin);
  const carryOut = (signal = new AbortController().signal) => runChange(change, engine, { signal });
  const named = (name: string) => engine.containers.find((one) => one.name === name);
  const planNow = (wish: NamedRun = run) => {
    const { id = "" } = engine.networks[0] ?? {};
    return planRun(wish, { id, name: "lan" }, named(wish.name));
  };

  it("is two docker commands, and one for the way back", () => {
    assert.equal(
      changeCommands(change),
      "docker create --rm -it --network=lan --name=dns --ip=192.168.1.20 busybox\ndocker start dns\n",
    );
    const [, back] = changeText(change).split("# The way back");
    assert.deepEqual(back?.split("\n").slice(1), ["#   docker rm -f dns", ""]);
  });

  it("does the same as its docker commands, and reaches its goal", async () => {
    assert.deepEqual(await carryOut(), { kind: "done" });
    assert.deepEqual(engine.requests, ["create container dns", "start container dns"]);
    assert.equal(engine.endpoint("dns", "lan")?.ipv4, "192.168.1.20");
    const done = engine.picture();
    begin();
    for (const step of change.steps) await docker(engine, commandOf(step));
    assert.deepEqual(engine.picture(), done);
  });

  it("is nothing when that container runs already, planned or carried out again", async () => {
    await carryOut();
    assert.deepEqual(await carryOut(), { kind: "nothing" });
    assert.equal(engine.requests.length, 2);
    assert.match(nothing(planNow()), /^Container dns runs on lan already with 192\.168\.1\.20\.$/);
  });

  it("is refused when another container has the name", async () => {
    await carryOut();
    const other = { ...run, ipv4: "192.168.1.21" };
    assert.match(impossible(planNow(other)), /^There is a container dns already\. Give/);
    assert.match(impossible(planNow({ ...run, image: "alpine" })), /already\./);
    const dns = named("dns");
    assert.ok(dns);
    engine.containers = [{ ...dns, running: false }];
    assert.match(impossible(planNow()), /already \(stopped\)\./);
  });

  for (const fault of faults) {
    it(`leaves everything as it was when a request is ${fault}, whichever it is`, async () => {
      for (const at of [1, 2]) {
        begin();
        engine.faults.set(at, fault);
        const outcome = await carryOut();
        assert.equal(outcome.kind, "restored", `${at}: ${JSON.stringify(outcome)}`);
        assert.deepEqual(engine.picture(), was, `request ${at}`);
      }
    });

    it(`tries the removal once more when it is ${fault} once`, async () => {
      engine.faults.set(2, "refused").set(3, fault);
      const outcome = await carryOut();
      assert.equal(outcome.kind, "restored", JSON.stringify(outcome));
      assert.deepEqual(engine.picture(), was);
    });

    it(`says what is left, as the command that ends it, when the removal is ${fault} too`, async () => {
      for (const [at, first] of [
        [1, "answer lost"],
        [2, "refused"],
        [2, "answer lost"],
      ] as const) {
        begin();
        engine.faults
          .set(at, first)
          .set(at + 1, fault)
          .set(at + 2, fault);
        const outcome = await carryOut();
        if (fault === "answer lost") {
          assert.equal(outcome.kind, "restored", "it was seen that it had its effect");
        } else {
          assert.ok(outcome.kind === "left", JSON.stringify(outcome));
          const commands = outcome.left.map(({ step }) => commandOf(step));
          assert.deepEqual(commands, [["docker", "rm", "-f", "dns"]]);
          for (const argv of commands) await docker(engine, argv);
        }
        assert.deepEqual(engine.picture(), was, `request ${at} ${first}`);
      }
    });
  }

  it("asks for nothing to be taken back when its creation is refused", async () => {
    engine.faults.set(1, "refused");
    const outcome = await carryOut();
    assert.ok(outcome.kind === "restored");
    assert.deepEqual(outcome.undone, []);
    assert.deepEqual(engine.requests, ["create container dns"]);
  });

  it("is taken back when the address is taken", async () => {
    engine.addContainer("other", "lan", { ipv4: "192.168.1.20" });
    was = engine.picture();
    const outcome = await carryOut();
    assert.ok(outcome.kind === "restored" && outcome.failure.kind === "error");
    assert.match(String(outcome.failure.error), /Address already in use/);
    assert.deepEqual(engine.picture(), was);
  });

  it("is taken back when it is cancelled, but for the last request", async () => {
    for (const at of [0, 1, 2]) {
      begin();
      const abort = new AbortController();
      if (at === 0) abort.abort();
      engine.onRequest = (number) => {
        if (number === at) abort.abort();
      };
      const outcome = await carryOut(abort.signal);
      if (at === 2) assert.equal(outcome.kind, "done");
      else {
        assert.ok(outcome.kind === "restored" && outcome.failure.kind === "cancelled");
        assert.deepEqual(engine.picture(), was, `request ${at}`);
      }
    }
  });

  it("neither starts nor removes a container that somebody else made meanwhile", async () => {
    engine.addContainer(
      "dns",
      "lan",
      { ipv4: "192.168.1.20" },
      { running: false, image: "busybox" },
    );
    was = engine.picture();
    const outcome = await carryOut();
    assert.ok(outcome.kind === "restored" && outcome.failure.kind === "changed");
    assert.match(outcome.failure.reason, /a container dns already/);
    assert.deepEqual(engine.requests, []);
    assert.deepEqual(engine.picture(), was);
  });

  it("removes no other container that has the name by then", async () => {
    engine.faults.set(1, "request lost");
    engine.onRequest = () => {
      engine.addContainer("dns", "lan", {}, { image: "alpine" });
    };
    const outcome = await carryOut();
    assert.ok(outcome.kind === "left");
    assert.match(String(outcome.left[0]?.error), /There is another container dns now/);
    assert.ok(named("dns"));
  });

  it("changes nothing when the network was made anew meanwhile", async () => {
    engine.networks = [];
    engine.addNetwork(lan);
    const outcome = await carryOut();
    assert.ok(outcome.kind === "restored" && outcome.failure.kind === "changed");
    assert.match(outcome.failure.reason, /made anew meanwhile/);
    assert.deepEqual(engine.requests, []);
  });
});

it("a name is made up of the image's, fit for Docker", () => {
  assert.equal(madeUpName("busybox", "a1b2c3"), "busybox-a1b2c3");
  assert.equal(madeUpName("ghcr.io:443/home/Pi_hole:2025@sha256:00", "a1b2c3"), "Pi_hole-a1b2c3");
  assert.equal(madeUpName("--", "a1b2c3"), "container-a1b2c3");
});
