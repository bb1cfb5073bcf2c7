import assert from "node:assert/strict";
import { isAtLeast, negotiate, newestApi } from "../../../src/docker/apiVersion";
import { connectPayload, containerPayload, networkPayload } from "../../../src/docker/toEngine";
import type { NetworkSpec } from "../../../src/model/network";

describe("the API version", () => {
  it("is the older of both sides' newest", () => {
    assert.equal(negotiate("1.41"), "1.41");
    assert.equal(negotiate("1.51", "1.24"), "1.51");
    assert.equal(negotiate("1.60", "1.40"), newestApi);
  });

  it("is not older than the engine still speaks", () => {
    assert.equal(negotiate("2.3", "2.0"), "2.0");
  });

  it("compares numbers, not texts", () => {
    assert.equal(isAtLeast("1.9", "1.44"), false);
    assert.equal(isAtLeast("1.44", "1.44"), true);
    assert.equal(isAtLeast("2.0", "1.44"), true);
  });
});

const spec: NetworkSpec = {
  name: "lan",
  driver: "macvlan",
  parent: "lan0.50",
  mode: "bridge",
  internal: false,
  enableIpv6: true,
  pools: [
    {
      subnet: "192.168.50.0/24",
      ipRange: "192.168.50.128/25",
      gateway: "192.168.50.1",
      aux: { nas: "192.168.50.200" },
    },
    { subnet: "fd00:50::/64" },
  ],
};

describe("what is sent to the engine", () => {
  it("a network, with its parent and mode as driver options", () => {
    assert.deepEqual(networkPayload(spec, "1.51"), {
      Name: "lan",
      Driver: "macvlan",
      Internal: false,
      EnableIPv6: true,
      Options: { parent: "lan0.50", macvlan_mode: "bridge" },
      IPAM: {
        Driver: "default",
        Config: [
          {
            Subnet: "192.168.50.0/24",
            IPRange: "192.168.50.128/25",
            Gateway: "192.168.50.1",
            AuxiliaryAddresses: { nas: "192.168.50.200" },
          },
          { Subnet: "fd00:50::/64" },
        ],
      },
    });
  });

  it("a network whose name engines before 25 must be told to check", () => {
    assert.equal(networkPayload(spec, "1.43").CheckDuplicate, true);
    assert.deepEqual(networkPayload({ ...spec, driver: "ipvlan", mode: "l3" }, "1.43").Options, {
      parent: "lan0.50",
      ipvlan_mode: "l3",
    });
  });

  const run = {
    image: "busybox",
    name: "box",
    networkName: "lan",
    ipv4: "192.168.50.20",
    mac: "02:42:00:00:00:05",
    command: ["sleep", "9"],
    interactive: true,
  };

  it("a container with the MAC at its endpoint, from API 1.44 on", () => {
    assert.deepEqual(containerPayload(run, "1.44"), {
      Image: "busybox",
      Cmd: ["sleep", "9"],
      Tty: true,
      OpenStdin: true,
      HostConfig: { NetworkMode: "lan", AutoRemove: true },
      NetworkingConfig: {
        EndpointsConfig: {
          lan: {
            IPAMConfig: { IPv4Address: "192.168.50.20" },
            MacAddress: "02:42:00:00:00:05",
          },
        },
      },
    });
  });

  it("a container with the MAC as its own before API 1.44", () => {
    const payload = containerPayload(run, "1.43");
    assert.equal(payload.MacAddress, "02:42:00:00:00:05");
    assert.deepEqual(payload.NetworkingConfig.EndpointsConfig["lan"], {
      IPAMConfig: { IPv4Address: "192.168.50.20" },
    });
  });

  it("a container that asks for nothing", () => {
    assert.deepEqual(containerPayload({ image: "a", networkName: "lan" }, "1.51"), {
      Image: "a",
      HostConfig: { NetworkMode: "lan" },
      NetworkingConfig: { EndpointsConfig: { lan: {} } },
    });
  });

  it("a connection", () => {
    const payload = connectPayload({ networkId: "n", containerId: "c", ipv6: "fd00::5" });
    assert.deepEqual(payload, {
      Container: "c",
      EndpointConfig: { IPAMConfig: { IPv6Address: "fd00::5" } },
    });
  });
});
