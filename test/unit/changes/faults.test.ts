/** Every change with a fault at each of its requests, and at each request of the way back. */
import assert from "node:assert/strict";
import { type Change, type Plan, commandOf } from "../../../src/changes/change";
import { planRecreation } from "../../../src/changes/recreate";
import { planRemoval } from "../../../src/changes/removal";
import { type Outcome, runChange } from "../../../src/changes/runChange";
import { readSituation } from "../../../src/changes/situation";
import {
  planConnection,
  planDisconnection,
  planPin,
  planReaddress,
} from "../../../src/changes/tie";
import { profileOf } from "../../../src/model/engineProfile";
import type { NetworkSettings } from "../../../src/model/networkSettings";
import { docker } from "./simulatedDocker";
import { type Fault, SimulatedEngine } from "./simulatedEngine";

const lan: NetworkSettings = {
  name: "lan",
  driver: "macvlan",
  internal: false,
  attachable: true,
  enableIpv6: false,
  options: { parent: "eth0", macvlan_mode: "bridge" },
  labels: { "com.docker.compose.project": "home", note: "it's $HOME; `x`" },
  ipamDriver: "default",
  ipamOptions: {},
  pools: [
    {
      subnet: "192.168.1.0/24",
      ipRange: "192.168.1.128/25",
      gateway: "192.168.1.1",
      aux: { nas: "192.168.1.9" },
    },
  ],
  kind: "local",
};

/** One network with a container of each sort; `other` stands for what must never be touched. */
function engineWithLan(): SimulatedEngine {
  const engine = new SimulatedEngine();
  engine.addNetwork({
    ...lan,
    name: "other",
    options: { parent: "eth9" },
    pools: [{ subnet: "10.9.9.0/24" }],
  });
  engine.addNetwork(lan);
  engine.addContainer("fixed", "lan", {
    ipv4: "192.168.1.20",
    aliases: ["dns", "fixed-1"],
    links: ["db:database"],
    driverOpts: { "com.docker.network.endpoint.sysctls": "net.ipv4.conf.IFNAME.log_martians=1" },
    gwPriority: 7,
  });
  engine.addContainer("chosen", "lan", {}, { networkMode: "other" });
  // Put back in the wrong order, these would get each other's address, or take the fixed one.
  engine.addContainer("low", "lan", { ipv4: "192.168.1.3" });
  engine.addContainer("late", "lan", {}, { networkMode: "other" });
  engine.addContainer("claims", "lan", { ipv4: "192.168.1.30" }, { running: false });
  engine.addContainer("idle", "lan", {}, { running: false });
  engine.addContainer("elsewhere", "other", { ipv4: "10.9.9.9" });
  return engine;
}

async function situationOf(engine: SimulatedEngine, version = "24.0") {
  const network = engine.networks.find(({ settings }) => settings.name === "lan");
  const profile = profileOf(version);
  assert.ok(network && profile);
  const situation = await readSituation(engine, network.id, profile);
  assert.ok(situation);
  return situation;
}

function possible(plan: Plan): Change {
  assert.equal(plan.kind, "possible", JSON.stringify(plan));
  return plan.change;
}

const idOf = (engine: SimulatedEngine, name: string) =>
  engine.containers.find((one) => one.name === name)?.id ?? "";

const plans: Readonly<Record<string, (engine: SimulatedEngine) => Promise<Change>>> = {
  "recreation on another parent": async (engine) =>
    possible(
      planRecreation(
        await situationOf(engine),
        { ...lan, options: { ...lan.options, parent: "eth1" } },
        {},
      ),
    ),
  "recreation with another range": async (engine) =>
    possible(
      planRecreation(
        await situationOf(engine),
        {
          ...lan,
          pools: [{ subnet: "192.168.1.0/24", ipRange: "192.168.1.64/26", gateway: "192.168.1.1" }],
        },
        {},
      ),
    ),
  "recreation in another subnet": async (engine) =>
    possible(
      planRecreation(
        await situationOf(engine),
        { ...lan, pools: [{ subnet: "192.168.7.0/24", gateway: "192.168.7.1" }] },
        {},
      ),
    ),
  renaming: async (engine) =>
    possible(planRecreation(await situationOf(engine), { ...lan, name: "home" }, {})),
  removal: async (engine) => possible(planRemoval(await situationOf(engine))),
  pinning: async (engine) => possible(planPin(await situationOf(engine), idOf(engine, "chosen"))),
  "another address": async (engine) =>
    possible(
      planReaddress(await situationOf(engine), idOf(engine, "fixed"), { ipv4: "192.168.1.77" }),
    ),
  "another claim of a stopped container": async (engine) =>
    possible(
      planReaddress(await situationOf(engine), idOf(engine, "claims"), { ipv4: "192.168.1.77" }),
    ),
  disconnection: async (engine) =>
    possible(planDisconnection(await situationOf(engine), idOf(engine, "fixed"))),
  connection: async (engine) =>
    possible(
      planConnection(
        await situationOf(engine),
        await engine.readContainer(idOf(engine, "elsewhere")),
        { ipv4: "192.168.1.40" },
      ),
    ),
};

/** Whose addresses the engine chooses. */
const lent = ["chosen", "late"];

const run = (change: Change, engine: SimulatedEngine, signal = new AbortController().signal) =>
  runChange(change, engine, { signal });

const faults: readonly Fault[] = ["refused", "answer lost", "request lost"];

for (const [name, plan] of Object.entries(plans)) {
  describe(`the ${name} of a network or container`, () => {
    let engine: SimulatedEngine;
    let was: unknown;
    /** Without the addresses that the engine lends. */
    let wasBut: unknown;
    let change: Change;
    let count: number;

    const begin = async () => {
      engine = engineWithLan();
      was = engine.picture();
      wasBut = engine.picture(lent);
      change = await plan(engine);
    };
    before("count the requests", async () => {
      await begin();
      assert.deepEqual(await run(change, engine), { kind: "done" });
      count = engine.requests.length;
    });
    beforeEach(begin);

    it("takes the steps of its plan, in their order, and reaches its goal", async () => {
      assert.deepEqual(await run(change, engine), { kind: "done" });
      assert.equal(engine.requests.length, change.steps.length);
      const fixed = engine.endpoint("chosen", "lan")?.settings.ipv4;
      if (name === "pinning") assert.equal(fixed, "192.168.1.2");
      else assert.notDeepEqual(engine.picture(), was);
    });

    it("does the same as its docker commands", async () => {
      await run(change, engine);
      const byHand = engineWithLan();
      for (const step of change.steps) await docker(byHand, commandOf(step));
      assert.deepEqual(byHand.picture(), engine.picture());
    });

    it("does nothing when it is run again", async () => {
      await run(change, engine);
      const after = engine.picture();
      assert.deepEqual(await run(change, engine), { kind: "nothing" });
      assert.equal(engine.requests.length, count);
      assert.deepEqual(engine.picture(), after);
    });

    for (const fault of faults) {
      it(`leaves everything as it was when a request is ${fault}, whichever it is`, async () => {
        for (let at = 1; at <= count; at++) {
          await begin();
          engine.faults.set(at, fault);
          const outcome = await run(change, engine);
          assert.equal(outcome.kind, "restored", `${at}: ${JSON.stringify(outcome)}`);
          assert.deepEqual(engine.picture(), was, `request ${at}`);
        }
      });

      it(`tries the way back once more when it is ${fault} once`, async () => {
        for (let at = 2; at <= count; at++) {
          await begin();
          engine.faults.set(at, "refused");
          engine.faults.set(at + 1, fault);
          const outcome = await run(change, engine);
          assert.equal(outcome.kind, "restored", `${at}: ${JSON.stringify(outcome)}`);
          assert.deepEqual(engine.picture(), was, `request ${at}`);
        }
      });

      it(`says what is left, as commands that restore it, when the way back is ${fault} too`, async () => {
        let cases = 0;
        for (let at = 1; at <= count; at++) {
          // A way back is not longer than the way there.
          for (let back = at + 1; back <= 2 * at; back++) {
            await begin();
            engine.faults.set(at, at % 2 === 0 ? "answer lost" : "refused");
            // Each step of the way back is tried twice.
            engine.faults.set(back, fault);
            engine.faults.set(back + 1, fault);
            const outcome = await run(change, engine);
            if (outcome.kind === "left") {
              cases++;
              engine.faults.clear();
              for (const { step } of outcome.left) {
                // Whoever does it by hand sees that this one had its effect, though nobody said so.
                await docker(engine, commandOf(step)).catch((error: unknown) => {
                  assert.equal(fault, "answer lost", String(error));
                });
              }
            }
            // Beside what is left, others have to be kept from taking its address.
            const [now, then] =
              outcome.kind === "left" ? [engine.picture(lent), wasBut] : [engine.picture(), was];
            assert.deepEqual(now, then, `requests ${at} and ${back}`);
          }
        }
        assert.ok(cases > 0 || count === 1 || fault === "answer lost", "no case was one");
      });
    }

    it("is taken back when it is cancelled before a step, whichever it is", async () => {
      for (let at = 0; at < change.steps.length; at++) {
        await begin();
        const abort = new AbortController();
        const outcome = await runChange(change, engine, {
          signal: abort.signal,
          onStep: (_step, index) => {
            if (index === at) abort.abort();
          },
        });
        assertCancelled(outcome);
        assert.deepEqual(engine.picture(), was, `step ${at}`);
      }
    });

    it("is taken back when it is cancelled during a request, but for the last", async () => {
      for (let at = 1; at <= count; at++) {
        await begin();
        const abort = new AbortController();
        engine.onRequest = (number) => {
          if (number === at) abort.abort();
        };
        const outcome = await run(change, engine, abort.signal);
        if (at === count) {
          assert.equal(outcome.kind, "done");
          continue;
        }
        assertCancelled(outcome);
        assert.deepEqual(engine.picture(), was, `request ${at}`);
      }
    });

    it("changes nothing when a container of it is gone meanwhile", async () => {
      const first = change.steps[0];
      if (first?.kind !== "disconnect" && first?.kind !== "connect") return assert.fail();
      engine.containers = engine.containers.filter(({ id }) => id !== first.container.id);
      const picture = engine.picture();
      const outcome = await run(change, engine);
      assert.equal(outcome.kind, "restored", JSON.stringify(outcome));
      assert.match(JSON.stringify(outcome), /no longer exists/);
      assert.deepEqual(engine.picture(), picture);
    });

    it("changes nothing when the network was made anew meanwhile", async () => {
      const old = engine.networks.find(({ settings }) => settings.name === "lan");
      engine.networks = engine.networks.filter((one) => one !== old);
      engine.addNetwork(lan);
      const outcome = await run(change, engine);
      // The one that was to be removed is gone.
      if (name === "removal") {
        assert.deepEqual(outcome, { kind: "nothing" });
        assert.deepEqual(engine.picture(), was);
        return;
      }
      if (name === "renaming" || name.startsWith("recreation")) {
        assert.match(JSON.stringify(outcome), /made anew meanwhile/);
      }
      assert.equal(outcome.kind, "restored");
      assert.deepEqual(engine.picture(), was);
    });
  });
}

it("a container for which the engine chooses another address on the way back is named", async () => {
  const engine = engineWithLan();
  const late = possible(
    planReaddress(await situationOf(engine), idOf(engine, "late"), { ipv4: "192.168.1.77" }),
  );
  engine.containers = engine.containers.filter(({ name }) => name !== "chosen");
  engine.faults.set(2, "refused");
  const outcome = await run(late, engine);
  assert.equal(outcome.kind, "restored", JSON.stringify(outcome));
  assert.deepEqual("moved" in outcome && outcome.moved, [
    { container: "late", network: "lan", from: "192.168.1.4", to: "192.168.1.2" },
  ]);
  assert.equal(engine.endpoint("late", "lan")?.settings.ipv4, undefined, "not fixed");
});

it("takes nobody's address on the way back while somebody is left out, and says whose it fixed", async () => {
  const engine = engineWithLan();
  // Found at the lowest free address, which is fixed for somebody else.
  engine.addContainer("first", "lan", { ipv4: "192.168.1.5" });
  engine.addContainer("second", "lan", {}, { networkMode: "other" });
  const removal = possible(planRemoval(await situationOf(engine)));
  const steps = removal.steps.length;
  engine.faults.set(steps, "refused");
  // Twice: each step back is tried again.
  const low = removal.steps.findIndex(
    (step) => "container" in step && step.container.name === "low",
  );
  const back = steps + (steps - 1 - low);
  engine.faults.set(back, "refused");
  engine.faults.set(back + 1, "refused");
  const outcome = await run(removal, engine);
  assert.ok(outcome.kind === "left", JSON.stringify(outcome));
  assert.deepEqual(
    outcome.left.map(({ step }) => commandOf(step)),
    [["docker", "network", "connect", "--ip=192.168.1.3", "lan", "low"]],
  );
  assert.deepEqual(outcome.fixed, ["chosen", "late", "second"]);
  assert.equal(engine.endpoint("late", "lan")?.ipv4, "192.168.1.4");
  for (const { step } of outcome.left) await docker(engine, commandOf(step));
});

function assertCancelled(outcome: Outcome): void {
  assert.equal(outcome.kind, "restored", JSON.stringify(outcome));
  assert.equal("failure" in outcome && outcome.failure.kind, "cancelled");
}
