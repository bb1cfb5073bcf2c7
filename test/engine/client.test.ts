import assert from "node:assert/strict";
import { connect } from "../../src/docker/connect";
import { parseHost } from "../../src/docker/dockerHost";
import {
  type EngineClient,
  EngineError,
  type EngineErrorKind,
  type EngineEvent,
} from "../../src/docker/engineClient";
import type { NetworkSpec } from "../../src/model/network";
import type { RunSpec } from "../../src/model/runSpec";
import { skip } from "../lab/skip.mjs";
import { useLab } from "../lab/suite.mjs";

const lan: NetworkSpec = {
  name: "lan",
  driver: "macvlan",
  parent: "lan0",
  mode: "bridge",
  internal: false,
  enableIpv6: false,
  pools: [
    {
      subnet: "192.168.50.0/24",
      gateway: "192.168.50.1",
      ipRange: "192.168.50.128/25",
      aux: { nas: "192.168.50.200" },
    },
  ],
};
const box = { image: "busybox", networkName: "lan", interactive: true };
const mac = "02:42:c0:a8:32:14";

async function clientFor(host: string): Promise<EngineClient> {
  const endpoint = parseHost(host, "test");
  assert.ok("kind" in endpoint);
  return connect(endpoint);
}

async function refused(
  promise: Promise<unknown>,
  kind: EngineErrorKind,
  words: RegExp,
): Promise<EngineError> {
  const error: unknown = await promise.then(
    () => assert.fail(`expected ${kind}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof EngineError, String(error));
  assert.equal(error.kind, kind, error.message);
  assert.match(error.message, words);
  return error;
}

describe("the engine's client on a real engine", function () {
  this.timeout(60_000);
  const lab = useLab();
  let client: EngineClient;

  const run = async (spec: RunSpec) => {
    const id = await client.createContainer(spec);
    await client.startContainer(id);
    return id;
  };

  beforeEach(async () => {
    client = await clientFor(lab().dockerHost);
  });

  afterEach(() => {
    client.dispose();
  });

  it("knows the engine", async () => {
    await client.ping();
    const info = await client.info();
    assert.equal(info.version.split("+")[0], await lab().version());
    assert.match(info.apiVersion, /^1\.\d+$/);
    assert.equal(info.os, "linux");
    assert.deepEqual([info.rootless, info.desktop], [false, false]);
    for (const text of [info.operatingSystem, info.kernel, info.hostName])
      assert.notEqual(text, "");
  });

  it("creates, lists, inspects and removes a network as planned", async () => {
    const id = await client.createNetwork(lan);
    const found = (await client.listNetworks()).find((network) => network.id === id);
    assert.deepEqual(found, {
      id,
      name: "lan",
      driver: "macvlan",
      parent: "lan0",
      mode: "bridge",
      internal: false,
      enableIpv6: false,
      ipam: lan.pools,
      scope: "local",
    });
    const raw = (await client.inspectNetwork(id)) as { Name: string };
    assert.equal(raw.Name, "lan");
    await client.removeNetwork(id);
    assert.equal(
      (await client.listNetworks()).some((network) => network.id === id),
      false,
    );
  });

  it("creates a network of two families", async () => {
    const pools = [...lan.pools, { subnet: "fd00:50::/64", gateway: "fd00:50::1" }];
    const id = await client.createNetwork({ ...lan, enableIpv6: true, pools });
    const found = (await client.listNetworks()).find((network) => network.id === id);
    assert.equal(found?.enableIpv6, true);
    assert.equal(found.ipam?.[1]?.subnet, "fd00:50::/64");
    await run({ ...box, name: "six", ipv6: "fd00:50::20" });
    const [six] = await client.listContainers();
    assert.equal(six?.attachments[0]?.ipv6, "fd00:50::20");
    assert.equal(six.attachments[0].static, true);
  });

  it("runs a container with its address and MAC, which answers from the LAN", async () => {
    await client.createNetwork(lan);
    const id = await run({ ...box, name: "box", ipv4: "192.168.50.20", mac });
    const [found] = await client.listContainers();
    assert.deepEqual(found, {
      id,
      name: "box",
      running: true,
      state: "running",
      image: "busybox",
      attachments: [{ network: "lan", ipv4: "192.168.50.20", mac, static: true }],
    });
    const addresses = await client.exec(id, ["ip", "addr"]);
    assert.equal(addresses.exitCode, 0);
    assert.ok(addresses.output.includes(mac));
    assert.ok(addresses.output.includes("192.168.50.20/24"));
    const routes = await client.exec(id, ["ip", "route"]);
    assert.match(routes.output, /default via 192\.168\.50\.1/);
    assert.equal(await lab().ping("192.168.50.20", "router"), true);
    const raw = (await client.inspectContainer(id)) as { Config: { Tty: boolean } };
    assert.equal(raw.Config.Tty, true);
  });

  it("gives the exit code and both outputs of a program", async () => {
    await client.createNetwork(lan);
    const id = await run({ ...box, name: "box" });
    const result = await client.exec(id, ["sh", "-c", "echo out; echo err >&2; exit 3"]);
    assert.equal(result.exitCode, 3);
    assert.deepEqual(result.output.trim().split("\n").sort(), ["err", "out"]);
  });

  it("connects and disconnects a running container", async () => {
    const networkId = await client.createNetwork(lan);
    const containerId = await run({ ...box, name: "box", networkName: "bridge" });
    await client.connect({ networkId, containerId, ipv4: "192.168.50.30" });
    const networksOf = async () =>
      (await client.listContainers())[0]?.attachments.map(({ network, ipv4 }) =>
        network === "lan" ? `lan ${ipv4 ?? ""}` : network,
      );
    assert.deepEqual(await networksOf(), ["bridge", "lan 192.168.50.30"]);
    await client.disconnect(networkId, containerId);
    assert.deepEqual(await networksOf(), ["bridge"]);
    await client.connect({ networkId, containerId });
    await client.disconnect(networkId, containerId, { force: true });
    assert.deepEqual(await networksOf(), ["bridge"]);
  });

  it("does not promise a MAC address that the engine forgets while connecting", async () => {
    const networkId = await client.createNetwork(lan);
    const containerId = await run({ ...box, name: "box", networkName: "bridge" });
    const outcome = await client.connect({ networkId, containerId, mac }).then(
      () => "connected",
      (error: unknown) => (error instanceof EngineError ? error.kind : "other"),
    );
    const tie = (await client.listContainers())[0]?.attachments.find((a) => a.network === "lan");
    assert.ok(outcome === "connected" ? tie?.mac === mac : tie === undefined, outcome);
  });

  it("stops and removes a container", async () => {
    await client.createNetwork(lan);
    const id = await run({
      image: "busybox",
      networkName: "lan",
      name: "box",
      command: ["sleep", "600"],
    });
    await refused(client.removeContainer(id), "conflict", /running/);
    await client.stopContainer(id);
    assert.equal((await client.listContainers())[0]?.running, false);
    await client.removeContainer(id);
    const second = await run({ ...box, name: "box" });
    await client.removeContainer(second, { force: true });
    assert.deepEqual(await client.listContainers(), []);
  });

  it("keeps an interactive container until it is stopped, and no longer", async () => {
    await client.createNetwork(lan);
    const id = await run({ ...box, name: "box" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await client.listContainers())[0]?.running, true);
    await client.stopContainer(id);
    const start = Date.now();
    while ((await client.listContainers()).length > 0) {
      assert.ok(Date.now() - start < 5_000, "the container stays");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it("lists the images by their names", async () => {
    const images = await client.listImages();
    assert.ok(images.includes("busybox:latest"), images.join(" "));
  });

  it("tells what the registry said when an image cannot be pulled", async () => {
    const error: unknown = await client.pullImage("no-such-registry.invalid/nothing").then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError);
    assert.match(error.message, /no-such-registry\.invalid/);
  });

  it("hears what happens, until it is told to stop", async () => {
    const abort = new AbortController();
    const events: EngineEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      client.events(
        { onOpen: resolve, onEvent: (event) => events.push(event), onEnd: reject },
        { signal: abort.signal },
      );
    });
    const network = await client.createNetwork(lan);
    const container = await run({ ...box, name: "box" });
    await client.exec(container, ["true"]);
    await client.removeContainer(container, { force: true });
    await client.removeNetwork(network);
    const start = Date.now();
    const ended = () =>
      events.some(({ type, action }) => type === "network" && action === "destroy");
    while (!ended() && Date.now() - start < 2_000) await new Promise((r) => setTimeout(r, 20));
    abort.abort();
    const heard = new Set(events.map(({ type, action }) => `${type} ${action}`));
    for (const expected of [
      "network create",
      "container create",
      "network connect",
      "container start",
      "container die",
      "network disconnect",
      "container destroy",
      "network destroy",
    ]) {
      assert.ok(heard.has(expected), `${expected} not in ${[...heard].join(", ")}`);
    }
    assert.equal(
      [...heard].some((action) => action.includes("exec")),
      false,
    );
    assert.equal(events.find(({ type }) => type === "network")?.name, "lan");
  });

  describe("tells errors apart:", () => {
    it("a name that is taken", async () => {
      await client.createNetwork(lan);
      const twin = { ...lan, parent: "lan1", pools: [{ subnet: "192.168.60.0/24" }] };
      await refused(client.createNetwork(twin), "conflict", /lan already exists/);
    });

    it("a subnet that is taken", async () => {
      await client.createNetwork(lan);
      const overlapping = {
        ...lan,
        name: "lan2",
        parent: "lan1",
        pools: [{ subnet: "192.168.50.0/25" }],
      };
      await refused(client.createNetwork(overlapping), "conflict", /Pool overlaps/);
    });

    it("a parent that is not there", async () => {
      const spec = { ...lan, parent: "nope0", pools: [{ subnet: "192.168.51.0/24" }] };
      await refused(client.createNetwork(spec), "rejected", /invalid subinterface vlan name nope0/);
    });

    it("a network in use", async () => {
      const id = await client.createNetwork(lan);
      await run({ ...box, name: "box" });
      await refused(client.removeNetwork(id), "inUse", /has active endpoints/);
    });

    it("an address that is taken", async () => {
      await client.createNetwork(lan);
      await run({ ...box, name: "one", ipv4: "192.168.50.20" });
      const second = await client.createContainer({ ...box, name: "two", ipv4: "192.168.50.20" });
      await refused(client.startContainer(second), "conflict", /Address already in use/);
    });

    it("an image that is not there", async () => {
      await client.createNetwork(lan);
      const error = await refused(
        client.createContainer({ ...box, image: "nope:1" }),
        "notFound",
        /No such image: nope:1/i,
      );
      assert.equal(error.missingImage, "nope:1");
    });

    it("a network and a container that are not there", async () => {
      await refused(client.inspectNetwork("nope"), "notFound", /nope/);
      await refused(client.stopContainer("nope"), "notFound", /nope/);
    });

    it("a program that is not there", async () => {
      await client.createNetwork(lan);
      const id = await run({ ...box, name: "box" });
      const result = await client.exec(id, ["no-such-program"]).then(
        ({ exitCode }) => exitCode,
        (error: unknown) => (error instanceof EngineError ? error.kind : error),
      );
      assert.ok(result === 126 || result === 127 || result === "rejected", String(result));
    });

    it("no engine", async () => {
      const nobody = await clientFor(`unix://${lab().folder}/nobody.sock`);
      await refused(nobody.ping(), "absent", /nobody\.sock/);
    });

    it("a socket that belongs to others", async function () {
      if (process.getuid?.() !== 0) skip(this, "only root can become another user");
      process.seteuid?.(65534);
      try {
        await refused(client.ping(), "denied", /may not open/);
      } finally {
        process.seteuid?.(0);
      }
    });
  });
});
