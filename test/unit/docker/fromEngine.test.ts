import assert from "node:assert/strict";
import { containersFromEngine } from "../../../src/docker/containersFromEngine";
import { eventFromEngine, infoFromEngine } from "../../../src/docker/fromEngine";
import { networksFromEngine } from "../../../src/docker/networksFromEngine";

/** `GET /networks` of 28.5.2 (API 1.51); 20.10 has no EnableIPv4. */
const network = {
  Name: "lan",
  Id: "79ad6dfc68dc",
  Created: "2026-11-23T21:55:06.470448008Z",
  Scope: "local",
  Driver: "macvlan",
  EnableIPv4: true,
  EnableIPv6: false,
  IPAM: {
    Driver: "default",
    Options: {},
    Config: [
      {
        Subnet: "192.168.50.0/24",
        IPRange: "192.168.50.128/25",
        Gateway: "192.168.50.1",
        AuxiliaryAddresses: { nas: "192.168.50.200" },
      },
    ],
  },
  Internal: false,
  Attachable: false,
  Ingress: false,
  ConfigFrom: { Network: "" },
  ConfigOnly: false,
  Containers: {},
  Options: { macvlan_mode: "bridge", parent: "lan0" },
  Labels: {
    "com.docker.compose.network": "lan",
    "com.docker.compose.config-hash": "5d41",
    "com.docker.compose.project": "dns",
  },
};
const none = {
  Name: "none",
  Id: "bc67a2feda58",
  Scope: "local",
  Driver: "null",
  IPAM: { Driver: "default", Options: null, Config: null },
  Options: null,
  Labels: null,
};

describe("networks of the engine", () => {
  it("are read with their pools, parent, mode and labels", () => {
    const older: Partial<typeof network> = { ...network };
    delete older.EnableIPv4;
    for (const payload of [network, older]) {
      assert.deepEqual(networksFromEngine([payload, none]), [
        {
          id: "79ad6dfc68dc",
          name: "lan",
          driver: "macvlan",
          parent: "lan0",
          mode: "bridge",
          internal: false,
          enableIpv6: false,
          ipam: [
            {
              subnet: "192.168.50.0/24",
              ipRange: "192.168.50.128/25",
              gateway: "192.168.50.1",
              aux: { nas: "192.168.50.200" },
            },
          ],
          project: "dns",
          composeKey: "lan",
          configHash: "5d41",
          scope: "local",
        },
        { id: "bc67a2feda58", name: "none", driver: "null", ipam: [], scope: "local" },
      ]);
    }
  });

  it("leave out what an engine writes as empty, as 29 does for addresses that are not set", () => {
    const config = [{ Subnet: "10.0.0.0/24", IPRange: "", Gateway: "", AuxiliaryAddresses: {} }];
    const [read] = networksFromEngine([{ ...network, IPAM: { Config: config } }]);
    assert.deepEqual(read?.ipam, [{ subnet: "10.0.0.0/24" }]);
  });

  it("take the mode of ipvlan from its own option", () => {
    const [read] = networksFromEngine([
      { ...network, Driver: "ipvlan", Options: { ipvlan_mode: "l3", macvlan_mode: "vepa" } },
    ]);
    assert.equal(read?.mode, "l3");
    assert.equal(read.parent, undefined);
  });

  it("marks a config-only network, and one that takes its settings from it", () => {
    const [only, from] = networksFromEngine([
      { ...network, ConfigOnly: true },
      { ...network, ConfigFrom: { Network: "lan-config" } },
    ]);
    assert.equal(only?.configOnly, true);
    assert.equal(from?.configFrom, "lan-config");
  });

  const [pool] = network.IPAM.Config;
  /** Answers in which one thing is another than in `network`. */
  const others: Readonly<Record<string, object>> = {
    name: { Name: "lan2" },
    driver: { Driver: "bridge" },
    parent: { Options: { ...network.Options, parent: "lan1" } },
    mode: { Options: { ...network.Options, macvlan_mode: "vepa" } },
    internal: { Internal: true },
    IPv6: { EnableIPv6: true },
    scope: { Scope: "swarm" },
    "config-only": { ConfigOnly: true },
    "config from": { ConfigFrom: { Network: "lan-config" } },
    project: { Labels: { ...network.Labels, "com.docker.compose.project": "other" } },
    key: { Labels: { ...network.Labels, "com.docker.compose.network": "other" } },
    hash: { Labels: { ...network.Labels, "com.docker.compose.config-hash": "other" } },
    labels: { Labels: null },
    "no pool": { IPAM: { Config: [] } },
    "two pools": { IPAM: { Config: [pool, { Subnet: "fd00::/64" }] } },
    subnet: { IPAM: { Config: [{ ...pool, Subnet: "192.168.0.0/16" }] } },
    range: { IPAM: { Config: [{ ...pool, IPRange: "" }] } },
    gateway: { IPAM: { Config: [{ ...pool, Gateway: "192.168.50.2" }] } },
    "no excluded address": { IPAM: { Config: [{ ...pool, AuxiliaryAddresses: {} }] } },
    "one more excluded address": {
      IPAM: { Config: [{ ...pool, AuxiliaryAddresses: { ...pool?.AuxiliaryAddresses, a: "x" } }] },
    },
    "another excluded address": {
      IPAM: { Config: [{ ...pool, AuxiliaryAddresses: { nas: "192.168.50.201" } }] },
    },
    "its name": { IPAM: { Config: [{ ...pool, AuxiliaryAddresses: { box: "192.168.50.200" } }] } },
  };

  it("are the objects that are known where they say the same", () => {
    for (const same of [
      network,
      none,
      ...Object.values(others).map((o) => ({ ...network, ...o })),
    ]) {
      const [before] = networksFromEngine([same]);
      assert.ok(before);
      const known = new Map([[before.id, before]]);
      assert.equal(networksFromEngine([structuredClone(same)], known)[0], before);
      const [again] = networksFromEngine([{ ...same, Containers: { c1: {} } }], known);
      assert.equal(again, before, "what is not read does not count");
    }
  });

  for (const [what, change] of Object.entries(others)) {
    it(`are other objects with another ${what}, there and back`, () => {
      const other = { ...network, ...change };
      for (const [from, to] of [
        [network, other],
        [other, network],
      ]) {
        const [before] = networksFromEngine([from]);
        assert.ok(before);
        const [after] = networksFromEngine([to], new Map([[before.id, before]]));
        assert.notDeepEqual(after, before);
        assert.deepEqual(after, networksFromEngine([to])[0]);
      }
    });
  }

  for (const payload of [undefined, null, "no", {}, [null, 5, { Name: "x" }, { Id: "y" }]]) {
    it(`are none in ${JSON.stringify(payload)}`, () => {
      assert.deepEqual(networksFromEngine(payload), []);
    });
  }
});

/** An endpoint as `GET /containers/json` gives it; 20.10 without GwPriority and DNSNames. */
function endpoint(values: object): object {
  return {
    IPAMConfig: null,
    Links: null,
    Aliases: null,
    MacAddress: "",
    NetworkID: "",
    EndpointID: "",
    Gateway: "",
    IPAddress: "",
    IPPrefixLen: 0,
    IPv6Gateway: "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
    ...values,
  };
}

function container(state: string, endpoints: Record<string, object>, more: object = {}): object {
  return {
    Id: "beac46d38964",
    Names: ["/pihole"],
    Image: "pihole/pihole:latest",
    Labels: { "com.docker.compose.project": "dns", "com.docker.compose.service": "pihole" },
    State: state,
    Status: "Up 1 second",
    HostConfig: { NetworkMode: "lan" },
    NetworkSettings: { Networks: endpoints },
    ...more,
  };
}

describe("containers of the engine", () => {
  it("have their actual addresses while they run", () => {
    const payload = container("running", {
      lan: endpoint({
        MacAddress: "02:42:C0:A8:32:4D",
        IPAddress: "192.168.50.128",
        IPPrefixLen: 24,
        GlobalIPv6Address: "fd00::80",
        GlobalIPv6PrefixLen: 64,
      }),
    });
    assert.deepEqual(containersFromEngine([payload]), [
      {
        id: "beac46d38964",
        name: "pihole",
        running: true,
        state: "running",
        image: "pihole/pihole:latest",
        project: "dns",
        service: "pihole",
        attachments: [
          { network: "lan", ipv4: "192.168.50.128", ipv6: "fd00::80", mac: "02:42:c0:a8:32:4d" },
        ],
      },
    ]);
  });

  it("have the addresses they asked for while they are stopped, and these are static", () => {
    const payload = container("exited", {
      lan: endpoint({ IPAMConfig: { IPv4Address: "192.168.50.77", IPv6Address: "fd00::77" } }),
      other: endpoint({ IPAMConfig: {} }),
    });
    const [read] = containersFromEngine([payload]);
    assert.equal(read?.running, false);
    assert.deepEqual(read.attachments, [
      { network: "lan", ipv4: "192.168.50.77", ipv6: "fd00::77", static: true },
      { network: "other" },
    ]);
  });

  it("need no addresses beside the networks, which API 1.52 no longer gives", () => {
    const payload = container("running", {
      lan: { IPAMConfig: { IPv4Address: "10.0.0.9" }, IPAddress: "10.0.0.9", GwPriority: 0 },
    });
    assert.deepEqual(containersFromEngine([payload])[0]?.attachments, [
      { network: "lan", ipv4: "10.0.0.9", static: true },
    ]);
  });

  for (const [state, running] of [
    ["running", true],
    ["paused", true],
    ["restarting", true],
    ["created", false],
    ["exited", false],
    ["dead", false],
  ] as const) {
    it(`${running ? "run" : "do not run"} in the state ${state}`, () => {
      assert.equal(containersFromEngine([container(state, {})])[0]?.running, running);
    });
  }

  it("go by their own name, not by that of a link", () => {
    const payload = container("running", {}, { Names: ["/web/db", "/db"] });
    assert.equal(containersFromEngine([payload])[0]?.name, "db");
  });

  it("are the objects that are known where they say the same, and new ones where they differ", () => {
    const networks = {
      lan: endpoint({ IPAddress: "10.0.0.2", MacAddress: "02:42:0A:00:00:02" }),
      wan: endpoint({ IPAMConfig: { IPv4Address: "10.0.1.2" }, IPAddress: "10.0.1.2" }),
    };
    const payload = container("running", networks);
    const [before] = containersFromEngine([payload]);
    assert.ok(before);
    const known = new Map([[before.id, before]]);
    const read = (item: object) => containersFromEngine([item], known)[0];
    assert.equal(read(structuredClone(payload)), before);
    assert.equal(read({ ...payload, Status: "Up 3 hours" }), before);
    const { lan } = networks;
    for (const change of [
      container("exited", networks),
      container("running", networks, { Names: ["/other"] }),
      container("running", networks, { Image: "nginx" }),
      container("running", networks, { Labels: { "com.docker.compose.project": "p" } }),
      container("running", networks, { Labels: { "com.docker.compose.service": "s" } }),
      container("running", { lan }),
      container("running", { ...networks, third: lan }),
      container("running", { lan, won: networks.wan }),
      container("running", { ...networks, lan: { ...lan, IPAddress: "10.0.0.3" } }),
      container("running", { ...networks, lan: { ...lan, MacAddress: "02:42:0a:00:00:03" } }),
      container("running", { ...networks, lan: { ...lan, GlobalIPv6Address: "fd00::2" } }),
      container("running", { ...networks, wan: { ...networks.wan, IPAMConfig: null } }),
    ]) {
      const after = read(change);
      assert.notEqual(after, before);
      assert.deepEqual(after, containersFromEngine([change])[0]);
    }
  });

  it("are read from the barest payload", () => {
    assert.deepEqual(containersFromEngine([{ Id: "0123456789abcdef" }]), [
      { id: "0123456789abcdef", name: "0123456789ab", running: false, attachments: [] },
    ]);
    assert.deepEqual(containersFromEngine({ message: "page not found" }), []);
  });
});

describe("events of the engine", () => {
  it("name the object, its kind and what happened", () => {
    const payload = {
      status: "start",
      id: "c1",
      Type: "container",
      Action: "start",
      Actor: { ID: "c1", Attributes: { image: "busybox", name: "pihole" } },
      scope: "local",
      time: 1795470908,
    };
    assert.deepEqual(eventFromEngine(payload), {
      type: "container",
      action: "start",
      id: "c1",
      name: "pihole",
    });
  });

  it("name the container that a network was connected to", () => {
    const attributes = { container: "c1", name: "lan", type: "macvlan" };
    const payload = {
      Type: "network",
      Action: "connect",
      Actor: { ID: "n1", Attributes: attributes },
    };
    assert.deepEqual(eventFromEngine(payload), {
      type: "network",
      action: "connect",
      id: "n1",
      name: "lan",
      container: "c1",
    });
  });

  it("are nothing when they are of an image, or unreadable", () => {
    assert.equal(eventFromEngine({ Type: "image", Action: "pull", Actor: { ID: "i" } }), undefined);
    assert.equal(eventFromEngine({ Type: "network", Action: "create" }), undefined);
    assert.equal(eventFromEngine("oops"), undefined);
  });
});

describe("the engine's description of itself", () => {
  const version = {
    Platform: { Name: "" },
    Version: "28.5.2+dfsg4",
    ApiVersion: "1.51",
    MinAPIVersion: "1.24",
    Os: "linux",
    KernelVersion: "6.12.0",
  };

  it("is read from both answers", () => {
    const info = {
      OperatingSystem: "Debian GNU/Linux 12 (bookworm)",
      Name: "nas",
      SecurityOptions: ["name=seccomp,profile=builtin"],
    };
    assert.deepEqual(infoFromEngine(version, info), {
      version: "28.5.2+dfsg4",
      apiVersion: "1.51",
      os: "linux",
      operatingSystem: "Debian GNU/Linux 12 (bookworm)",
      kernel: "6.12.0",
      hostName: "nas",
      rootless: false,
      desktop: false,
    });
  });

  it("knows a rootless engine by its security options", () => {
    const info = { SecurityOptions: ["name=seccomp,profile=builtin", "name=rootless"] };
    assert.equal(infoFromEngine(version, info).rootless, true);
  });

  it("knows Docker Desktop by either name", () => {
    assert.equal(infoFromEngine(version, { OperatingSystem: "Docker Desktop" }).desktop, true);
    const platform = { Platform: { Name: "Docker Desktop 4.49.0 (208700)" } };
    assert.equal(infoFromEngine({ ...version, ...platform }, {}).desktop, true);
  });
});
