import assert from "node:assert/strict";
import { commandIds } from "../../../src/ids";
import type { Facts } from "../../../src/model/facts";
import { rules } from "../../../src/rules/index";
import { allNodes } from "../../../src/views/nodes";
import type { Problem } from "../../../src/views/problem";
import { buildTree } from "../../../src/views/treeModel";
import { container, eth0, kinds, lan, problem, row, stopped } from "./facts";

/** Without routes, so that nothing is said of the way from the host. */
const { routes, ...quietEth0 } = eth0;
assert.ok(routes);
const base: Facts = { engine: { version: "28.5.2" }, interfaces: [quietEth0], networks: [lan] };
const anotherRange = ["Recreate lan with another range", "Explain"];
const titles = ({ ways }: Problem) => ways.map(({ title }) => title);
const lan2 = { ...lan, id: "lan2-id", name: "lan2" };

describe("an address claimed twice", () => {
  it("is a problem of both containers, each naming the other", () => {
    const facts = {
      ...base,
      containers: [container("pihole", "192.168.50.20"), container("unifi", "192.168.50.20")],
    };
    assert.match(problem(facts, "pihole", "address-taken").text, /also claimed by unifi\. Both/);
    assert.match(problem(facts, "unifi", "address-taken").short, /same address as pihole/);
    assert.match(row(facts, "unifi").description, /^same address as pihole · 192\.168\.50\.20/);
  });

  it("offers each of them another address first, and cuts nobody off but at last", () => {
    const facts = {
      ...base,
      containers: [container("pihole", "192.168.50.20"), container("unifi", "192.168.50.20")],
    };
    assert.deepEqual(titles(problem(facts, "pihole", "address-taken")), [
      "Give pihole another address on lan",
      "Give unifi another address on lan",
      "Explain",
      "Disconnect pihole from lan",
      "Disconnect unifi from lan",
    ]);
    const [first] = problem(facts, "unifi", "address-taken").ways;
    assert.deepEqual(first, {
      title: "Give unifi another address on lan",
      command: commandIds.changeAddress,
      args: [{ container: "id-unifi", network: lan.id, from: "192.168.50.20" }],
    });
  });

  it("lets the user choose where it is claimed by many", () => {
    const names = ["a", "b", "c", "d", "e"];
    const containers = names.map((name) => container(name, "192.168.50.20", stopped));
    const { ways } = problem({ ...base, containers }, "a", "address-taken");
    const choice = ways.find(({ command }) => command === commandIds.freeAddress);
    assert.deepEqual(choice, {
      title: "Choose who gives up 192.168.50.20",
      command: commandIds.freeAddress,
      args: ["192.168.50.20"],
    });
    assert.equal(ways.filter(({ command }) => command === commandIds.changeAddress).length, 4);
  });

  it("tells who will not start, where the engine lent out what a stopped one wants back", () => {
    const facts = {
      ...base,
      containers: [
        container("pihole", "192.168.50.20", stopped),
        container("guest", "192.168.50.20", { dynamic: true }),
      ],
    };
    assert.match(problem(facts, "pihole", "address-taken").text, /its start will fail/);
    assert.match(problem(facts, "guest", "address-taken").text, /pihole does not run, and its/);
  });

  it("is found across the networks of one parent", () => {
    const facts = {
      ...base,
      networks: [lan, lan2],
      containers: [
        container("pihole", "192.168.50.20"),
        container("unifi", "192.168.50.20", { network: "lan2", ...stopped }),
      ],
    };
    assert.match(problem(facts, "pihole", "address-taken").short, /unifi \(lan2\)/);
    assert.match(problem(facts, "unifi", "address-taken").text, /does not compare networks/);
  });

  it("is found across two parents in one subnet, and a macvlan device of one of them", () => {
    const wlan0 = { ...quietEth0, name: "wlan0", addresses: ["192.168.50.11/24"] };
    const shim = {
      ...quietEth0,
      name: "shim",
      kind: "macvlan",
      addresses: [],
      link: "eth0",
    } as const;
    for (const parent of ["wlan0", "shim"]) {
      const facts = {
        ...base,
        interfaces: [quietEth0, wlan0, shim],
        networks: [lan, { ...lan2, parent }],
        containers: [
          container("pihole", "192.168.50.20"),
          container("unifi", "192.168.50.20", { network: "lan2" }),
        ],
      };
      assert.deepEqual(kinds(facts, "unifi"), ["address-taken"], parent);
    }
  });

  it("is none on two LANs, on two networks without a parent, and for one container alone", () => {
    const eth1 = { ...quietEth0, name: "eth1", addresses: ["192.168.60.10/24"] };
    const containers = [
      container("pihole", "192.168.50.20"),
      container("unifi", "192.168.50.20", { network: "lan2" }),
    ];
    const { parent, ...orphan } = lan;
    assert.equal(parent, "eth0");
    for (const networks of [
      [lan, { ...lan2, parent: "eth1" }],
      [lan, { ...lan2, parent: "eth0.30" }],
      [orphan, { ...orphan, id: "x", name: "lan2" }],
    ]) {
      const facts = { ...base, interfaces: [quietEth0, eth1], networks, containers };
      assert.deepEqual(kinds(facts, "pihole"), []);
    }
  });

  it("counts MACs the same way, but not those of ipvlan, which are the parent's", () => {
    const mac = "02:42:c0:a8:32:14";
    const containers = [
      container("a", "192.168.50.20", { mac }),
      container("b", "192.168.50.21", { mac: mac.toUpperCase() }),
    ];
    assert.deepEqual(kinds({ ...base, containers }, "a"), ["mac-taken"]);
    // Another address would not change what the container was created with.
    assert.deepEqual(titles(problem({ ...base, containers }, "a", "mac-taken")), [
      "Explain",
      "Disconnect a from lan",
      "Disconnect b from lan",
    ]);
    const networks = [{ ...lan, driver: "ipvlan" }];
    assert.deepEqual(kinds({ ...base, networks, containers }, "a"), []);
  });
});

describe("an address that somebody else has", () => {
  const containers = [container("pihole", "192.168.50.20", { mac: "02:42:c0:a8:32:14" })];
  const seen = (mac: string, more: object = {}) => ({
    ...base,
    containers,
    neighbours: [{ address: "192.168.50.20", mac, interface: "eth0", ...more }],
  });

  it("is told of the host", () => {
    const host = { ...quietEth0, addresses: ["192.168.50.20/24"] };
    assert.match(
      problem({ ...base, interfaces: [host], containers }, "pihole", "address-of-host").text,
      /the host's own address \(eth0\)/,
    );
  });

  it("is told of a device that answers on the LAN, also one with a MAC that was made up", () => {
    for (const mac of ["00:11:32:aa:bb:cc", "52:54:00:aa:bb:cc"]) {
      assert.match(problem(seen(mac), "pihole", "address-on-lan").text, new RegExp(mac));
    }
  });

  it("is not told of the container itself, of an old answer, and of another LAN", () => {
    const eth1 = { ...quietEth0, name: "eth1", addresses: ["10.0.0.2/8"] };
    const other = "00:11:32:aa:bb:cc";
    for (const facts of [
      seen("02:42:C0:A8:32:14"),
      seen(other, { old: true }),
      { ...seen(other, { interface: "eth1" }), interfaces: [quietEth0, eth1] },
    ]) {
      assert.deepEqual(kinds(facts, "pihole"), []);
    }
  });

  it("over the host's own macvlan device counts only if a maker gave the MAC", () => {
    const shim = {
      ...quietEth0,
      name: "shim",
      kind: "macvlan",
      addresses: [],
      link: "eth0",
    } as const;
    const over = (mac: string) => ({
      ...seen(mac, { interface: "shim" }),
      interfaces: [quietEth0, shim],
    });
    // It may be the one that the container had before it was made anew.
    assert.deepEqual(kinds(over("96:cf:00:aa:bb:cc"), "pihole"), []);
    assert.deepEqual(kinds(over("00:11:32:aa:bb:cc"), "pihole"), ["address-on-lan"]);
  });

  it("is told of the DHCP range and of reservations, unless that is for the container", () => {
    const plan = (reserved?: string) => ({
      ...base,
      containers,
      lan: [
        {
          subnet: "192.168.50.0/24",
          dhcp: ["192.168.50.10-192.168.50.99"],
          ...(reserved && { reserved: [{ address: "192.168.50.20", name: reserved }] }),
        },
      ],
    });
    assert.match(problem(plan(), "pihole", "address-in-dhcp").text, /router hands out by DHCP/);
    const asked = ["Give pihole another address on lan", "Explain", "Disconnect pihole from lan"];
    assert.deepEqual(titles(problem(plan(), "pihole", "address-in-dhcp")), asked);
    const lent = [container("pihole", "192.168.50.20", { dynamic: true })];
    assert.deepEqual(
      titles(problem({ ...plan(), containers: lent }, "pihole", "address-in-dhcp")),
      [asked[0], "Recreate lan with another range", ...asked.slice(1)],
    );
    assert.deepEqual(kinds(plan("Pi-Hole"), "pihole"), []);
    assert.deepEqual(kinds(plan("printer"), "pihole"), ["address-reserved", "address-in-dhcp"]);
    const { parent, ...orphan } = lan;
    assert.equal(parent, "eth0");
    assert.deepEqual(kinds({ ...plan(), networks: [orphan] }, "pihole"), []);
  });
});

describe("a network", () => {
  it("whose parent is gone is moved to the interface in its subnet, and removed only while it is empty", () => {
    const facts = { ...base, networks: [{ ...lan, parent: "eth9" }] };
    const found = problem(facts, "lan", "parent-missing");
    assert.deepEqual(titles(found), ["Recreate lan on eth0", "Explain", "Remove network lan"]);
    assert.deepEqual(found.ways[0]?.args, [lan.id, { parent: "eth0" }]);
    const used = { ...facts, containers: [container("a", "192.168.50.20")] };
    assert.deepEqual(titles(problem(used, "lan", "parent-missing")), titles(found).slice(0, 2));
  });

  it("whose parent is gone asks for another where none is in its subnet, or none that can carry it", () => {
    for (const other of [
      { ...quietEth0, addresses: ["10.0.0.2/8"] },
      { ...quietEth0, kind: "wireless" as const },
      { ...quietEth0, up: false },
      { ...quietEth0, master: "br0" },
    ]) {
      const facts = { ...base, interfaces: [other], networks: [{ ...lan, parent: "eth9" }] };
      const [first] = problem(facts, "lan", "parent-missing").ways;
      assert.equal(first?.title, "Recreate lan on another parent");
      assert.deepEqual(first.args, [lan.id]);
    }
  });

  it("whose parent is down or a port of a bridge says so", () => {
    const down = { ...quietEth0, up: false, carrier: false };
    assert.match(
      problem({ ...base, interfaces: [down] }, "lan", "parent-down").text,
      /down \(no cable/,
    );
    const port = { ...quietEth0, master: "br0" };
    const found = problem({ ...base, interfaces: [port] }, "lan", "parent-port");
    assert.match(found.text, /device or resource busy.*Use br0/);
    assert.deepEqual(titles(found), ["Recreate lan on br0", "Explain", "Remove network lan"]);
  });

  it("has no problem that the facts do not tell", () => {
    const { interfaces, ...unknown } = base;
    assert.ok(interfaces);
    const networks = [{ ...lan, parent: "eth9" }];
    assert.deepEqual(kinds({ ...unknown, networks }, "lan"), []);
    const engine = { version: "28.5.2", desktop: true };
    assert.deepEqual(kinds({ ...base, engine, networks }, "lan"), []);
  });

  const small = {
    ...lan,
    ipam: [{ subnet: "192.168.50.0/24", gateway: "192.168.50.1", ipRange: "192.168.50.64/30" }],
  };
  const inRange = (count: number, more: object = {}) =>
    Array.from({ length: count }, (_, i) => container(`c${i}`, `192.168.50.${64 + i}`, more));

  it("whose range is used up says so, stopped containers not counted", () => {
    const facts = { ...base, networks: [small] };
    assert.deepEqual(kinds({ ...facts, containers: inRange(3) }, "lan"), []);
    const full = { ...facts, containers: inRange(4) };
    assert.deepEqual(kinds(full, "lan"), ["range-exhausted"]);
    assert.deepEqual(titles(problem(full, "lan", "range-exhausted")), anotherRange);
    assert.deepEqual(kinds({ ...facts, containers: inRange(4, stopped) }, "lan"), []);
    const rows = Object.fromEntries(row({ ...facts, containers: inRange(3) }, "lan").tooltip.rows);
    assert.match(rows["192.168.50.0/24"] ?? "", /; 1 left for the engine to hand out$/);
  });

  it("counts gateway, excluded addresses and those of networks with the same subnet as taken", () => {
    const tight = {
      ...lan,
      ipam: [{ subnet: "192.168.50.0/29", gateway: "192.168.50.1", aux: { a: "192.168.50.2" } }],
    };
    const sibling = { ...lan2, ipam: [{ subnet: "192.168.50.0/29", ipRange: "192.168.50.4/30" }] };
    const containers = [
      container("a", "192.168.50.3"),
      container("b", "192.168.50.4", { network: "lan2" }),
      container("c", "192.168.50.5", { network: "lan2" }),
    ];
    const facts = { ...base, networks: [tight, sibling], containers };
    assert.deepEqual(kinds(facts, "lan"), []);
    const full = [...containers, container("d", "192.168.50.6", { network: "lan2" })];
    assert.deepEqual(kinds({ ...facts, containers: full }, "lan"), ["range-exhausted"]);
  });

  it("whose range the router hands out too says so", () => {
    const facts = {
      ...base,
      networks: [small],
      lan: [{ subnet: "192.168.50.0/24", dhcp: ["192.168.50.60-192.168.50.70"] }],
    };
    assert.deepEqual(kinds(facts, "lan"), ["range-in-dhcp"]);
    assert.deepEqual(titles(problem(facts, "lan", "range-in-dhcp")), anotherRange);
  });

  it("in a cloud that drops frames says what works there", () => {
    const aws = { ...base, machine: { kind: "aws", name: "Amazon EC2 t3.micro" } } as const;
    assert.match(problem(aws, "lan", "cloud-drops-frames").text, /Amazon EC2.*What works:/);
    assert.deepEqual(kinds({ ...aws, networks: [{ ...lan, driver: "ipvlan" }] }, "lan"), []);
    const vmware = { ...base, machine: { kind: "vmware", name: "VMware" } } as const;
    assert.deepEqual(kinds(vmware, "lan"), []);
    assert.match(row(vmware, "eth0").tooltip.notes.join(), /promiscuous mode, MAC address changes/);
  });
});

describe("the way from the host to its containers", () => {
  const containers = [container("pihole", "192.168.50.20")];
  const facts = { ...base, interfaces: [eth0], containers };
  const shim = {
    name: "lan-host",
    kind: "macvlan",
    up: true,
    addresses: ["192.168.50.250/32"],
    link: "eth0",
    mode: "bridge",
    routes: ["192.168.50.16/28"],
  } as const;

  it("is missing where it leads over the parent, with the command that makes one", () => {
    const found = problem(facts, "lan", "host-cut-off");
    assert.match(found.text, /does not reach pihole/);
    assert.deepEqual(found.ways, [
      {
        title: "Let the host reach its containers",
        command: commandIds.hostAccess,
        args: [lan.id],
      },
    ]);
    assert.equal(found.level, "information");
  });

  it("is there over a macvlan device of the host, also for one address alone", () => {
    for (const routes of [["192.168.50.16/28"], ["192.168.50.20"]]) {
      const through = { ...facts, interfaces: [eth0, { ...shim, routes }] };
      assert.deepEqual(kinds(through, "lan"), []);
      const rows = Object.fromEntries(row(through, "lan").tooltip.rows);
      assert.equal(rows["From the host"], "reached over lan-host");
    }
    const down = { ...facts, interfaces: [eth0, { ...shim, up: false }] };
    assert.deepEqual(kinds(down, "lan"), ["host-cut-off"]);
  });

  it("is told of containers beside the route", () => {
    const both = {
      ...facts,
      interfaces: [eth0, shim],
      containers: [...containers, container("nas", "192.168.50.99")],
    };
    assert.match(problem(both, "lan", "host-cut-off").text, /does not reach nas:.*lan-host leads/);
  });

  it("is a router's where the host is not in the network's subnet", () => {
    const away = { ...eth0, addresses: [], routes: [] };
    const eth1 = { ...eth0, name: "eth1", addresses: ["10.0.0.2/24"], routes: ["10.0.0.0/24"] };
    assert.deepEqual(kinds({ ...facts, interfaces: [away, eth1] }, "lan"), []);
  });

  it("is not asked for while nothing runs, where routes are unknown, and of modes without a way", () => {
    assert.deepEqual(
      kinds({ ...facts, containers: [container("a", "192.168.50.20", stopped)] }, "lan"),
      [],
    );
    assert.deepEqual(kinds({ ...facts, interfaces: [quietEth0] }, "lan"), []);
    assert.deepEqual(kinds({ ...facts, networks: [{ ...lan, mode: "private" }] }, "lan"), []);
  });
});

describe("every problem", () => {
  it("has a way out, whose command and page exist", () => {
    const facts: Facts = {
      ...base,
      machine: { kind: "aws", name: "Amazon EC2" },
      interfaces: [eth0, { ...quietEth0, name: "eth1", up: false, addresses: [] }],
      networks: [
        lan,
        { ...lan2, parent: "gone" },
        { ...lan2, id: "d", name: "down", parent: "eth1" },
      ],
      lan: [
        {
          subnet: "192.168.50.0/24",
          dhcp: ["192.168.50.10-192.168.50.99"],
          reserved: [{ address: "192.168.50.20", name: "printer" }],
        },
      ],
      neighbours: [{ address: "192.168.50.20", mac: "00:11:32:aa:bb:cc", interface: "eth0" }],
      containers: [
        container("a", "192.168.50.20", { mac: "02:42:c0:a8:32:14" }),
        container("b", "192.168.50.20", { mac: "02:42:c0:a8:32:14" }),
        container("c", "192.168.50.10"),
      ],
    };
    const problems = [...allNodes(buildTree(facts))].flatMap((node) => node.problems);
    assert.ok(new Set(problems.map(({ kind }) => kind)).size >= 9);
    const commands: string[] = Object.values(commandIds);
    for (const { ways, text, short } of problems) {
      assert.ok(ways.length > 0, text);
      assert.ok(short.length <= 45, short);
      for (const { command, args } of ways) {
        assert.ok(commands.includes(command));
        if (command !== commandIds.showRule) continue;
        assert.ok(
          rules.some(({ id }) => id === args[0]),
          JSON.stringify(args),
        );
      }
    }
  });
});
