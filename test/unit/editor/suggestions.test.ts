import assert from "node:assert/strict";
import { cursorIn } from "../../../src/compose/cursorIn";
import { suggestionsAt } from "../../../src/editor/suggestions";
import type { Facts } from "../../../src/model/facts";
import { marked } from "./marked";

const facts: Facts = {
  interfaces: [
    { name: "lo", kind: "loopback", up: true, addresses: ["127.0.0.1/8"] },
    { name: "eth1", kind: "ethernet", up: false, addresses: [] },
    {
      name: "eth0",
      kind: "ethernet",
      up: true,
      addresses: ["192.168.1.10/24"],
      gateway: "192.168.1.254",
    },
    { name: "veth1", kind: "veth", up: true, addresses: [], master: "docker0" },
  ],
};

function suggestions(text: string, engineVersion = "29.7"): string[] {
  const { offset, document, context } = marked(text, facts, engineVersion);
  const cursor = cursorIn(document.file, offset);
  return cursor ? suggestionsAt(context, cursor).map(({ text: word }) => word) : [];
}

const network = (lines: string) => `services:
  a: {networks: {lan: {ipv4_address: 192.168.1.2}}}
networks:
  lan:
    driver: macvlan
${lines}`;
const pool =
  "    ipam:\n      config:\n        - subnet: 192.168.1.0/24\n          gateway: 192.168.1.1\n";

describe("suggestions", () => {
  it("offer the host's interfaces as parent, those that are up first", () => {
    assert.deepEqual(suggestions(network("    driver_opts:\n      parent: |\n")), ["eth0", "eth1"]);
    assert.deepEqual(suggestions(network("    driver_opts:\n      parent: et|h0\n")), [
      "eth0",
      "eth1",
    ]);
  });

  it("offer the drivers, and their options and modes as the engine knows them", () => {
    assert.deepEqual(suggestions("networks:\n  lan:\n    driver: |\n"), [
      "macvlan",
      "ipvlan",
      "bridge",
    ]);
    assert.deepEqual(suggestions(network("    driver_opts:\n      |\n")), [
      "parent: ",
      "macvlan_mode: ",
    ]);
    assert.deepEqual(suggestions(network("    driver_opts:\n      parent: eth0\n      mac|\n")), [
      "macvlan_mode: ",
    ]);
    assert.deepEqual(suggestions(network("    driver_opts:\n      macvlan_mode: |\n")), [
      "bridge",
      "private",
      "vepa",
      "passthru",
    ]);
    const ipvlan = "networks: {n: {driver: ipvlan, driver_opts: {ipvlan_mode: |}}}\n";
    assert.deepEqual(suggestions(ipvlan, "20.10"), ["l2", "l3"]);
    assert.deepEqual(suggestions(ipvlan, "28.5"), ["l2", "l3", "l3s"]);
  });

  it("offer the parent's LAN as subnet and its router as gateway", () => {
    const options = "    driver_opts: {parent: eth0}\n    ipam:\n      config:\n";
    assert.deepEqual(suggestions(network(`${options}        - subnet: |\n`)), ["192.168.1.0/24"]);
    assert.deepEqual(
      suggestions(network(`${options}        - subnet: 192.168.1.0/24\n          gateway: |\n`)),
      ["192.168.1.254"],
    );
    assert.deepEqual(
      suggestions(
        network("    ipam:\n      config:\n        - subnet: 10.0.0.0/24\n          gateway: |\n"),
      ),
      ["10.0.0.1"],
    );
  });

  it("offer blocks in which nothing is taken as ip_range", () => {
    const other = pool.replaceAll("192.168.1.", "10.0.0.");
    assert.deepEqual(suggestions(network(`${other}          ip_range: |\n`)).slice(0, 2), [
      "10.0.0.128/25",
      "10.0.0.64/26",
    ]);
    // The router that the host knows, .254, is in the upper half.
    assert.equal(suggestions(network(`${pool}          ip_range: |\n`))[0], "192.168.1.64/26");
  });

  it("offer the next free addresses of the network, of the right family", () => {
    const text = (key: string) =>
      network(pool).replace(
        "services:\n",
        `services:\n  b:\n    networks:\n      lan:\n        ${key}: 1|\n`,
      );
    assert.deepEqual(suggestions(text("ipv4_address")), [
      "192.168.1.3",
      "192.168.1.4",
      "192.168.1.5",
    ]);
    assert.deepEqual(suggestions(text("ipv6_address")), []);
    const [mac = ""] = suggestions(text("mac_address"));
    assert.match(mac, /^"02:42(:[0-9a-f]{2}){4}"$/);
    assert.deepEqual(suggestions(text("mac_address").replace("1|", '"1|"')), [mac.slice(1, -1)]);
  });

  it("offer nothing elsewhere", () => {
    assert.deepEqual(suggestions("services:\n  a:\n    image: |\n"), []);
    assert.deepEqual(suggestions("services:\n  a:\n    networks:\n      lan:\n        |\n"), []);
    assert.deepEqual(suggestions("volumes:\n  lan:\n    driver: |\n"), []);
  });
});
