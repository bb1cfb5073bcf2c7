import assert from "node:assert/strict";
import { Emitter } from "../../../src/inventory/emitter";
import { FactsJoin, type Known } from "../../../src/inventory/factsJoin";

const known = {
  lan: [],
  engine: {
    info: {
      version: "28.5.2",
      apiVersion: "1.51",
      os: "linux",
      operatingSystem: "Debian",
      kernel: "6.12",
      hostName: "nas",
      rootless: false,
      desktop: false,
    },
    networks: [{ id: "79ad6dfc68dc", name: "lan", driver: "macvlan", parent: "lan0" }],
    containers: [
      {
        id: "c",
        name: "pihole",
        running: true,
        attachments: [{ network: "79ad6dfc68dc", ipv4: "10.0.0.9", mac: "02:42:0a:00:00:09" }],
      },
    ],
  },
  host: {
    interfaces: [{ name: "lan0", kind: "ethernet", up: true, addresses: [] }],
    neighbours: [
      { address: "10.0.0.7", mac: "52:54:00:00:00:07", interface: "lan0" },
      { address: "10.0.0.1", mac: "52:54:00:00:00:01", interface: "lan0" },
      { address: "10.0.0.9", mac: "02:42:0A:00:00:09", interface: "shim" },
      { address: "172.17.0.2", mac: "02:42:ac:11:00:02", interface: "docker0" },
      { address: "172.18.0.2", mac: "02:42:ac:12:00:02", interface: "br-0123456789ab" },
    ],
  },
} satisfies Known;

describe("facts of what is known", () => {
  const facts = new FactsJoin().of(known);

  it("are those of the engine and its host", () => {
    assert.deepEqual(facts.engine, { version: "28.5.2", rootless: false, desktop: false });
    assert.equal(facts.networks, known.engine.networks);
    assert.equal(facts.interfaces, known.host.interfaces);
    assert.equal("lan" in facts, false);
  });

  it("name the network of a container that was listed with its id", () => {
    assert.equal(facts.containers?.[0]?.attachments[0]?.network, "lan");
  });

  it("have only strangers for neighbours", () => {
    assert.deepEqual(
      facts.neighbours?.map(({ address }) => address),
      ["10.0.0.1", "10.0.0.7"],
    );
  });

  it("know no interfaces of an engine elsewhere", () => {
    const { engine } = known;
    const elsewhere = new FactsJoin().of({ engine, lan: [{ subnet: "10.0.0.0/24" }] });
    assert.equal("interfaces" in elsewhere, false);
    assert.equal("neighbours" in elsewhere, false);
    assert.deepEqual(elsewhere.lan, [{ subnet: "10.0.0.0/24" }]);
  });

  it("are the LAN plan alone without an engine", () => {
    assert.deepEqual(new FactsJoin().of({ lan: [{ subnet: "10.0.0.0/24" }] }), {
      lan: [{ subnet: "10.0.0.0/24" }],
    });
    assert.deepEqual(new FactsJoin().of({ lan: [] }), {});
  });

  it("are the same object as long as they say the same", () => {
    const join = new FactsJoin();
    const before = join.of(known);
    const { engine, host } = known;
    assert.equal(join.of({ engine, host: structuredClone(host), lan: [] }), before);
    const after = join.of({ ...known, lan: [{ subnet: "10.0.0.0/24" }] });
    assert.notEqual(after, before);
    assert.equal(join.of({ ...known, lan: [{ subnet: "10.0.0.0/24" }] }), after);
  });

  it("keep every part that says the same, when another does not", () => {
    const join = new FactsJoin();
    const before = join.of(known);
    const { engine, host } = known;
    const more = [{ ...host.interfaces[0]!, name: "lan1" }, structuredClone(host.interfaces[0]!)];
    const after = join.of({ ...known, host: { ...structuredClone(host), interfaces: more } });
    assert.equal(after.interfaces?.[1], before.interfaces?.[0]);
    assert.equal(after.neighbours, before.neighbours);
    assert.equal(after.containers, before.containers);
    const second = { ...engine.containers[0]!, id: "d", name: "web" };
    const containers = [engine.containers[0]!, second];
    const grown = join.of({ engine: { ...engine, containers }, host, lan: [] });
    assert.equal(grown.containers?.[0], before.containers?.[0], "renamed once, not each time");
    assert.equal(grown.containers?.[1]?.attachments[0]?.network, "lan");
  });
});

describe("the emitter", () => {
  it("calls each listener until it is disposed, the same function twice if it was given twice", () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (value: number) => heard.push(value);
    const first = emitter.on(listener);
    emitter.on(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(heard, [1, 1, 2]);
  });
});
