import assert from "node:assert/strict";
import { commandOf, inverseOf } from "../../src/changes/change";
import { findContainer } from "../../src/changes/containerState";
import type { ChangeEngine } from "../../src/changes/engine";
import { type NamedRun, planRun } from "../../src/changes/run";
import { type Outcome, runChange } from "../../src/changes/runChange";
import { type EngineClient, EngineError } from "../../src/docker/engineClient";
import { useLab } from "../lab/suite.mjs";
import { connectToLab } from "./labClient";

const address = "192.168.50.20";

function brokenOff(): never {
  throw new EngineError("unreachable", "The connection broke off.");
}

describe("running a container on a real engine", function () {
  this.timeout(120_000);
  const lab = useLab();
  let client: EngineClient;

  beforeEach(async () => {
    client = await connectToLab(lab());
    const options = ["--subnet=192.168.50.0/24", "--gateway=192.168.50.1", "-o", "parent=lan0"];
    await lab().docker(["network", "create", "-d", "macvlan", ...options, "lan"]);
  });
  afterEach(() => {
    client.dispose();
  });

  const dns = (interactive: boolean): NamedRun => ({
    image: "busybox",
    name: "dns",
    networkName: "lan",
    ipv4: address,
    interactive,
    command: ["sleep", "900"],
  });
  const planNow = async (run: NamedRun) => {
    const network = (await client.listNetworks()).find(({ name }) => name === "lan");
    assert.ok(network);
    return planRun(run, network, await findContainer(client, run.name));
  };
  const carryOut = async (run: NamedRun, engine: ChangeEngine = client): Promise<Outcome> => {
    const plan = await planNow(run);
    assert.ok(plan.kind === "possible", JSON.stringify(plan));
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 500));
    return runChange(plan.change, engine, { signal: new AbortController().signal, pause });
  };
  /** All containers and what the network says of itself and of them. */
  const picture = async () => [
    await lab().docker(["ps", "-a", "--no-trunc", "--format={{.ID}} {{.Names}} {{.State}}"]),
    JSON.parse(await lab().docker(["network", "inspect", "lan"])) as unknown,
  ];
  /** The engine does what is asked for, but the connection breaks before it can say so. */
  const withoutAnswerTo = (method: "createContainer" | "startContainer"): ChangeEngine => ({
    readNetworks: (options) => client.readNetworks(options),
    readContainer: (id, options) => client.readContainer(id, options),
    listContainers: (options) => client.listContainers(options),
    createNetwork: (settings) => client.createNetwork(settings),
    removeNetwork: (id) => client.removeNetwork(id),
    connect: (spec) => client.connect(spec),
    disconnect: (networkId, containerId) => client.disconnect(networkId, containerId),
    createContainer: async (spec) => {
      const id = await client.createContainer(spec);
      return method === "createContainer" ? brokenOff() : id;
    },
    startContainer: async (id) => {
      await client.startContainer(id);
      if (method === "startContainer") brokenOff();
    },
    removeContainer: (id, options) => client.removeContainer(id, options),
  });

  it("gives it its address, which the LAN sees, and finds nothing to do again", async () => {
    for (const interactive of [true, false]) {
      assert.deepEqual(await carryOut(dns(interactive)), { kind: "done" });
      assert.ok(await lab().ping(address, "router"));
      assert.equal((await planNow(dns(interactive))).kind, "nothing");
      await lab().docker(["rm", "-f", "dns"]);
    }
  });

  it("leaves no container and no trace when the address is taken", async () => {
    await lab().docker([
      "run",
      "-dit",
      "--network=lan",
      `--ip=${address}`,
      "--name=web",
      "busybox",
    ]);
    const before = await picture();
    for (const interactive of [true, false]) {
      const outcome = await carryOut(dns(interactive));
      assert.ok(outcome.kind === "restored", JSON.stringify(outcome));
      assert.ok(outcome.failure.kind === "error");
      assert.equal(outcome.failure.step?.kind, "startContainer");
      assert.match(String(outcome.failure.error), /Address already in use/);
      assert.deepEqual(await picture(), before);
    }
  });

  for (const method of ["createContainer", "startContainer"] as const) {
    it(`takes it back when there is no answer to ${method}`, async () => {
      const before = await picture();
      for (const interactive of [true, false]) {
        const outcome = await carryOut(dns(interactive), withoutAnswerTo(method));
        assert.ok(outcome.kind === "restored", JSON.stringify(outcome));
        assert.equal("step" in outcome.failure && outcome.failure.step?.kind, method);
        assert.deepEqual(
          outcome.undone.map(({ kind }) => kind),
          ["removeContainer"],
        );
        assert.deepEqual(await picture(), before);
      }
    });
  }

  it("has nothing to take back when the image is not there", async () => {
    const before = await picture();
    const outcome = await carryOut({ ...dns(true), image: "nope:1" });
    assert.ok(outcome.kind === "restored" && outcome.failure.kind === "error");
    assert.ok(outcome.failure.error instanceof EngineError);
    assert.equal(outcome.failure.error.missingImage, "nope:1");
    assert.deepEqual(outcome.undone, []);
    assert.deepEqual(await picture(), before);
  });

  it("does by hand what its plan shows", async () => {
    const plan = await planNow({ ...dns(true), mac: "02:42:c0:a8:32:63" });
    assert.ok(plan.kind === "possible");

    for (const step of plan.change.steps) await lab().docker(commandOf(step).slice(1));
    assert.equal((await planNow(dns(true))).kind, "nothing");
    const [create] = plan.change.steps;
    const back = create && inverseOf(create);
    assert.ok(back);
    await lab().docker(commandOf(back).slice(1));
    assert.equal(await findContainer(client, "dns"), undefined);
  });
});
