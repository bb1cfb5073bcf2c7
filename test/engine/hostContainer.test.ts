import assert from "node:assert/strict";
import { createClient } from "../../src/docker/client";
import { parseHost } from "../../src/docker/dockerHost";
import { hostReaderLabel } from "../../src/docker/hostContainer";
import { interfacesFromIp } from "../../src/host/fromIp";
import { hostFromScript, hostScript } from "../../src/host/script";
import type { HostInterface } from "../../src/model/hostInterface";
import type { Inventory } from "../../src/inventory/inventory";
import { createInventory } from "../../src/inventory/liveInventory";
import { useLab } from "../lab/suite.mjs";

describe("reading the host of a real engine with a container", function () {
  this.timeout(60_000);
  const lab = useLab();
  let inventory: Inventory | undefined;

  afterEach(() => {
    inventory?.dispose();
    inventory = undefined;
  });

  const clientOf = () => {
    const endpoint = parseHost(lab().dockerHost, "test");
    assert.ok("kind" in endpoint);
    return createClient(endpoint);
  };

  /** Names of all containers of the engine, ours included. */
  async function containers(): Promise<string[]> {
    const answer = await lab().api("GET", "/containers/json?all=1");
    return (answer.body as { Names: string[] }[]).map(({ Names }) => Names.join(" "));
  }

  async function until(condition: () => boolean): Promise<void> {
    for (const start = Date.now(); !condition();) {
      assert.ok(Date.now() - start < 20_000, "not within 20 s");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const plain = (interfaces: readonly HostInterface[]) =>
    interfaces
      .map(({ name, up, mac, mtu, addresses, gateway, master, routes = [] }) => ({
        ...{ name, up, mac, mtu, gateway, master },
        addresses: [...addresses].sort(),
        routes: [...routes].sort(),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));

  it("tells of interfaces, routes and neighbours what ip tells on the host", async () => {
    inventory = createInventory({
      trusted: true,
      endpoint: { dockerHost: lab().dockerHost },
      hostName: "elsewhere",
    });
    const { state } = inventory;
    assert.equal(state.kind, "connecting");
    inventory.watch();
    await inventory.refresh();
    const here = inventory;
    assert.ok(here.state.kind === "connected");
    assert.equal(here.state.host.way, "askable");
    assert.equal(here.facts.interfaces, undefined);
    assert.ok(await lab().ping("192.168.50.1", "host"));

    here.setHostConsents(new Set([here.state.host.id]));
    await until(() => here.facts.interfaces !== undefined);
    const { interfaces = [] } = here.facts;
    const json = async (words: string) =>
      JSON.parse(await lab().inLab(["ip", "-j", ...words.split(" ")])) as unknown[];
    const routes = [...(await json("route")), ...(await json("-6 route"))];
    const onHost = interfacesFromIp(await json("-d addr"), routes);
    assert.deepEqual(plain(interfaces), plain(onHost));
    const router = here.facts.neighbours?.find(({ address }) => address === "192.168.50.1");
    assert.equal(router?.mac, "52:54:00:00:50:01");
    assert.deepEqual(here.facts.containers, []);
    await until(() => here.state.kind === "connected" && here.state.host.trouble === undefined);
    assert.deepEqual(await containers(), []);
  });

  it("leaves nothing behind when it ends well, is given up, or has no shell", async () => {
    const client = clientOf();
    try {
      const start = performance.now();
      const output = await client.runOnHost("busybox:latest", hostScript);
      const took = Math.round(performance.now() - start);
      assert.ok(hostFromScript(output));
      console.log(`        one reading: ${took} ms, ${output.length} bytes`);
      assert.deepEqual(await containers(), []);

      const abort = new AbortController();
      const { signal } = abort;
      const long = client.runOnHost("busybox:latest", "sleep 30", { signal });
      const given = assert.rejects(long, /no more/);
      for (const begun = Date.now(); (await containers()).length === 0;) {
        assert.ok(Date.now() - begun < 10_000);
      }
      assert.match((await containers()).join(), /macvlan-host-reader-/);
      abort.abort(new Error("no more"));
      await given;
      assert.deepEqual(await containers(), []);

      const missing = client.runOnHost("no-such-image:1", "true");
      await assert.rejects(missing, /[Nn]o such image/);
      assert.deepEqual(await containers(), []);
    } finally {
      client.dispose();
    }
  });

  it("has no right to change anything on the host", async () => {
    const client = clientOf();
    try {
      const script =
        "ip link set lan1 down && echo down; echo x > /x && echo written; echo 0 > /proc/sys/net/ipv4/ip_forward && echo set; ping -c 1 -W 1 192.168.50.1 | grep -q 'bytes from' && echo raw; echo end";
      const output = await client.runOnHost("busybox:latest", `{ ${script}; } 2>/dev/null`);
      assert.equal(output.trim(), "end");
    } finally {
      client.dispose();
    }
  });

  it("removes what an earlier session left behind, and nothing else", async () => {
    const make = async (labels: Record<string, string>) => {
      const body = { Image: "busybox:latest", Labels: labels };
      assert.equal((await lab().api("POST", "/containers/create", body)).status, 201);
    };
    await make({ [hostReaderLabel]: String(Date.now() - 120_000) });
    await make({ [hostReaderLabel]: String(Date.now()) });
    await make({ other: "1" });
    const client = clientOf();
    try {
      await client.removeLeftOnHost();
      assert.equal((await containers()).length, 2);
      assert.equal((await client.listContainers()).length, 1);
    } finally {
      client.dispose();
    }
  });
});
