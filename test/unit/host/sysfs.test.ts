import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interfacesOfMachine, readDevices } from "../../../src/host/sysfs";

describe("the host's interfaces from sysfs", () => {
  let folder: string;
  let net: string;

  /** An interface as the kernel shows it: a link into the devices, and a folder of small files there. */
  function device(name: string, files: Record<string, string>, place = "virtual"): string {
    const target = join(folder, "devices", place, "net", name);
    mkdirSync(target, { recursive: true });
    for (const [file, content] of Object.entries(files)) {
      writeFileSync(join(target, file), `${content}\n`);
    }
    symlinkSync(join("..", "devices", place, "net", name), join(net, name));
    return target;
  }

  const read = async (root = net) => interfacesOfMachine(await readDevices(root));

  const ether = {
    flags: "0x1003",
    operstate: "up",
    address: "52:54:00:00:50:10",
    mtu: "1500",
    type: "1",
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sysfs-"));
    net = join(folder, "net");
    mkdirSync(net);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("are read with kind, state, MAC and master", async () => {
    mkdirSync(join(device("ens18", { ...ether, speed: "2500", carrier: "1" }, "pci"), "device"));
    device("docker0", { ...ether, uevent: "DEVTYPE=bridge", operstate: "down" });
    const member = device("veth1", { ...ether, flags: "0x1002", ifindex: "7", iflink: "2" });
    device("dummy1", { ...ether, flags: "0x1103", carrier: "0", ifindex: "8", iflink: "8" });
    symlinkSync("../docker0", join(member, "master"));
    device("test-lo", { ...ether, type: "772", operstate: "unknown" });
    mkdirSync(join(device("wlan0", ether, "pci"), "phy80211"));
    device("wg0", { ...ether, type: "65534", uevent: "DEVTYPE=wireguard\nINTERFACE=wg0" });
    writeFileSync(join(net, "bonding_masters"), "\n");
    const plain = { addresses: [], mac: "52:54:00:00:50:10", mtu: 1500 };
    assert.deepEqual(await read(), [
      { name: "docker0", kind: "bridge", up: false, ...plain },
      { name: "dummy1", kind: "other", up: true, ...plain, carrier: false, promiscuous: true },
      { name: "ens18", kind: "ethernet", up: true, ...plain, speed: 2500 },
      { name: "test-lo", kind: "loopback", up: true, addresses: [], mtu: 1500 },
      { name: "veth1", kind: "veth", up: false, ...plain, master: "docker0" },
      { name: "wg0", kind: "tunnel", up: true, addresses: [], mtu: 1500 },
      { name: "wlan0", kind: "wireless", up: true, ...plain },
    ]);
  });

  it("say the parent and id of a VLAN", async () => {
    const vlan = device("trunk9.77", { ...ether, uevent: "DEVTYPE=vlan" });
    symlinkSync("../trunk9", join(vlan, "lower_trunk9"));
    const [found] = (await read()) ?? [];
    assert.deepEqual(found?.vlan, { parent: "trunk9", id: 77 });
  });

  it("say what a macvlan device is on, and how a bond divides its frames", async () => {
    const access = device("access", { ...ether, uevent: "DEVTYPE=macvlan" });
    symlinkSync("../eth9", join(access, "lower_eth9"));
    const bond = device("bond9", { ...ether, uevent: "DEVTYPE=bond" });
    mkdirSync(join(bond, "bonding"));
    writeFileSync(join(bond, "bonding", "mode"), "802.3ad 4\n");
    const found = (await read()) ?? [];
    assert.deepEqual(
      found.map(({ kind, link, mode }) => [kind, link, mode]),
      [
        ["macvlan", "eth9", undefined],
        ["bond", undefined, "802.3ad"],
      ],
    );
  });

  it("are wireless by either mark of the kernel", async () => {
    mkdirSync(join(device("wl1", ether), "wireless"));
    device("en1", ether);
    assert.deepEqual(
      (await read())?.map(({ kind }) => kind),
      ["other", "wireless"],
    );
  });

  it("are unknown without sysfs", async () => {
    assert.equal(await read(join(folder, "none")), undefined);
  });
});
