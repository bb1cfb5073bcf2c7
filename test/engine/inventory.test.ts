import assert from "node:assert/strict";
import { interfacesFromIp } from "../../src/host/fromIp";
import type { Inventory } from "../../src/inventory/inventory";
import { createInventory } from "../../src/inventory/liveInventory";
import type { Attachment } from "../../src/model/attachment";
import { useLab } from "../lab/suite.mjs";

describe("the inventory of a real engine", function () {
  this.timeout(60_000);
  const lab = useLab();
  let inventory: Inventory;
  let log: string[];

  beforeEach(async () => {
    log = [];
    inventory = createInventory({
      trusted: true,
      endpoint: { dockerHost: lab().dockerHost },
      log: (line) => log.push(line),
    });
    inventory.watch();
    await until(() => inventory.state.kind === "connected", 30_000);
  });

  afterEach(() => {
    inventory.dispose();
  });

  /** Resolves with the milliseconds it took until the inventory said so; without asking it to refresh. */
  async function until(condition: () => boolean, limit: number): Promise<number> {
    const start = performance.now();
    await new Promise<void>((resolve, reject) => {
      const done = (finish: () => void) => {
        clearTimeout(timer);
        listening.dispose();
        finish();
      };
      const timer = setTimeout(() => {
        const said = `${inventory.state.kind}, ${JSON.stringify(inventory.facts.containers)}`;
        done(() => {
          reject(new Error(`not within ${limit} ms: ${said}; ${log.join("; ")}`));
        });
      }, limit);
      const listening = inventory.onDidChange(() => {
        if (condition()) done(resolve);
      });
      if (condition()) done(resolve);
    });
    return performance.now() - start;
  }

  const hasNetwork = (name: string) => () =>
    inventory.facts.networks?.some((network) => network.name === name) === true;
  const tiesOf = (name: string): readonly Attachment[] =>
    inventory.facts.containers?.find((container) => container.name === name)?.attachments ?? [];
  const isRunning = (name: string) =>
    inventory.facts.containers?.find((container) => container.name === name)?.running;

  const createLan = () =>
    lab().docker(
      "network create -d macvlan -o parent=lan0 --subnet 192.168.50.0/24 --gateway 192.168.50.1 --ip-range 192.168.50.128/25 lan".split(
        " ",
      ),
    );
  const run = (...words: string[]) =>
    lab().docker(["run", "-dit", "--name", "box", "--network", "lan", ...words, "busybox"]);

  it("has the engine, its networks and its containers with address and MAC", async () => {
    await createLan();
    await run("--ip", "192.168.50.20");
    await inventory.refresh();
    assert.ok(inventory.state.kind === "connected");
    assert.equal(inventory.state.info.version.split("+")[0], await lab().version());
    assert.equal(inventory.facts.engine?.version, inventory.state.info.version);
    const found = inventory.facts.networks?.find(({ name }) => name === "lan");
    assert.equal(found?.parent, "lan0");
    assert.deepEqual(found.ipam, [
      { subnet: "192.168.50.0/24", ipRange: "192.168.50.128/25", gateway: "192.168.50.1" },
    ]);
    const mac = (await lab().docker(["exec", "box", "cat", "/sys/class/net/eth0/address"])).trim();
    assert.deepEqual(tiesOf("box"), [{ network: "lan", ipv4: "192.168.50.20", mac, static: true }]);
  });

  it("has a network within a second of its creation by the docker command", async () => {
    await createLan();
    const late = await until(hasNetwork("lan"), 1_000);
    assert.ok(late < 1_000);
    await lab().docker(["network", "rm", "lan"]);
    await until(() => !hasNetwork("lan")(), 1_000);
  });

  it("follows a container that runs, is connected, disconnected, renamed, stopped and removed", async () => {
    await createLan();
    await lab().docker(["run", "-dit", "--name", "box", "busybox"]);
    await until(() => isRunning("box") === true, 1_000);
    await lab().docker(["network", "connect", "--ip", "192.168.50.30", "lan", "box"]);
    await until(() => tiesOf("box").some(({ ipv4 }) => ipv4 === "192.168.50.30"), 1_000);
    await lab().docker(["network", "disconnect", "lan", "box"]);
    await until(() => !tiesOf("box").some(({ network }) => network === "lan"), 1_000);
    await lab().docker(["rename", "box", "crate"]);
    await until(() => isRunning("crate") === true && isRunning("box") === undefined, 1_000);
    await lab().docker(["stop", "crate"]);
    await until(() => isRunning("crate") === false, 1_000);
    await lab().docker(["rm", "crate"]);
    await until(() => isRunning("crate") === undefined, 1_000);
  });

  it("keeps the claim of a stopped container", async () => {
    await createLan();
    await run("--ip", "192.168.50.20");
    await lab().docker(["stop", "box"]);
    await until(() => isRunning("box") === false, 1_000);
    const [tie] = tiesOf("box");
    assert.equal(tie?.ipv4, "192.168.50.20");
    assert.equal(tie.static, true);
  });

  it("keeps no claim of a stopped container that asked for none", async () => {
    await createLan();
    await run();
    await until(() => tiesOf("box")[0]?.ipv4 === "192.168.50.128", 1_000);
    assert.equal(tiesOf("box")[0]?.static, undefined);
    await lab().docker(["stop", "box"]);
    await until(() => isRunning("box") === false, 1_000);
    assert.equal(tiesOf("box")[0]?.ipv4, undefined);
  });

  it("says that the engine is gone, and is back within 5 s of its return", async () => {
    await createLan();
    await until(hasNetwork("lan"), 1_000);
    await lab().stopEngine();
    await until(() => inventory.state.kind !== "connected", 5_000);
    assert.equal(inventory.state.kind, "absent");
    assert.equal(inventory.client, undefined);
    assert.deepEqual(inventory.facts, {});
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await lab().startEngine();
    await until(() => inventory.state.kind === "connected" && hasNetwork("lan")(), 5_000);
    // The stream is new as well: what happens now is seen.
    await lab().docker(["network", "rm", "lan"]);
    await until(() => !hasNetwork("lan")(), 1_000);
  });

  it("sees what was changed while it was not connected", async () => {
    await createLan();
    await until(hasNetwork("lan"), 1_000);
    await lab().stopEngine();
    await lab().startEngine();
    await lab().docker(["network", "rm", "lan"]);
    await until(() => inventory.state.kind === "connected" && !hasNetwork("lan")(), 5_000);
  });

  it("reads the interfaces of the engine's host", async () => {
    const json = async (...words: string[]) =>
      JSON.parse(await lab().inLab(["ip", "-j", ...words])) as unknown;
    await lab().inLab("ip link add shim0 link lan0 type macvlan mode bridge".split(" "));
    await lab().inLab("ip link set lan1 master docker0".split(" "));
    try {
      const found = interfacesFromIp(await json("-d", "addr"), await json("route"));
      const named = new Map(found.map((item) => [item.name, item]));
      assert.deepEqual(named.get("lan0"), {
        name: "lan0",
        kind: "veth",
        up: true,
        mac: "52:54:00:00:50:10",
        addresses: ["192.168.50.10/24", "fd00:50::10/64"],
        gateway: "192.168.50.1",
        mtu: 1500,
        routes: ["192.168.50.0/24"],
      });
      assert.equal(named.get("shim0")?.kind, "macvlan");
      assert.equal(named.get("shim0")?.up, false);
      assert.equal(named.get("shim0")?.link, "lan0");
      assert.equal(named.get("shim0")?.mode, "bridge");
      assert.equal(named.get("lan1")?.master, "docker0");
      assert.equal(named.get("docker0")?.kind, "bridge");
      assert.equal(named.get("lo")?.kind, "loopback");
    } finally {
      await lab().inLab("ip link set lan1 nomaster".split(" "));
      await lab().inLab("ip link delete shim0".split(" "));
    }
  });
});
