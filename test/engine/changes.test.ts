import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Change, type Plan, commandOf } from "../../src/changes/change";
import { planRecreation } from "../../src/changes/recreate";
import { planRemoval } from "../../src/changes/removal";
import { runChange } from "../../src/changes/runChange";
import { type Situation, readSituation } from "../../src/changes/situation";
import { planPin, planReaddress } from "../../src/changes/tie";
import type { EngineClient } from "../../src/docker/engineClient";
import { profileOf } from "../../src/model/engineProfile";
import { useLab } from "../lab/suite.mjs";
import { connectToLab } from "./labClient";

const address = "192.168.50.20";
const mac = "02:42:c0:a8:32:63";

const composeFile = `
name: home
services:
  dns:
    image: busybox
    command: sleep 900
    networks: { lan: { ipv4_address: ${address} } }
  web:
    image: busybox
    command: sleep 900
    networks: [lan]
networks:
  lan:
    driver: macvlan
    driver_opts: { parent: lan0 }
    ipam: { config: [{ subnet: 192.168.50.0/24, gateway: 192.168.50.1 }] }
`;

describe("changes of networks on a real engine", function () {
  this.timeout(120_000);
  const lab = useLab();
  let client: EngineClient;

  beforeEach(async () => {
    client = await connectToLab(lab());
    // The containers of the test before had these addresses too, with other MACs.
    await lab().inRouter(["ip", "neigh", "flush", "all"]);
  });
  afterEach(() => {
    client.dispose();
  });

  const create = (...options: string[]) =>
    lab().docker(["network", "create", "-d", "macvlan", "--subnet=192.168.50.0/24", ...options]);
  const run = (name: string, ...options: string[]) =>
    lab().docker(["run", "-dit", `--name=${name}`, ...options, "busybox"]);
  const situation = async (name = "lan"): Promise<Situation> => {
    const profile = profileOf(await lab().version());
    const network = (await client.readNetworks()).find(({ settings }) => settings.name === name);
    assert.ok(profile && network, `network ${name}`);
    const found = await readSituation(client, network.id, profile);
    assert.ok(found);
    return found;
  };
  const idOf = (of: Situation, name: string) =>
    of.members.find(({ container }) => container.name === name)?.container.id ?? "";
  const carryOut = async (plan: Plan): Promise<Change> => {
    assert.ok(plan.kind === "possible", JSON.stringify(plan));
    const { signal } = new AbortController();
    const outcome = await runChange(plan.change, client, { signal });
    assert.deepEqual(outcome, { kind: "done" }, reason(outcome));
    const again = await runChange(plan.change, client, { signal });
    assert.deepEqual(again, { kind: "nothing" }, reason(again));
    return plan.change;
  };
  /** Of its one interface, which older engines name anew each time. */
  const macOf = async (name: string) =>
    (await lab().docker(["exec", name, "sh", "-c", "cat /sys/class/net/eth*/address"])).trim();

  it("move a network to the parent that it should have, and the LAN sees its container", async () => {
    await create("--gateway=192.168.50.1", "-o", "parent=lan1", "--label=a=it's", "lan");
    await run(
      "dns",
      "--network=lan",
      `--ip=${address}`,
      `--mac-address=${mac}`,
      "--network-alias=ns",
    );
    assert.equal(await lab().ping(address, "router"), false, "before");
    const before = await situation();
    const { settings } = before.network;
    const options = { ...settings.options, parent: "lan0" };
    const change = await carryOut(planRecreation(before, { ...settings, options }, {}));
    assert.equal(await lab().ping(address, "router"), true, "after");
    const after = await situation();
    assert.deepEqual(after.network.settings, { ...settings, options });
    const [dns] = after.members;
    assert.equal(dns?.endpoint.settings.ipv4, address);
    assert.deepEqual(dns.endpoint.settings.aliases, ["ns"]);
    await expectMac(change);
  });

  it("give a network another range, with every container as it was on the LAN", async () => {
    await create(
      "--gateway=192.168.50.1",
      "--ip-range=192.168.50.128/25",
      "-o",
      "parent=lan0",
      "lan",
    );
    await run("dns", "--network=lan", `--ip=${address}`, `--mac-address=${mac}`);
    await run("web", "--network=lan");
    await run("old", "--network=lan", "--ip=192.168.50.30");
    await lab().docker(["stop", "-t0", "old"]);
    const before = await situation();
    const chosen = before.members.find(({ container }) => container.name === "web")?.endpoint.ipv4;
    assert.ok(chosen, "an address was chosen");
    for (const ip of [address, chosen]) assert.ok(await lab().ping(ip, "router"), `${ip} before`);
    const { settings } = before.network;
    const pools = settings.pools.map((pool) => ({ ...pool, ipRange: "192.168.50.64/26" }));
    const change = await carryOut(planRecreation(before, { ...settings, pools }, {}));
    for (const ip of [address, chosen]) assert.ok(await lab().ping(ip, "router"), `${ip} after`);
    await expectMac(change);
    await lab().docker(["start", "old"]);
    assert.ok(await lab().ping("192.168.50.30", "router"), "the stopped one has its address again");
  });

  it("take everything back when the engine refuses the new network", async () => {
    await create("--gateway=192.168.50.1", "-o", "parent=lan0", "lan");
    await run("dns", "--network=lan", `--ip=${address}`);
    await run("web", "--network=lan");
    const before = await situation();
    const chosen = before.members.find(({ container }) => container.name === "web")?.endpoint.ipv4;
    const { settings } = before.network;
    // Without facts nobody knows that there is no such interface.
    const plan = planRecreation(before, { ...settings, options: { parent: "lan9" } }, {});
    assert.ok(plan.kind === "possible");
    const outcome = await runChange(plan.change, client, { signal: new AbortController().signal });
    assert.equal(outcome.kind, "restored", reason(outcome));
    assert.match(reason(outcome), /invalid subinterface vlan name lan9/);
    const after = await situation();
    assert.deepEqual(after.network.settings, settings);
    const web = after.members.find(({ container }) => container.name === "web")?.endpoint;
    assert.equal(web?.settings.ipv4, undefined, "the address is not fixed now");
    assert.deepEqual("moved" in outcome && outcome.moved, [], "the engine chose the same");
    for (const ip of [address, chosen ?? ""]) assert.ok(await lab().ping(ip, "router"), ip);
  });

  it("rename a network whose containers were created elsewhere", async () => {
    await create("--gateway=192.168.50.1", "-o", "parent=lan0", "lan");
    await lab().docker(["network", "create", "home"]);
    await run("dns", "--network=home");
    await lab().docker(["network", "connect", `--ip=${address}`, "--alias=ns", "lan", "dns"]);
    const before = await situation();
    const wanted = { ...before.network.settings, name: "lan-50" };
    await carryOut(planRecreation(before, wanted, {}));
    assert.ok(await lab().ping(address, "router"));
    await lab().docker(["restart", "-t0", "dns"]);
    assert.ok(await lab().ping(address, "router"), "after a restart");
    const names = (await client.readNetworks()).map(({ settings }) => settings.name);
    assert.ok(names.includes("lan-50") && !names.includes("lan"), names.join(" "));
  });

  it("refuse to rename where the engine could not connect or start the container again", async () => {
    await create("--gateway=192.168.50.1", "-o", "parent=lan0", "lan");
    await run("dns", "--network=lan", `--ip=${address}`);
    const before = await situation();
    const plan = planRecreation(before, { ...before.network.settings, name: "home" }, {});
    assert.equal(plan.kind, before.profile.needsNetworkMode ? "impossible" : "possible");
    if (plan.kind !== "possible") return;
    await carryOut(plan);
    await lab().docker(["restart", "-t0", "dns"]);
    assert.ok(await lab().ping(address, "router"));
  });

  it("pin the address of a container, move it, and remove the network", async () => {
    await create("--gateway=192.168.50.1", "-o", "parent=lan0", "lan");
    await run("web", "--network=lan", "--network-alias=www");
    const first = await situation();
    const chosen = first.members[0]?.endpoint.ipv4 ?? "";
    await carryOut(planPin(first, idOf(first, "web")));
    const pinned = await situation();
    assert.equal(pinned.members[0]?.endpoint.settings.ipv4, chosen);
    assert.deepEqual(pinned.members[0].endpoint.settings.aliases, ["www"]);
    assert.ok(await lab().ping(chosen, "router"));
    await carryOut(planReaddress(pinned, idOf(pinned, "web"), { ipv4: address }));
    assert.ok(await lab().ping(address, "router"));
    assert.equal(await lab().ping(chosen, "router"), false, "the former address is free");
    await carryOut(planRemoval(await situation()));
    assert.equal((await lab().tryDocker(["network", "inspect", "lan"])).code, 1);
    await lab().docker(["inspect", "web"]);
  });

  it("show docker commands that do the same", async () => {
    await create("--gateway=192.168.50.1", "-o", "parent=lan0", "--label=note=$(id) it's", "lan");
    await run("dns", "--network=lan", `--ip=${address}`, "--network-alias=ns");
    const before = await situation();
    const { settings } = before.network;
    const pools = [{ ...settings.pools[0], ipRange: "192.168.50.64/26" }];
    const plan = planRecreation(before, { ...settings, pools }, {});
    assert.ok(plan.kind === "possible");
    for (const step of plan.change.steps) await lab().docker(commandOf(step).slice(1));
    const outcome = await runChange(plan.change, client, { signal: new AbortController().signal });
    assert.deepEqual(outcome, { kind: "nothing" }, "the change is made already");
    assert.ok(await lab().ping(address, "router"));
  });

  it("leave networks and containers of Compose such that it finds nothing to do", async () => {
    const folder = mkdtempSync(join(tmpdir(), "macvlan-changes-"));
    try {
      writeFileSync(join(folder, "compose.yaml"), composeFile);
      await lab().compose(["up", "-d"], folder);
      const before = await situation("home_lan");
      const { settings } = before.network;
      const pools = [{ ...settings.pools[0], ipRange: "192.168.50.64/26" }];
      const change = await carryOut(planRecreation(before, { ...settings, pools }, {}));
      assert.match(change.notes.join("\n"), /Compose made home_lan.*does not see/);
      const made = await situation("home_lan");
      await lab().compose(["up", "-d"], folder);
      const after = await situation("home_lan");
      const ids = ({ network, members }: Situation) => [
        network.id,
        ...members.map(({ container }) => container.id),
      ];
      assert.equal(ids(after).length, 3);
      assert.deepEqual(ids(after), ids(made), "nothing was made anew");
      assert.ok(await lab().ping(address, "router"));
    } finally {
      await lab().tryCompose(["down", "-t", "0"], folder);
      rmSync(folder, { recursive: true });
    }
  });

  /** Kept where the engine can; where it cannot, the plan said so. */
  async function expectMac(change: Change): Promise<void> {
    const { macOnConnect } = profileOf(await lab().version()) ?? assert.fail();
    const isLost = macOnConnect === "none";
    assert.equal((await macOf("dns")) === mac, !isLost, `MAC ${await macOf("dns")}`);
    assert.equal(
      change.notes.some((note) => note.includes(`loses the MAC address ${mac}`)),
      isLost,
    );
  }
});

function reason(outcome: unknown): string {
  return JSON.stringify(outcome, (_key, value: unknown) =>
    value instanceof Error ? value.message : value,
  );
}
