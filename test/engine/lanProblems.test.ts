import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { planHostAccess } from "../../src/hostAccess/access";
import { setUpCommands, undoCommands } from "../../src/hostAccess/commands";
import { readHost } from "../../src/host/interfaces";
import type { Inventory } from "../../src/inventory/inventory";
import { createInventory } from "../../src/inventory/liveInventory";
import { TreeModel } from "../../src/views/treeModel";
import { addLanDevice } from "../lab/lanDevice.mjs";
import { useLab } from "../lab/suite.mjs";

describe("problems of the tree on a real LAN", function () {
  this.timeout(60_000);
  const lab = useLab();
  let inventory: Inventory;

  beforeEach(() => {
    // The interfaces of the lab's host are those of its namespace.
    const program = join(lab().folder, "ip-of-host");
    writeFileSync(program, `#!/bin/sh\nexec nsenter --net=/run/netns/${lab().netns} ip "$@"\n`, {
      mode: 0o755,
    });
    inventory = createInventory({
      trusted: true,
      endpoint: { dockerHost: lab().dockerHost },
      readHost: ({ signal }) => readHost({ signal, program }),
    });
    inventory.watch();
  });
  afterEach(() => {
    inventory.dispose();
  });

  /** Every problem as the tree has it now: `row: kind`. */
  async function problems(): Promise<string[]> {
    await inventory.refresh();
    assert.equal(inventory.state.kind, "connected");
    assert.ok(inventory.facts.interfaces?.some(({ name }) => name === "lan0"));
    const model = new TreeModel();
    model.update(inventory.facts);
    return model.problems.map(({ node, problem }) => `${node.label}: ${problem.kind}`).sort();
  }

  /** The kernel tells of a cable a moment later. */
  async function come(expected: readonly string[]): Promise<void> {
    const end = Date.now() + 5_000;
    let found = await problems();
    while (found.join() !== expected.join() && Date.now() < end) found = await problems();
    assert.deepEqual(found, expected);
  }

  const words = (text: string) => text.split(" ");
  const docker = (text: string) => lab().docker(words(text));
  const onHost = (text: string) => lab().inLab(words(text));
  const createNetwork = (name: string, parent: string, more = "") =>
    docker(
      `network create -d macvlan -o parent=${parent} --subnet 192.168.50.0/24 --gateway 192.168.50.1${more} ${name}`,
    );
  const run = (name: string, network: string, address: string) =>
    docker(`run -dit --name ${name} --network ${network} --ip ${address} busybox`);

  /** A parent of its own, so that what happens to it leaves the host's addresses and routes alone. */
  async function plugIn(): Promise<void> {
    await onHost("ip link add eth7 type veth peer name eth8");
    await onHost("ip link set eth8 up");
    await onHost("ip link set eth7 up");
  }
  const unplug = () => onHost("ip link delete eth7");

  it("tells of an address that the router's DHCP gave to another device", async () => {
    const device = await addLanDevice(lab());
    try {
      device.serveDhcp("192.168.50.200", "192.168.50.219");
      const leased = await device.askForLease();
      assert.match(leased, /^192\.168\.50\.2[01]\d$/);
      inventory.setLan([{ subnet: "192.168.50.0/24", dhcp: ["192.168.50.200-192.168.50.219"] }]);
      await createNetwork("lan", "lan0", " --ip-range 192.168.50.192/26");
      // Docker asks nobody: it takes the address that has been leased.
      await run("box", "lan", leased);
      const known = ["box: address-in-dhcp", "lan: host-cut-off", "lan: range-in-dhcp"];
      assert.deepEqual(await problems(), known);
      assert.equal(await lab().ping(leased, "host"), true, "the device answers the host");
      const withDevice = [...known, "box: address-on-lan"].sort();
      assert.deepEqual(await problems(), withDevice);
      const found = inventory.facts.neighbours?.find(({ address }) => address === leased);
      assert.equal(found?.mac, device.mac);

      // Another address, in Docker's range and not in the router's.
      await docker("network disconnect lan box");
      await docker("network connect --ip 192.168.50.230 lan box");
      assert.deepEqual(await problems(), ["lan: host-cut-off", "lan: range-in-dhcp"]);
      inventory.setLan([]);
      assert.deepEqual(await problems(), ["lan: host-cut-off"]);
    } finally {
      device.remove();
    }
  });

  it("tells of a device that answers for a container's address, until it has gone", async () => {
    const device = await addLanDevice(lab());
    try {
      await device.take("192.168.50.40");
      await createNetwork("lan", "lan0");
      await run("box", "lan", "192.168.50.40");
      assert.equal(await lab().ping("192.168.50.40", "host"), true);
      assert.deepEqual(await problems(), ["box: address-on-lan", "lan: host-cut-off"]);
      await device.unplug();
      // Up to a minute passes before the kernel asks again whether it is there; so long does no test wait.
      await onHost("ip neigh change 192.168.50.40 dev lan0 nud probe");
      const end = Date.now() + 10_000;
      while ((await problems()).includes("box: address-on-lan")) {
        assert.ok(Date.now() < end, "the device is gone, and its problem stays");
      }
      assert.deepEqual(await problems(), ["lan: host-cut-off"]);
    } finally {
      device.remove();
    }
  });

  it("tells of a parent that is down or gone", async () => {
    await plugIn();
    try {
      await createNetwork("lost", "eth7");
      await run("box", "lost", "192.168.50.20");
      await come([]);
      await onHost("ip link set eth7 down");
      await come(["lost: parent-down"]);
      await onHost("ip link set eth7 up");
      await come([]);
      await unplug();
      await come(["lost: parent-missing"]);
      await plugIn();
      await come([]);
      await docker("restart -t 0 box");
    } finally {
      await unplug().catch(() => undefined);
    }
  });

  it("tells of a parent that was gone as the engine started, which it has to do again with the parent", async function () {
    // Two starts of an engine, on a machine that may have other things to do.
    this.timeout(120_000);
    const restart = async () => {
      await lab().stopEngine();
      await lab().startEngine();
    };
    const refused = async () => {
      const { stderr } = await lab().tryDocker(words("start box"));
      assert.match(stderr, /network id "?\w+"? not found/);
    };
    await plugIn();
    try {
      await createNetwork("lost", "eth7");
      await docker("create --name box --network lost --ip 192.168.50.20 busybox");
      await unplug();
      await restart();
      await come(["lost: parent-missing"]);
      await refused();
      await plugIn();
      await come([]);
      // The problem's text has foretold it: the engine does not take the network up again by itself.
      await refused();
      await restart();
      await docker("start box");
      await come([]);
    } finally {
      await unplug().catch(() => undefined);
    }
  });

  it("tells that the host does not reach its containers, until it has host access", async () => {
    await createNetwork("lan", "lan0", " --ip-range 192.168.50.192/27");
    await run("box", "lan", "192.168.50.200");
    assert.deepEqual(await problems(), ["lan: host-cut-off"]);
    assert.equal(await lab().ping("192.168.50.200", "host"), false);
    const network = inventory.facts.networks?.find(({ name }) => name === "lan");
    assert.ok(network);
    const plan = planHostAccess(network, inventory.facts);
    assert.ok(plan.kind === "possible");
    for (const command of setUpCommands(plan.access)) await lab().inLab(command);
    try {
      assert.equal(await lab().ping("192.168.50.200", "host"), true);
      assert.deepEqual(await problems(), []);
    } finally {
      for (const command of undoCommands(plan.access)) await lab().inLab(command);
    }
    assert.deepEqual(await problems(), ["lan: host-cut-off"]);
  });

  it("tells that the address of a stopped container is taken, which Docker then refuses", async () => {
    await createNetwork("lan", "lan0");
    await run("first", "lan", "192.168.50.20");
    await docker("stop -t 0 first");
    await run("second", "lan", "192.168.50.20");
    const taken = ["first: address-taken", "lan: host-cut-off", "second: address-taken"];
    assert.deepEqual(await problems(), taken);
    assert.match((await lab().tryDocker(words("start first"))).stderr, /Address already in use/);
    await docker("rm -f second");
    assert.deepEqual(await problems(), []);
    await docker("start first");
    assert.deepEqual(await problems(), ["lan: host-cut-off"]);
  });
});
