/**
 * A real engine that comes and goes while somebody looks. MACVLAN_RESTARTS and MACVLAN_CYCLES say how often;
 * `npm run restarts` takes the numbers that the product promises.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { Inventory } from "../../src/inventory/inventory";
import { createInventory } from "../../src/inventory/liveInventory";
import { TreeModel, buildTree } from "../../src/views/treeModel";
import { useLab } from "../lab/suite.mjs";

const restarts = Number(process.env["MACVLAN_RESTARTS"] ?? 3);
const cycles = Number(process.env["MACVLAN_CYCLES"] ?? 100);
/** What the view may lag behind an engine that is back, in milliseconds. */
const limit = 5_000;
/** How long the engine stays away, in milliseconds: shorter and longer than the waits between attempts. */
const pauses = [0, 500, 2_500, 6_000];

describe("a real engine that comes and goes", function () {
  this.timeout(60_000);
  const lab = useLab();
  let inventory: Inventory | undefined;

  afterEach(() => {
    inventory?.dispose();
    inventory = undefined;
  });

  const inventoryOf = () =>
    createInventory({
      trusted: true,
      endpoint: { dockerHost: lab().dockerHost },
      hostName: "elsewhere",
    });

  /** What the engine itself says, read without anything of ours. */
  async function real(): Promise<object> {
    const get = async (path: string) => (await lab().api("GET", path)).body as unknown;
    const networks = (await get("/networks")) as { Id: string; Name: string }[];
    const containers = (await get("/containers/json?all=1")) as {
      Id: string;
      Names: string[];
      State: string;
      NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
    }[];
    return {
      networks: networks.map(({ Id, Name }) => `${Name} ${Id}`).sort(),
      containers: containers
        .map(({ Id, Names, State, NetworkSettings: { Networks } }) =>
          [
            Id,
            Names[0]?.slice(1),
            State === "running",
            addressText(Networks["lan"]?.IPAddress),
          ].join(" "),
        )
        .sort(),
    };
  }

  function shown({ facts }: Inventory): object {
    return {
      networks: (facts.networks ?? []).map(({ id, name }) => `${name} ${id}`).sort(),
      containers: (facts.containers ?? [])
        .map(({ id, name, running, attachments }) =>
          [id, name, running, addressText(running ? addressOn(attachments) : "")].join(" "),
        )
        .sort(),
    };
  }

  const addressOn = (attachments: readonly { network: string; ipv4?: string }[]) =>
    attachments.find(({ network }) => network === "lan")?.ipv4;

  /** Milliseconds until both say the same; looks at the engine again each time, which is starting its containers. */
  async function untilSame(one: Inventory): Promise<number> {
    const start = performance.now();
    for (;;) {
      const [is, says] = [await real(), shown(one)];
      if (one.state.kind === "connected" && JSON.stringify(is) === JSON.stringify(says)) {
        return performance.now() - start;
      }
      const late = performance.now() - start;
      if (late > limit) assert.deepEqual(says, is, `${one.state.kind} after ${late} ms`);
      await sleep(20);
    }
  }

  it(`is shown as it is within 5 s of each of ${restarts} returns`, async function () {
    this.timeout(60_000 + restarts * 60_000);
    await lab().docker(
      "network create -d macvlan -o parent=lan0 --subnet 192.168.50.0/24 --gateway 192.168.50.1 lan".split(
        " ",
      ),
    );
    // One that the engine starts again by itself, and one that it does not.
    const run = (name: string, address: string, restart: string) =>
      lab().docker(
        `run -dit --name ${name} --restart ${restart} --network lan --ip ${address} busybox`.split(
          " ",
        ),
      );
    await run("stays", "192.168.50.20", "always");
    await run("stops", "192.168.50.21", "no");
    const one = (inventory = inventoryOf());
    const tree = new TreeModel();
    one.onDidChange(() => void tree.update(one.state.kind === "connected" ? one.facts : {}));
    one.watch();
    await untilSame(one);

    const late: number[] = [];
    for (let round = 0; round < restarts; round++) {
      await lab().stopEngine();
      for (const start = Date.now(); one.state.kind === "connected";) {
        assert.ok(Date.now() - start < limit, "nobody noticed that the engine went");
        await sleep(20);
      }
      assert.deepEqual(one.facts, {});
      await sleep(pauses[round % pauses.length] ?? 0);
      await lab().startEngine();
      // Before anybody can have seen that it is back.
      await lab().api("POST", "/networks/create", { Name: `round-${round}`, Driver: "bridge" });
      late.push(await untilSame(one));
      // The stream is new as well: what happens now is seen.
      await lab().docker(["network", "rm", `round-${round}`]);
      await lab().docker(["start", "stops"]);
      await untilSame(one);
      assert.deepEqual(rowsOf(tree.roots), rowsOf(buildTree(one.facts)));
    }
    const [most, mean] = [Math.max(...late), late.reduce((a, b) => a + b, 0) / late.length];
    console.log(
      `        ${restarts} returns: shown after ${mean.toFixed(0)} ms in the mean, ${most.toFixed(0)} ms at most`,
    );
  });

  it(`keeps no handle after ${cycles} connections`, async function () {
    this.timeout(60_000 + cycles * 500);
    // Mocha sets its own timer when the test first waits.
    await sleep(200);
    const before = handles();
    for (let cycle = 0; cycle < cycles; cycle++) {
      const one = inventoryOf();
      one.watch();
      // Before, in the middle of and after the first reading.
      const moment = cycle % 8;
      if (moment === 7) {
        await one.refresh();
        assert.equal(one.state.kind, "connected", one.state.detail);
      } else await sleep(moment * 3);
      one.dispose();
    }
    await sleep(200);
    const after = handles();
    // Fewer, where the test's own connections to the engine ended meanwhile.
    for (const [kind, count] of Object.entries(after)) {
      const had = before[kind as keyof typeof before];
      assert.ok(count <= had, `${kind}: ${had} before, ${count} after`);
    }
  });
});

/** The engine writes nothing for an address that is not there. */
function addressText(address: string | undefined): string {
  return address === undefined || address === "" ? "-" : address;
}

/** Open files and sockets of this process, and what keeps it alive. */
function handles(): { files: number; sockets: number; timers: number } {
  const resources = process.getActiveResourcesInfo();
  const count = (pattern: RegExp) => resources.filter((name) => pattern.test(name)).length;
  return {
    files: readdirSync("/proc/self/fd").length,
    sockets: count(/Pipe|TCP|Process/),
    timers: count(/Timeout|Immediate/),
  };
}

interface Row {
  readonly label: string;
  readonly description: string;
  readonly children: readonly Row[];
}

function rowsOf(rows: readonly Row[]): unknown {
  return rows.map(({ label, description, children }) => [label, description, rowsOf(children)]);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
