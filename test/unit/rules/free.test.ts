import assert from "node:assert/strict";
import fc from "fast-check";
import { ComposeDocument } from "../../../src/compose/document";
import { formatAddress, formatPrefix, parseAddress, parsePrefix } from "../../../src/model/cidr";
import type { Facts } from "../../../src/model/facts";
import { isUnicastMac, parseMac } from "../../../src/model/mac";
import type { RuleContext } from "../../../src/rules/context";
import { createContext } from "../../../src/rules/views/views";
import { freeAddress, freeMac, freeSubnet, partsOfFacts } from "../../../src/rules/free";

/** A network `lan` with the pool, and services with the addresses given; `-` for none. */
function contextOf(
  pool: readonly string[],
  addresses: readonly string[],
  facts: Facts = {},
): RuleContext {
  const services = addresses.map((address, index) => {
    const field = address.includes(":") ? "ipv6_address" : "ipv4_address";
    const body = address === "-" ? "" : `\n        ${field}: "${address}"`;
    return `  s${index}:\n    image: x\n    networks:\n      lan:${body}\n`;
  });
  const text = [
    `name: mine\nservices:${addresses.length === 0 ? " {}" : ""}\n`,
    ...services,
    "networks:\n  lan:\n    driver: macvlan\n    driver_opts: {parent: eth0}\n    enable_ipv6: true\n",
    "    ipam:\n      config:\n        - ",
    pool.join("\n          "),
    "\n",
  ].join("");
  const document = new ComposeDocument("/mine/compose.yaml", text);
  assert.deepEqual(document.project().problems, []);
  return createContext(document.project(), facts, "29.7");
}

function next(context: RuleContext, near?: string): string | undefined {
  const pool = context.network("lan")?.pools[0];
  assert.ok(pool);
  const free = freeAddress(context, pool, near === undefined ? undefined : parseAddress(near));
  return free && formatAddress(free);
}

const subnet = "subnet: 192.168.1.0/24";
const gateway = "gateway: 192.168.1.1";

describe("freeAddress", () => {
  it("passes over network address, gateway, auxiliary addresses and other services", () => {
    const aux = "aux_addresses: {printer: 192.168.1.2, nas: 192.168.1.4}";
    assert.equal(next(contextOf([subnet, gateway, aux], ["192.168.1.3"])), "192.168.1.5");
  });

  it("goes on behind the address that is given up, and begins again at the end", () => {
    const context = contextOf([subnet, gateway], ["192.168.1.10", "192.168.1.11", "192.168.1.254"]);
    assert.equal(next(context, "192.168.1.10"), "192.168.1.12");
    assert.equal(next(context, "192.168.1.254"), "192.168.1.2");
  });

  it("passes over services whose profile is not active", () => {
    const document = new ComposeDocument(
      "/mine/compose.yaml",
      [
        "services:",
        "  a: {profiles: [x], networks: {lan: {ipv4_address: 192.168.1.2}}}",
        `networks: {lan: {ipam: {config: [{${subnet}, ${gateway}}]}}}`,
      ].join("\n"),
    );
    assert.equal(next(createContext(document.project(), {}, "29.7")), "192.168.1.3");
  });

  it("passes over everything that the facts know of, but not over its own containers", () => {
    const facts: Facts = {
      interfaces: [
        {
          name: "eth0",
          kind: "ethernet",
          up: true,
          addresses: ["192.168.1.2/24", "fe80::1/64"],
          gateway: "192.168.1.3",
        },
      ],
      containers: [
        {
          id: "1",
          name: "dns",
          running: false,
          attachments: [{ network: "lan", ipv4: "192.168.1.4", static: true }],
        },
        {
          id: "2",
          name: "mine-s0-1",
          running: true,
          project: "mine",
          service: "s0",
          attachments: [{ network: "mine_lan", ipv4: "192.168.1.8", static: true }],
        },
      ],
      neighbours: [{ address: "192.168.1.5", mac: "00:1b:a9:01:02:03" }],
      lan: [
        {
          subnet: "192.168.1.0/24",
          dhcp: ["192.168.1.9-192.168.1.99"],
          reserved: [{ address: "192.168.1.6" }],
        },
      ],
      networks: [
        {
          id: "n",
          name: "other",
          driver: "macvlan",
          ipam: [{ subnet: "192.168.1.0/24", gateway: "192.168.1.7", aux: { x: "192.168.1.100" } }],
        },
      ],
    };
    const context = contextOf([subnet, gateway], ["192.168.1.254"], facts);
    assert.equal(next(context), "192.168.1.8");
    assert.equal(next(context, "192.168.1.9"), "192.168.1.101");
  });

  it("passes over a container that is left over from a service of its own", () => {
    const attachments = [{ network: "mine_lan", ipv4: "192.168.1.2", static: true }];
    const left = { id: "1", name: "mine-old-1", running: true, project: "mine", attachments };
    const own = (service: string): Facts => ({ containers: [{ ...left, service }] });
    const context = (facts: Facts) => contextOf([subnet, gateway], ["192.168.1.9"], facts);
    assert.equal(next(context(own("old"))), "192.168.1.3");
    assert.equal(next(context(own("s0"))), "192.168.1.2");
  });

  it("keeps out of the ip_range, which the engine gives to others", () => {
    const range = "ip_range: 192.168.1.0/26";
    assert.equal(next(contextOf([subnet, gateway, range], ["-"])), "192.168.1.64");
    const context = contextOf([subnet, gateway, range], ["192.168.1.10", "-"]);
    assert.equal(next(context, "192.168.1.10"), "192.168.1.64");
  });

  it("stays in an ip_range that holds the static addresses of a network without dynamic ones", () => {
    const range = "ip_range: 192.168.1.208/28";
    const statics = ["192.168.1.208", "192.168.1.208"];
    assert.equal(next(contextOf([subnet, gateway, range], statics), statics[0]), "192.168.1.209");
    const mixed = contextOf([subnet, gateway, range], [...statics, "-"]);
    assert.equal(next(mixed, statics[0]), "192.168.1.224");
  });

  it("takes an address of the ip_range when there is no other", () => {
    const whole = "ip_range: 192.168.1.0/24";
    assert.equal(next(contextOf([subnet, gateway, whole], ["192.168.1.2", "-"])), "192.168.1.3");
  });

  it("leaves the lowest addresses to containers without one", () => {
    // Two dynamic containers take .2 and .4.
    const context = contextOf([subnet, gateway], ["192.168.1.3", "-", "-"]);
    assert.equal(next(context), "192.168.1.5");
    assert.equal(next(context, "192.168.1.3"), "192.168.1.5");
  });

  it("finds none in a full subnet", () => {
    const pool = ["subnet: 192.168.1.0/30", gateway];
    assert.equal(next(contextOf(pool, ["-"])), "192.168.1.2");
    assert.equal(next(contextOf(pool, ["192.168.1.2"])), undefined);
  });

  it("counts in IPv6 too, by number and not by text", () => {
    const pool = ["subnet: fd00:1::/64", "gateway: fd00:1::1"];
    const context = contextOf(pool, ["fd00:1::2", "fd00:1:0:0:0:0:0:0003"]);
    assert.equal(next(context), "fd00:1::4");
    assert.equal(next(context, "fd00:1::ffff:ffff:ffff:ffff"), "fd00:1::ffff:ffff:ffff:ffff");
  });

  it("is what counting through the subnet finds", () => {
    const host = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(fc.uniqueArray(host), host, host, (claimed, gatewayHost, near) => {
        const address = (n: number) => `10.0.0.${16 + n}`;
        const usable = claimed.filter((n) => n > 0 && n < 15);
        const pool = ["subnet: 10.0.0.16/28", `gateway: ${address(gatewayHost)}`];
        const used = new Set([0, 15, gatewayHost, ...usable]);
        const order = [...Array(16).keys()].map((n) =>
          near + n < 16 ? near + n : n - (16 - near),
        );
        const expected = order.find((n) => !used.has(n));
        const found = next(contextOf(pool, usable.map(address)), address(near));
        assert.equal(found, expected === undefined ? undefined : address(expected));
      }),
      { numRuns: 200 },
    );
  });
});

describe("partsOfFacts", () => {
  it("reads nothing out of facts that say nothing of the subnet", () => {
    const prefix = parsePrefix("10.9.0.0/24");
    assert.ok(prefix);
    assert.deepEqual(partsOfFacts({}, prefix), []);
    const facts: Facts = {
      neighbours: [{ address: "192.168.1.7", mac: "00:1b:a9:01:02:03" }, { address: "nonsense" }],
      interfaces: [{ name: "eth0", kind: "ethernet", up: true, addresses: ["192.168.1.2/24"] }],
    };
    assert.deepEqual(partsOfFacts(facts, prefix), []);
  });
});

describe("freeSubnet", () => {
  const free = (context: RuleContext, text: string) => {
    const prefix = parsePrefix(text);
    assert.ok(prefix);
    const found = freeSubnet(context, prefix);
    return found && formatPrefix(found);
  };

  it("is the next of the same size that meets no pool, host or LAN", () => {
    const facts: Facts = {
      networks: [{ id: "n", name: "x", driver: "bridge", ipam: [{ subnet: "192.168.2.0/24" }] }],
      interfaces: [{ name: "eth0", kind: "ethernet", up: true, addresses: ["192.168.3.7/24"] }],
      lan: [{ subnet: "192.168.4.0/23" }],
    };
    const context = contextOf([subnet], [], facts);
    assert.equal(free(context, "192.168.1.0/24"), "192.168.6.0/24");
    assert.equal(free(context, "192.168.0.77/25"), "192.168.0.128/25");
  });

  it("does not leave the address space", () => {
    assert.equal(free(contextOf([subnet], []), "255.255.255.0/24"), undefined);
  });
});

describe("freeMac", () => {
  const written = (mac: string) =>
    createContext(
      new ComposeDocument("/mine/compose.yaml", `services: {a: {mac_address: "${mac}"}}`).project(),
      {},
      "29.7",
    );

  it("is unicast, locally administered, and the same each time", () => {
    const context = contextOf([subnet], []);
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const text = freeMac(context, seed);
        const mac = parseMac(text);
        assert.ok(mac && isUnicastMac(mac) && ((mac[0] ?? 0) & 2) === 2, text);
        assert.equal(freeMac(context, seed), text);
      }),
    );
    assert.notEqual(freeMac(context, "a"), freeMac(context, "b"));
  });

  it("is none that a service, container, interface or neighbour has, however it is written", () => {
    const first = freeMac(contextOf([subnet], []), "seed");
    const upper = first.toUpperCase().replaceAll(":", "-");
    const second = freeMac(written(upper), "seed");
    assert.notEqual(second, first);
    const attachments = [{ network: "lan", mac: upper }];
    const taken: Facts[] = [
      { containers: [{ id: "1", name: "x", running: true, attachments }] },
      { interfaces: [{ name: "eth0", kind: "ethernet", up: true, mac: upper, addresses: [] }] },
      { neighbours: [{ address: "192.168.1.7", mac: upper }] },
    ];
    for (const facts of taken)
      assert.equal(freeMac(contextOf([subnet], [], facts), "seed"), second);
  });
});
