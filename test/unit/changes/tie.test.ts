import assert from "node:assert/strict";
import { changeCommands } from "../../../src/changes/planText";
import { planRemoval } from "../../../src/changes/removal";
import {
  planConnection,
  planDisconnection,
  planPin,
  planReaddress,
} from "../../../src/changes/tie";
import { SimulatedEngine } from "./simulatedEngine";
import { impossible, lan, nothing, possible, situationOf } from "./situations";

describe("a plan for one container on a network", () => {
  let engine: SimulatedEngine;
  beforeEach(() => {
    engine = new SimulatedEngine();
    engine.addNetwork(lan);
  });
  const withId = (name: string) => engine.containers.find((one) => one.name === name)?.id ?? "";

  it("pins the address that the engine chose", async () => {
    engine.addContainer("web", "lan", { aliases: ["www"] });
    const change = possible(planPin(await situationOf(engine), withId("web")));
    assert.equal(change.title, "pin web to 192.168.1.2 on lan");
    assert.equal(
      changeCommands(change),
      "docker network disconnect lan web\ndocker network connect --ip=192.168.1.2 --alias=www lan web\n",
    );
  });

  it("finds nothing to pin where it is fixed, and no address where nothing runs", async () => {
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
    engine.addContainer("idle", "lan", {}, { running: false });
    const situation = await situationOf(engine);
    assert.match(nothing(planPin(situation, withId("dns"))), /asks for 192\.168\.1\.20 already/);
    assert.match(impossible(planPin(situation, withId("idle"))), /is not running, so it has no/);
  });

  it("gives another address, unless a running container has it", async () => {
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
    engine.addContainer("web", "lan", { ipv4: "192.168.1.21" });
    const situation = await situationOf(engine);
    const give = (ipv4: string) => planReaddress(situation, withId("dns"), { ipv4 });
    assert.match(changeCommands(possible(give("192.168.1.99"))), /--ip=192\.168\.1\.99 lan dns/);
    assert.match(impossible(give("192.168.1.21")), /web has 192\.168\.1\.21/);
    assert.match(impossible(give("192.168.2.21")), /none of the subnets of network lan/);
    assert.match(impossible(give("home")), /no IP address/);
  });

  it("says that Compose brings the former address back", async () => {
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" }, { project: "home" });
    const plan = planReaddress(await situationOf(engine), withId("dns"), { ipv4: "192.168.1.99" });
    assert.match(possible(plan).notes.join("\n"), /takes the one of its file/);
  });

  it("connects with the addresses asked for", async () => {
    engine.addNetwork({ ...lan, name: "other", pools: [{ subnet: "10.9.9.0/24" }] });
    engine.addContainer("tool", "other");
    const situation = await situationOf(engine);
    const tool = await engine.readContainer(withId("tool"));
    const change = possible(planConnection(situation, tool, { ipv4: "192.168.1.50" }));
    assert.equal(changeCommands(change), "docker network connect --ip=192.168.1.50 lan tool\n");
    assert.match(impossible(planConnection(situation, tool, { ipv4: "10.0.0.1" })), /none of the/);
    const mac = "02:42:c0:a8:01:63";
    assert.match(impossible(planConnection(situation, tool, { mac })), /Before version 29\.3/);
    possible(planConnection(await situationOf(engine, "29.3"), tool, { mac }));
    assert.match(
      impossible(planConnection(situation, { ...tool, networkMode: "host" }, {})),
      /uses the network of the host/,
    );
  });

  it("finds nothing to connect or disconnect where it is so already", async () => {
    engine.addContainer("dns", "lan");
    const situation = await situationOf(engine);
    const dns = await engine.readContainer(withId("dns"));
    assert.match(nothing(planConnection(situation, dns, {})), /is on network lan already/);
    assert.match(nothing(planDisconnection(situation, "nobody")), /is not on network lan/);
  });

  it("lists who loses the network when it is removed, stopped ones too", async () => {
    engine.addContainer("dns", "lan", { ipv4: "192.168.1.20" });
    engine.addContainer("old", "lan", { ipv4: "192.168.1.30" }, { running: false });
    const change = possible(planRemoval(await situationOf(engine)));
    assert.deepEqual(change.notes.slice(0, 2), [
      "dns (running) loses the network and its address 192.168.1.20.",
      "old (stopped) loses the network and its claim to 192.168.1.30.",
    ]);
    assert.match(changeCommands(change), /disconnect lan dns\n.*disconnect lan old\n.*rm lan\n/);
  });

  it("removes a template that nothing is on, and no network of a swarm in use", async () => {
    engine = new SimulatedEngine();
    engine.addNetwork({ ...lan, kind: "template" });
    const change = possible(planRemoval(await situationOf(engine)));
    assert.equal(changeCommands(change), "docker network rm lan\n");
    engine.addContainer("task", "lan");
    assert.match(impossible(planRemoval(await situationOf(engine))), /in use by task/);
  });
});
