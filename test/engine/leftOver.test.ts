import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { leftText } from "../../src/changes/planText";
import type { Plan } from "../../src/changes/change";
import { planRecreation } from "../../src/changes/recreate";
import { planRun } from "../../src/changes/run";
import { type Outcome, runChange } from "../../src/changes/runChange";
import { readSituation } from "../../src/changes/situation";
import { planConnection, planReaddress } from "../../src/changes/tie";
import { failureText, leftReasons } from "../../src/commands/outcomeText";
import type { EngineClient } from "../../src/docker/engineClient";
import { profileOf } from "../../src/model/engineProfile";
import { startFaultyEngine } from "../lab/faultyEngine.mjs";
import { useLab } from "../lab/suite.mjs";
import { connectToLab } from "./labClient";

const address = "192.168.50.20";

/** The change fails, and so does the way back: what is told to be left is compared with the engine, and done. */
describe("what a change leaves on a real engine that fails on the way back too", function () {
  this.timeout(120_000);
  const lab = useLab();
  let faulty: Awaited<ReturnType<typeof startFaultyEngine>>;
  let client: EngineClient;

  beforeEach(async () => {
    faulty = await startFaultyEngine(lab().socketPath);
    client = await connectToLab(faulty);
    const options = ["--subnet=192.168.50.0/24", "--gateway=192.168.50.1", "-o", "parent=lan1"];
    await lab().docker(["network", "create", "-d", "macvlan", ...options, "--label=a=it's", "lan"]);
  });
  afterEach(() => {
    client.dispose();
    faulty.stop();
  });

  const container = (name: string, ...options: string[]) =>
    lab().docker(["run", "-dit", `--name=${name}`, ...options, "busybox"]);
  const network = async () => {
    const found = (await client.readNetworks()).find(({ settings }) => settings.name === "lan");
    assert.ok(found);
    return found;
  };
  const situation = async () => {
    const profile = profileOf(await lab().version());
    assert.ok(profile);
    const found = await readSituation(client, (await network()).id, profile);
    assert.ok(found);
    return found;
  };
  /** Carries it out while these requests fail; gives what is left, as the document has it, without its comments. */
  const failing = async (
    plan: Plan,
    ...faults: readonly (readonly [RegExp, "refuse" | "lose"])[]
  ) => {
    assert.ok(plan.kind === "possible", JSON.stringify(plan));
    const { change } = plan;
    faulty.faults.push(...faults);
    const outcome: Outcome = await runChange(change, client, {
      signal: new AbortController().signal,
    });
    faulty.faults.length = 0;
    assert.ok(outcome.kind === "left", JSON.stringify(outcome));
    const words = failureText(change, outcome, {});
    assert.match(words, /the disk of the lab is full/);
    assert.match(words, /(One step|\d steps) back could not be done/);
    const reasons = leftReasons(outcome, {});
    assert.match(reasons[0] ?? "", /the disk of the lab is full/);
    const script = leftText(change, outcome.left, reasons);
    const commands = script.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return { script, commands, outcome };
  };
  /** In a shell, as a user would. */
  const byHand = (script: string) => {
    const env = { ...process.env, PATH: `${lab().binFolder}:${process.env["PATH"] ?? ""}` };
    const { status, stderr } = spawnSync("sh", ["-e"], { input: script, env, encoding: "utf8" });
    assert.equal(status, 0, stderr);
  };
  /** `docker ps -a`, and for each network of ours who is on it, as what is told to be left is compared with it. */
  const names = async () =>
    (await lab().docker(["ps", "-a", "--format={{.Names}}"])).trim().split("\n");
  const membersOf = async (name: string): Promise<readonly string[] | undefined> => {
    const { code, stdout } = await lab().tryDocker(["network", "inspect", name]);
    if (code !== 0) return undefined;
    const [found] = JSON.parse(stdout) as [
      { Containers: Record<string, { Name: string; IPv4Address: string }> },
    ];
    const members = Object.values(found.Containers);
    return members.map(({ Name, IPv4Address }) => `${Name} ${IPv4Address}`).sort();
  };

  it("the network and its containers, when neither the new nor the old one can be made", async () => {
    await container("dns", "--network=lan", `--ip=${address}`, "--network-alias=ns");
    await container("web", "--network=lan");
    const before = await situation();
    const was = await membersOf("lan");
    const { settings } = before.network;
    const options = { ...settings.options, parent: "lan0" };
    const { commands, script, outcome } = await failing(
      planRecreation(before, { ...settings, options }, {}),
      [/^POST \/networks\/create/, "refuse"],
    );
    assert.equal(outcome.left.length, 3);
    assert.match(commands[0] ?? "", /^docker network create .*parent=lan1.* lan$/);
    assert.deepEqual(
      commands
        .slice(1)
        .map((line) => /network connect .*\b(\w+)$/.exec(line)?.[1])
        .sort(),
      ["dns", "web"],
    );
    assert.equal(await membersOf("lan"), undefined, "there is no network lan");
    assert.deepEqual((await names()).sort(), ["dns", "web"]);

    byHand(script);
    assert.deepEqual((await situation()).network.settings, settings);
    assert.deepEqual(await membersOf("lan"), was);
  });

  it("one container, when it alone cannot be connected again", async () => {
    await container("dns", "--network=lan", `--ip=${address}`);
    await container("web", "--network=lan");
    const before = await situation();
    const was = await membersOf("lan");
    const dns = before.members.find(({ container: { name } }) => name === "dns");
    assert.ok(dns);
    const { commands, script } = await failing(
      planReaddress(before, dns.container.id, { ipv4: "192.168.50.77" }),
      [/^POST \/networks\/\w+\/connect/, "refuse"],
    );
    assert.deepEqual(commands, [`docker network connect --ip=${address} lan dns`]);
    assert.deepEqual(
      await membersOf("lan"),
      was?.filter((line) => line.startsWith("web")),
    );

    byHand(script);
    assert.deepEqual(await membersOf("lan"), was);
  });

  for (const fault of ["refuse", "lose"] as const) {
    it(`the container that was created, when it cannot be removed (start: ${fault})`, async () => {
      const [lan] = (await client.listNetworks()).filter(({ name }) => name === "lan");
      assert.ok(lan);
      const plan = planRun(
        {
          ...{ image: "busybox", name: "dns", networkName: "lan", ipv4: address },
          ...{ interactive: false, command: ["sleep", "900"] },
        },
        lan,
        undefined,
      );
      assert.ok(plan.kind === "possible");
      const { commands, script } = await failing(
        plan,
        [/^POST \/containers\/\w+\/start/, fault],
        [/^DELETE \/containers\//, "refuse"],
      );
      assert.deepEqual(commands, ["docker rm -f dns"]);
      assert.deepEqual(await names(), ["dns"]);
      const running = fault === "lose";
      assert.deepEqual(await membersOf("lan"), running ? [`dns ${address}/24`] : []);

      byHand(script);
      assert.deepEqual(await names(), [""]);
      assert.deepEqual(await membersOf("lan"), []);
    });
  }

  it("the connection that was made, when it cannot be taken back", async () => {
    await container("web");
    const web = await client.readContainer("web");
    const { commands, script } = await failing(
      planConnection(await situation(), web, { ipv4: address }),
      [/^POST \/networks\/\w+\/connect/, "lose"],
      [/^POST \/networks\/\w+\/disconnect/, "refuse"],
    );
    assert.deepEqual(commands, ["docker network disconnect lan web"]);
    assert.deepEqual(await membersOf("lan"), [`web ${address}/24`]);

    byHand(script);
    assert.deepEqual(await membersOf("lan"), []);
    assert.deepEqual(await names(), ["web"]);
  });
});
