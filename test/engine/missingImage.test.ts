import assert from "node:assert/strict";
import { type NamedRun, planRun } from "../../src/changes/run";
import { runChange } from "../../src/changes/runChange";
import { type EngineClient, EngineError } from "../../src/docker/engineClient";
import { type Registry, startRegistry } from "../lab/registry.mjs";
import { useLab } from "../lab/suite.mjs";
import { connectToLab } from "./labClient";

const address = "192.168.50.20";

describe("running a container whose image a real engine has to pull", function () {
  this.timeout(120_000);
  const lab = useLab();
  let client: EngineClient;
  let registry: Registry;

  const images = async () =>
    (await lab().docker(["images", "--format={{.Repository}}:{{.Tag}}"])).split("\n");

  before("start the registry", async () => {
    registry = await startRegistry(lab());
  });
  beforeEach(async () => {
    client = await connectToLab(lab());
    registry.asked.length = 0;
    const options = ["--subnet=192.168.50.0/24", "--gateway=192.168.50.1", "-o", "parent=lan0"];
    await lab().docker(["network", "create", "-d", "macvlan", ...options, "lan"]);
  });
  afterEach(async () => {
    client.dispose();
    for (const name of (await images()).filter((one) => one.startsWith(registry.prefix))) {
      await lab().docker(["rmi", "--force", name]);
    }
  });
  after("end the registry", async () => {
    await registry.stop();
  });

  const tryToRun = async (name: string) => {
    const run: NamedRun = {
      ...{ image: registry.prefix + name, name: "dns", networkName: "lan", ipv4: address },
      ...{ interactive: true, command: ["sleep", "900"] },
    };
    const network = (await client.listNetworks()).find((one) => one.name === "lan");
    assert.ok(network);
    const plan = planRun(run, network, undefined);
    assert.ok(plan.kind === "possible", JSON.stringify(plan));
    return runChange(plan.change, client, { signal: new AbortController().signal });
  };
  /** What the run says is missing, to be pulled. */
  const missingFor = async (name: string): Promise<string> => {
    const outcome = await tryToRun(name);
    assert.ok(outcome.kind === "restored" && outcome.failure.kind === "error");
    assert.ok(outcome.failure.error instanceof EngineError);
    const { missingImage } = outcome.failure.error;
    assert.equal(missingImage, registry.prefix + name);
    assert.deepEqual(outcome.undone, []);
    return missingImage;
  };
  const failureOf = (pull: Promise<void>) =>
    pull.then(
      () => assert.fail("it was pulled"),
      (error: unknown) => error,
    );
  /** No image and no container is there, and the engine has the image as little as before. */
  const nothingIsLeft = async (name: string) => {
    assert.deepEqual(await lab().docker(["ps", "-aq"]), "");
    assert.ok(!(await images()).some((one) => one.startsWith(registry.prefix)));
    await missingFor(name);
  };

  it("pulls it with its progress, and then runs it", async () => {
    const lines: string[] = [];
    await client.pullImage(await missingFor("box:1"), (line) => lines.push(line));
    assert.match(lines.join("\n"), /Pulling from box/);
    assert.match(lines.join("\n"), /Downloaded newer image for 127\.0\.0\.1:\d+\/box:1/);
    assert.deepEqual(await tryToRun("box:1"), { kind: "done" });
    assert.ok(await lab().ping(address, "router"));
  });

  it("pulls one tag alone where none is named", async () => {
    await client.pullImage(await missingFor("box"));
    assert.ok(
      registry.asked.some((line) => line.endsWith("/v2/box/manifests/latest")),
      registry.asked.join("\n"),
    );
    assert.ok(!registry.asked.some((line) => line.includes("tags/list")));
    assert.deepEqual(await tryToRun("box"), { kind: "done" });
  });

  it("says in the engine's words what the registry does not have", async () => {
    const error = await failureOf(client.pullImage(await missingFor("nothing:1")));
    assert.ok(error instanceof EngineError);
    assert.match(error.message, /127\.0\.0\.1:\d+\/nothing:1|manifest unknown/);
    await nothingIsLeft("nothing:1");
  });

  it("says in the engine's words that what came is not what it should be", async () => {
    const error = await failureOf(client.pullImage(await missingFor("broken:1")));
    assert.ok(error instanceof EngineError);
    assert.match(error.message, /verification failed|checksum|digest|corrupt|invalid/i);
    await nothingIsLeft("broken:1");
  });

  it("gives a pull up that is cancelled, the engine too, and can pull it again", async () => {
    const abort = new AbortController();
    const pull = client.pullImage(await missingFor("slow:1"), undefined, { signal: abort.signal });
    const asked = (line: RegExp) =>
      until(() => registry.asked.some((one) => line.test(one)), String(line));
    await asked(/^GET \/v2\/slow\/blobs/);
    await new Promise((resolve) => setTimeout(resolve, 300));
    abort.abort();
    assert.equal(await failureOf(pull), abort.signal.reason);
    // Engines notice it when they next tell of their progress.
    await asked(/^closed \/v2\/slow\/blobs/);
    await nothingIsLeft("slow:1");
    await client.pullImage(registry.prefix + "box:1");
    assert.deepEqual(await tryToRun("box:1"), { kind: "done" });
  });

  async function until(condition: () => boolean, what: string): Promise<void> {
    for (const start = Date.now(); !condition();) {
      assert.ok(Date.now() - start < 20_000, `${what} in\n${registry.asked.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
