import assert from "node:assert/strict";
import { changeCommands } from "../../../src/changes/planText";
import { planRecreation } from "../../../src/changes/recreate";
import type { Facts } from "../../../src/model/facts";
import type { NetworkSettings } from "../../../src/model/networkSettings";
import { SimulatedEngine } from "./simulatedEngine";
import { impossible, lan, nothing, possible, situationOf } from "./situations";

const interfaces = ["lo", "eth0", "eth1"].map((name) => ({
  name,
  kind: "ethernet" as const,
  up: true,
  addresses: [],
}));
const facts: Facts = { interfaces };
const onEth1: NetworkSettings = { ...lan, options: { parent: "eth1" } };
const withPool = (pool: NetworkSettings["pools"][number]): NetworkSettings => ({
  ...lan,
  pools: [pool],
});

describe("a plan to recreate a network", () => {
  let engine: SimulatedEngine;
  beforeEach(() => {
    engine = new SimulatedEngine();
    engine.addNetwork(lan);
  });
  const plan = async (wanted: NetworkSettings, version?: string) =>
    planRecreation(await situationOf(engine, version), wanted, facts);

  it("is the docker commands that keep every container's address and all else of its endpoint", async () => {
    engine.addContainer("dns", "lan", {
      ipv4: "192.168.1.20",
      aliases: ["ns"],
      driverOpts: { a: "b" },
      gwPriority: 5,
    });
    engine.addContainer("web", "lan");
    engine.addContainer("old", "lan", { ipv4: "192.168.1.30" }, { running: false });
    assert.equal(
      changeCommands(possible(await plan(onEth1))),
      [
        "docker network disconnect lan web",
        "docker network disconnect lan dns",
        "docker network disconnect lan old",
        "docker network rm lan",
        "docker network create -d macvlan --subnet=192.168.1.0/24 --gateway=192.168.1.1 -o parent=eth1 lan",
        "docker network connect --ip=192.168.1.20 --alias=ns --driver-opt=a=b --gw-priority=5 lan dns",
        "docker network connect --ip=192.168.1.30 lan old",
        "docker network connect --ip=192.168.1.2 lan web",
        "",
      ].join("\n"),
    );
  });

  it("says that an address which the engine chose is fixed from then on", async () => {
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
    engine.addContainer("web", "lan");
    const notes = possible(await plan(onEth1)).notes.join("\n");
    assert.match(notes, /The address of web was chosen by the engine\. It is fixed from then on/);
    assert.match(notes, /dns, web are cut off from this network for a moment/);
  });

  it("moves addresses to the same place of another subnet of the same size", async () => {
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
    const wanted = withPool({ subnet: "192.168.7.0/24", gateway: "192.168.7.1" });
    assert.match(
      changeCommands(possible(await plan(wanted))),
      /connect --ip=192\.168\.7\.20 lan dns/,
    );
  });

  it("says that there is no way back to a parent that is gone", async () => {
    engine = new SimulatedEngine();
    engine.addNetwork({ ...lan, options: { parent: "eth7" } });
    const notes = possible(await plan(onEth1)).notes.join("\n");
    assert.match(notes, /If a step fails, lan cannot be made again.*no interface eth7/);
  });

  it("is refused where an address has no place", async () => {
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.200" });
    const reason = impossible(await plan(withPool({ subnet: "192.168.1.0/25" })));
    assert.match(reason, /dns has 192\.168\.1\.200, which the new network cannot give/);
    const taken = withPool({ subnet: "192.168.1.0/24", gateway: "192.168.1.200" });
    assert.match(
      impossible(await plan(taken)),
      /192\.168\.1\.200, which is the gateway of the new/,
    );
    const excluded = withPool({ subnet: "192.168.1.0/24", aux: { host: "192.168.1.200" } });
    assert.match(impossible(await plan(excluded)), /excluded as "host"/);
  });

  it("is nothing when all is as wanted", async () => {
    assert.match(nothing(await plan({ ...lan, enableIpv4: true })), /as you want it already/);
  });

  it("writes down the gateway that the engine took by itself when the range changes", async () => {
    engine = new SimulatedEngine();
    engine.addNetwork(withPool({ subnet: "192.168.1.0/24" }));
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
    const change = possible(
      await plan(withPool({ subnet: "192.168.1.0/24", ipRange: "192.168.1.128/25" })),
    );
    assert.match(
      changeCommands(change),
      /--gateway=192\.168\.1\.1 --ip-range=192\.168\.1\.128\/25/,
    );
    assert.match(change.notes.join("\n"), /taken by the engine itself. It is written down now/);
  });

  const wrong: readonly [what: string, wanted: NetworkSettings, reason: RegExp][] = [
    [
      "a parent that is not there",
      { ...lan, options: { parent: "eth7" } },
      /no interface eth7.*eth0, eth1/,
    ],
    [
      "a VLAN on one that is not there",
      { ...lan, options: { parent: "eth7.10" } },
      /no interface eth7 .*VLAN/,
    ],
    ["the loopback interface", { ...lan, options: { parent: "lo" } }, /leads to no LAN/],
    [
      "host bits in the subnet",
      withPool({ subnet: "192.168.1.5/24" }),
      /the subnet is 192\.168\.1\.0\/24/,
    ],
    ["no subnet at all", withPool({ subnet: "home" }), /"home" is no subnet/],
    [
      "a range outside",
      withPool({ subnet: "192.168.1.0/24", ipRange: "192.168.2.0/25" }),
      /not within/,
    ],
    [
      "a range with host bits",
      withPool({ subnet: "192.168.1.0/24", ipRange: "192.168.1.130/25" }),
      /write 192\.168\.1\.128\/25/,
    ],
    [
      "a gateway outside",
      withPool({ subnet: "192.168.1.0/24", gateway: "192.168.2.1" }),
      /gateway 192\.168\.2\.1 is not in/,
    ],
    [
      "the broadcast address as gateway",
      withPool({ subnet: "192.168.1.0/24", gateway: "192.168.1.255" }),
      /broadcast/,
    ],
    [
      "the gateway excluded",
      withPool({ subnet: "192.168.1.0/24", gateway: "192.168.1.1", aux: { r: "192.168.1.1" } }),
      /as well/,
    ],
    [
      "a subnet of another network",
      withPool({ subnet: "10.9.0.0/16" }),
      /overlaps 10\.9\.9\.0\/24 of network other/,
    ],
    ["a name that is taken", { ...lan, name: "other" }, /There is a network other already/],
  ];
  for (const [what, wanted, reason] of wrong) {
    it(`is refused before anything is done for ${what}`, async () => {
      engine.addNetwork({
        ...lan,
        name: "other",
        options: { parent: "eth9" },
        pools: [{ subnet: "10.9.9.0/24" }],
      });
      assert.match(impossible(await plan(wanted)), reason);
    });
  }

  it("lets networks share a parent where the engine does, and not before 27.0", async () => {
    engine.addNetwork({
      ...lan,
      name: "other",
      options: { parent: "eth1" },
      pools: [{ subnet: "10.9.9.0/24" }],
    });
    possible(await plan(onEth1, "27.0"));
    assert.match(impossible(await plan(onEth1, "26.1")), /Network other uses eth1/);
  });

  it("takes what an older engine took before, though newer ones refuse it", async () => {
    engine = new SimulatedEngine();
    const loose = withPool({ subnet: "192.168.1.5/24" });
    engine.addNetwork(loose);
    possible(await plan({ ...loose, options: { parent: "eth1" } }, "20.10"));
    assert.match(impossible(await plan({ ...loose, options: { parent: "eth1" } })), /host|within/);
  });

  it("leaves the engine's own networks and those of a swarm alone", async () => {
    engine = new SimulatedEngine();
    engine.addNetwork({ ...lan, kind: "swarm" });
    assert.match(impossible(await plan({ ...onEth1, kind: "swarm" })), /belongs to a swarm/);
  });

  describe("under another name", () => {
    const renamed = { ...lan, name: "home" };

    it("is refused since 25.0 while a container was created on it, running or not", async () => {
      engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" }, { running: false });
      const reason = impossible(await plan(renamed, "25.0"));
      assert.match(reason, /dns was created on lan under its old name, and since version 25\.0/);
      possible(await plan(renamed, "24.0"));
    });

    it("is possible when all were created elsewhere", async () => {
      engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" }, { networkMode: "bridge" });
      const change = possible(await plan(renamed));
      assert.equal(change.title, "rename network lan to home");
      assert.match(changeCommands(change), /docker network connect --ip=192\.168\.1\.20 home dns/);
    });
  });

  it("is refused since 25.0 when a container names the network by its id", async () => {
    const id = engine.networks[0]?.id ?? "";
    engine.addContainer("dns", "lan", {}, { networkMode: id.slice(0, 20) });
    assert.match(impossible(await plan(onEth1)), /dns was created on lan by its id/);
    possible(await plan(onEth1, "24.0"));
  });

  describe("says what becomes of MAC addresses", () => {
    const notes = async (version: string, wanted = onEth1) =>
      possible(await plan(wanted, version)).notes.join("\n");
    const mac = "02:42:c0:a8:01:63";

    it("asked for at creation: kept until 24, lost from 25.0, asked for again from 29.3", async () => {
      engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" }, { mac });
      assert.doesNotMatch(await notes("24.0"), /MAC/);
      assert.match(await notes("28.5"), /dns loses the MAC address 02:42:c0:a8:01:63/);
      assert.doesNotMatch(await notes("29.3"), /MAC/);
      const connect = possible(await plan(onEth1, "29.3")).steps.at(-1);
      assert.equal(connect?.kind === "connect" && connect.endpoint.mac, "02:42:00:00:00:01");
    });

    it("asked for, on another name: lost until 24 too", async () => {
      engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" }, { mac });
      assert.match(await notes("24.0", { ...lan, name: "home" }), /dns loses the MAC/);
    });

    it("made by the engine: kept with the address until 27, another from 28.0", async () => {
      engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
      assert.doesNotMatch(await notes("27.5"), /MAC/);
      assert.match(await notes("28.0"), /dns gets another MAC address, as at every start/);
    });

    it("of ipvlan: nothing, for they are the parent's", async () => {
      engine = new SimulatedEngine();
      engine.addNetwork({ ...lan, driver: "ipvlan" });
      engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
      assert.doesNotMatch(await notes("28.0", { ...onEth1, driver: "ipvlan" }), /MAC/);
    });
  });

  it("says what Compose will make of it, and keeps its labels", async () => {
    engine = new SimulatedEngine();
    const labels = { "com.docker.compose.project": "home", "com.docker.compose.network": "lan" };
    engine.addNetwork({ ...lan, labels });
    engine.addContainer("home-dns-1", "lan", { ipv4: "192.168.1.20" }, { project: "home" });
    const change = possible(await plan({ ...onEth1, labels }));
    assert.match(change.notes.join("\n"), /Compose made lan for the project home.*does not see/);
    const renaming = possible(await plan({ ...lan, labels, name: "home" }, "24.0")).notes.join(
      "\n",
    );
    assert.match(renaming, /makes one of the former name again, which the engine refuses/);
    assert.match(changeCommands(change), /--label=com\.docker\.compose\.project=home/);
  });
});
