import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Limits } from "../../../src/docker/call";
import { createClient } from "../../../src/docker/client";
import { resolveEndpoint } from "../../../src/docker/endpoint";
import { type EngineClient, EngineError, type EngineEvent } from "../../../src/docker/engineClient";
import { thisWorld } from "../../../src/docker/world";
import { interfacesFromIp } from "../../../src/host/fromIp";
import { createInventory } from "../../../src/inventory/liveInventory";
import type { HostInterface } from "../../../src/model/hostInterface";
import type { NetworkSpec } from "../../../src/model/network";
import { sshProgram } from "../../lab/vm/ssh.mjs";
import { useVm } from "../../lab/vm/suite.mjs";

/** Encryption takes an emulated processor its time. */
const patient: Limits = { connect: 60_000, answer: 120_000 };

/** The client that the extension would have with these variables. */
async function clientFor(env: Readonly<Record<string, string>>): Promise<EngineClient> {
  const result = await resolveEndpoint({}, { ...thisWorld(), env });
  assert.ok(result.ok, JSON.stringify(result));
  return createClient(result.endpoint, patient);
}

/** On a VLAN of the machine's interface. */
const cameras: NetworkSpec = {
  name: "cameras",
  driver: "macvlan",
  parent: "eth0.20",
  mode: "bridge",
  internal: false,
  enableIpv6: false,
  pools: [{ subnet: "192.168.20.0/24", gateway: "192.168.20.1", aux: {} }],
};

describe("the engine's client on an engine of another machine", function () {
  const vm = useVm();
  let client: EngineClient | undefined;
  const path = process.env["PATH"];

  afterEach(() => {
    client?.dispose();
    client = undefined;
    process.env["PATH"] = path;
  });

  /** From here to the end of the test, `ssh` is one that has this key and knows this of the server. */
  function useSsh(options?: Parameters<typeof sshProgram>[1]): void {
    const folder = dirname(sshProgram(vm(), options));
    process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
  }

  /** A folder as DOCKER_CERT_PATH wants it, with this authority. */
  function certificates(authority: string, files = ["cert.pem", "key.pem"]): string {
    const folder = join(vm().folder, `certificates-${authority}-${files.length}`);
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(vm().keys, authority), join(folder, "ca.pem"));
    for (const file of files) copyFileSync(join(vm().keys, file), join(folder, file));
    return folder;
  }

  async function refused(env: Readonly<Record<string, string>>): Promise<EngineError> {
    client = await clientFor(env);
    const error: unknown = await client.info().then(
      () => assert.fail("the engine was reached"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    return error;
  }

  it("makes a network on a VLAN over tcp, lists it and removes it", async () => {
    client = await clientFor({ DOCKER_HOST: vm().dockerHost });
    const info = await client.info();
    assert.equal(info.version.split("+")[0], await vm().version());
    assert.equal(info.hostName, "vm");
    const id = await client.createNetwork(cameras);
    const found = (await client.listNetworks()).find((network) => network.id === id);
    assert.deepEqual(
      [found?.name, found?.driver, found?.parent],
      ["cameras", "macvlan", "eth0.20"],
    );
    await client.removeNetwork(id);
    assert.ok(!(await client.listNetworks()).some((network) => network.id === id));
  });

  it("reads its host's interfaces over tcp with a container, as ip tells them there", async () => {
    client = await clientFor({ DOCKER_HOST: vm().dockerHost });
    const { hostName } = await client.info();
    // With a network on a VLAN, the host has an interface with a tag.
    await client.createNetwork(cameras);
    const inventory = createInventory({
      trusted: true,
      endpoint: { dockerHost: vm().dockerHost },
      connect: async () => clientFor({ DOCKER_HOST: vm().dockerHost }),
    });
    try {
      inventory.setHostConsents(new Set([`${vm().dockerHost} ${hostName}`]));
      inventory.watch();
      for (const start = Date.now(); !inventory.facts.interfaces;) {
        assert.ok(Date.now() - start < 240_000, JSON.stringify(inventory.state));
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const found = inventory.facts.interfaces;
      const told = JSON.parse(await vm().inLab("ip -j -d addr".split(" "))) as unknown;
      const routes = JSON.parse(await vm().inLab("ip -j route".split(" "))) as unknown;
      const plain = (interfaces: readonly HostInterface[]) =>
        interfaces
          .map(({ name, kind, up, mac, vlan, gateway, addresses }) => ({
            ...{ name, kind, up, mac, vlan, gateway },
            addresses: addresses.filter((address) => !address.includes(":")),
          }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      assert.deepEqual(plain(found), plain(interfacesFromIp(told, routes)));
      assert.deepEqual(found.find(({ name }) => name === "eth0.20")?.vlan, {
        parent: "eth0",
        id: 20,
      });
      assert.equal(inventory.facts.machine?.kind, "kvm");
      const left = await vm().api("GET", "/containers/json?all=1");
      assert.deepEqual(left.body, [], "nothing is left there");
    } finally {
      inventory.dispose();
    }
  });

  it("trusts the engine behind the right authority, and shows its own certificate", async () => {
    client = await clientFor({
      DOCKER_HOST: vm().tlsHost,
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: vm().keys,
    });
    assert.equal((await client.info()).hostName, "vm");
  });

  it("refuses an engine whose certificate another authority signed", async () => {
    const { kind, message } = await refused({
      DOCKER_HOST: vm().tlsHost,
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: certificates("other-ca.pem"),
    });
    assert.equal(kind, "denied", message);
    assert.match(message, /certificate/);
  });

  it("says so when the engine wants a certificate and it has none", async () => {
    const { kind, message } = await refused({
      DOCKER_HOST: vm().tlsHost,
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: certificates("ca.pem", []),
    });
    assert.equal(kind, "denied", message);
    assert.match(message, /certificate/);
  });

  it("says what the engine says to one that comes without TLS", async () => {
    const { message } = await refused({ DOCKER_HOST: vm().tlsHost });
    assert.match(message, /HTTP request to an HTTPS server/);
  });

  it("reads networks and follows events over ssh", async () => {
    useSsh();
    const over = await clientFor({ DOCKER_HOST: vm().sshHost });
    client = over;
    const stop = new AbortController();
    let take: (event: EngineEvent) => void = () => undefined;
    const event = new Promise<EngineEvent>((resolve) => (take = resolve));
    await new Promise<void>((resolve, reject) => {
      over.events({ onOpen: resolve, onEvent: take, onEnd: reject }, { signal: stop.signal });
    });
    const Options = { parent: "eth0.10", ipvlan_mode: "l2" };
    const { status } = await vm().api("POST", "/networks/create", {
      Name: "cameras",
      Driver: "ipvlan",
      Options,
    });
    assert.equal(status, 201);
    const { type, action, name } = await event;
    stop.abort();
    assert.deepEqual([type, action, name], ["network", "create", "cameras"]);
    const found = (await over.listNetworks()).find((network) => network.name === "cameras");
    assert.deepEqual([found?.driver, found?.parent, found?.mode], ["ipvlan", "eth0.10", "l2"]);
  });

  it("refuses a server whose key nobody has seen, without asking", async () => {
    useSsh({ hostKey: "unknown" });
    const { kind, reason, message } = await refused({ DOCKER_HOST: vm().sshHost });
    assert.deepEqual([kind, reason], ["denied", "sshUnknownKey"], message);
  });

  it("refuses a server whose key is another one than before", async () => {
    useSsh({ hostKey: "changed" });
    const { kind, reason, message } = await refused({ DOCKER_HOST: vm().sshHost });
    assert.deepEqual([kind, reason], ["denied", "sshChangedKey"], message);
  });

  it("asks for no password where the key is not taken", async () => {
    useSsh({ login: "refused" });
    const { kind, message } = await refused({ DOCKER_HOST: vm().sshHost });
    assert.equal(kind, "denied", message);
    assert.match(message, /Permission denied \(publickey,password\)/);
  });
});
