import assert from "node:assert/strict";
import { readFactsFile } from "../../../src/model/factsFile";

const full = {
  engine: { version: "28.5.2", rootless: false, desktop: false },
  interfaces: [
    {
      name: "eth0.10",
      kind: "vlan",
      up: true,
      addresses: ["192.168.1.10/24"],
      mac: "02:00:00:00:00:01",
      master: "br0",
      gateway: "192.168.1.1",
      mtu: 1500,
      vlan: { parent: "eth0", id: 10 },
    },
  ],
  networks: [
    {
      id: "1",
      name: "lan",
      driver: "macvlan",
      parent: "eth0",
      mode: "bridge",
      internal: false,
      enableIpv6: true,
      ipam: [{ subnet: "a", ipRange: "b", gateway: "c", aux: { router: "d" } }],
      project: "p",
      composeKey: "lan",
      configHash: "5d41",
      scope: "local",
      configOnly: false,
    },
  ],
  containers: [
    {
      id: "2",
      name: "pihole",
      running: true,
      attachments: [{ network: "lan", ipv4: "a", ipv6: "b", mac: "c", static: true }],
      state: "running",
      image: "i",
      project: "dns",
      service: "pihole",
    },
  ],
  neighbours: [{ address: "192.168.1.7", mac: "a", interface: "eth0" }],
  lan: [{ subnet: "s", dhcp: ["a-b"], reserved: [{ address: "x", name: "printer" }] }],
};

describe("facts file", () => {
  it("gives back every fact", () => {
    const { facts, problems } = readFactsFile(JSON.stringify({ version: 1, ...full }));
    assert.deepEqual(problems, []);
    assert.deepEqual(facts, full);
  });

  it("leaves out what is absent or null, and passes over unknown keys", () => {
    const text = JSON.stringify({ lan: null, later: 1, engine: { version: null, flavour: "x" } });
    assert.deepEqual(readFactsFile(text), { facts: { engine: {} }, problems: [] });
    const { facts } = readFactsFile(
      '{"interfaces":[{"name":"wlan0","kind":"6lowpan","master":null}]}',
    );
    assert.deepEqual(facts.interfaces, [{ name: "wlan0", kind: "other", up: true, addresses: [] }]);
  });

  it("names each thing that is wrong by its place", () => {
    const text = JSON.stringify({
      version: 3,
      engine: [],
      interfaces: [{ up: "yes", vlan: { parent: 1 } }, 5],
      networks: [{ name: "n", driver: "macvlan", ipam: [{ aux: { a: 1 } }] }],
      containers: {},
      lan: [{ subnet: "s", dhcp: "10.0.0.1-10.0.0.9" }],
    });
    assert.deepEqual(readFactsFile(text).problems, [
      "version is 3; only version 1 can be read",
      "engine must be an object",
      "interfaces[0].name is missing",
      "interfaces[0].up must be true or false",
      "interfaces[0].vlan.parent must be a text",
      "interfaces[1] must be an object",
      "networks[0].ipam[0].aux must be an object of texts",
      "containers must be a list",
      "lan[0].dhcp must be a list of texts",
    ]);
  });

  it("says that a text is not JSON or not an object", () => {
    assert.match(readFactsFile("{").problems[0] ?? "", /^not JSON: /);
    assert.deepEqual(readFactsFile("[]").problems, ["the file must be an object"]);
  });
});
