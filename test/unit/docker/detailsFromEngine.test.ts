import assert from "node:assert/strict";
import {
  containerDetailsFromEngine,
  networkDetailsFromEngine,
} from "../../../src/docker/detailsFromEngine";
import { connectPayload, networkPayload } from "../../../src/docker/toEngine";

/** As Engine 28.5.2 lists it. */
const network = {
  Name: "lan",
  Id: "a".repeat(64),
  Scope: "local",
  Driver: "macvlan",
  EnableIPv4: true,
  EnableIPv6: false,
  IPAM: {
    Driver: "default",
    Options: null,
    Config: [
      {
        Subnet: "192.168.50.0/24",
        IPRange: "192.168.50.128/25",
        Gateway: "192.168.50.1",
        AuxiliaryAddresses: { nas: "192.168.50.9" },
      },
    ],
  },
  Internal: false,
  Attachable: true,
  Ingress: false,
  ConfigFrom: { Network: "" },
  ConfigOnly: false,
  Containers: {},
  Options: { macvlan_mode: "bridge", parent: "lan0" },
  Labels: { "com.docker.compose.project": "home", empty: "" },
};

describe("the settings of a network", () => {
  it("are read so that the same request makes it again", () => {
    const [details] = networkDetailsFromEngine([network]);
    assert.ok(details);
    assert.deepEqual(networkPayload(details.settings, "1.51"), {
      Name: "lan",
      Driver: "macvlan",
      Internal: false,
      Attachable: true,
      EnableIPv4: true,
      EnableIPv6: false,
      Options: { parent: "lan0", macvlan_mode: "bridge" },
      Labels: { "com.docker.compose.project": "home", empty: "" },
      IPAM: { Driver: "default", Config: network.IPAM.Config },
    });
    assert.equal("EnableIPv4" in networkPayload(details.settings, "1.47"), false);
  });

  it("leave out the parent that the engine made itself", () => {
    const Options = { parent: `dm-${"a".repeat(12)}` };
    assert.deepEqual(networkDetailsFromEngine([{ ...network, Options }])[0]?.settings.options, {});
  });

  for (const [what, change, kind] of [
    ["a swarm", { Scope: "swarm" }, "swarm"],
    ["the ingress", { Ingress: true }, "swarm"],
    ["a template", { ConfigOnly: true }, "template"],
    ["one that takes its settings from a template", { ConfigFrom: { Network: "t" } }, "template"],
    ["this engine alone", {}, "local"],
  ] as const) {
    it(`tell ${what}`, () => {
      assert.equal(networkDetailsFromEngine([{ ...network, ...change }])[0]?.settings.kind, kind);
    });
  }
});

/** As Engine 20.10.24 shows it. */
const container = {
  Id: "10750dbcc561".padEnd(64, "0"),
  Name: "/dns",
  State: { Running: true },
  Config: {
    Image: "busybox",
    MacAddress: "02:42:C0:A8:32:99",
    Labels: { "com.docker.compose.project": "home", "com.docker.compose.service": "dns" },
  },
  HostConfig: { NetworkMode: "lan" },
  NetworkSettings: {
    Networks: {
      lan: {
        IPAMConfig: { IPv4Address: "192.168.50.20", LinkLocalIPs: ["169.254.1.1"] },
        Links: ["db:database"],
        Aliases: ["ns", "10750dbcc561"],
        NetworkID: "a".repeat(64),
        EndpointID: "e",
        Gateway: "192.168.50.1",
        IPAddress: "192.168.50.20",
        GlobalIPv6Address: "",
        MacAddress: "02:42:C0:A8:32:99",
        DriverOpts: { key: "value" },
        GwPriority: 3,
      },
      idle: { IPAMConfig: null, Links: null, Aliases: null, DriverOpts: null, GwPriority: 0 },
    },
  },
};

describe("the endpoints of a container", () => {
  it("are read with all that has to be asked for to make them again", () => {
    const details = containerDetailsFromEngine(container);
    assert.equal(details?.name, "dns");
    assert.equal(details.networkMode, "lan");
    assert.equal(details.mac, "02:42:c0:a8:32:99");
    assert.deepEqual([details.project, details.service], ["home", "dns"]);
    const [idle, lan] = details.endpoints;
    assert.deepEqual(idle, { network: "idle", settings: {} });
    assert.equal(lan?.networkId, "a".repeat(64));
    assert.deepEqual(
      connectPayload({ networkId: "n", containerId: "c", ...lan.settings }).EndpointConfig,
      {
        IPAMConfig: { IPv4Address: "192.168.50.20", LinkLocalIPs: ["169.254.1.1"] },
        Aliases: ["ns"],
        Links: ["db:database"],
        DriverOpts: { key: "value" },
        GwPriority: 3,
      },
    );
  });

  it("are none where nothing can be read", () => {
    assert.equal(containerDetailsFromEngine({}), undefined);
    assert.deepEqual(containerDetailsFromEngine({ Id: "x" })?.endpoints, []);
  });
});
