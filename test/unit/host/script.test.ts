import assert from "node:assert/strict";
import { hostname, networkInterfaces } from "node:os";
import { run } from "../../../src/host/run";
import { hostFromScript, hostScript } from "../../../src/host/script";

const output = `Welcome to this machine
@macvlan@ name
nas
@macvlan@ addr
[{"ifname":"eth0","flags":["UP","LOWER_UP"],"operstate":"UP","link_type":"ether","address":"52:54:00:00:50:10","mtu":1500,"addr_info":[{"local":"192.168.50.10","prefixlen":24}]},{"ifname":"wlan0","flags":[],"link_type":"ether","addr_info":[]}]

@macvlan@ route
[{"dst":"default","gateway":"192.168.50.1","dev":"eth0"},{"dst":"192.168.50.0/24","dev":"eth0"}]

@macvlan@ route6

@macvlan@ neigh
[{"dst":"192.168.50.7","dev":"eth0","lladdr":"00:11:32:aa:bb:cc","confirmed":4000,"state":["STALE"]}]

@macvlan@ speed eth0
1000

@macvlan@ wireless wlan0

@macvlan@ speed wlan0

@macvlan@ dmi sys_vendor
VMware, Inc.
@macvlan@ dmi product_name
VMware Virtual Platform`;

describe("a host that tells of itself through a script", () => {
  it("is read like this machine", () => {
    assert.deepEqual(hostFromScript(output, "nas"), {
      interfaces: [
        {
          name: "eth0",
          kind: "ethernet",
          up: true,
          mac: "52:54:00:00:50:10",
          addresses: ["192.168.50.10/24"],
          gateway: "192.168.50.1",
          mtu: 1500,
          speed: 1000,
          routes: ["192.168.50.0/24"],
        },
        { name: "wlan0", kind: "wireless", up: false, addresses: [] },
      ],
      neighbours: [
        { address: "192.168.50.7", mac: "00:11:32:aa:bb:cc", interface: "eth0", old: true },
      ],
      machine: { kind: "vmware", name: "VMware, Inc. VMware Virtual Platform" },
    });
  });

  it("is unknown when the engine names another, or it has no ip with JSON", () => {
    assert.equal(hostFromScript(output, "other"), undefined);
    assert.equal(hostFromScript(output.replace("[{", "Usage: ip [{"), "nas"), undefined);
    assert.equal(hostFromScript("bash: sh: not found", "nas"), undefined);
  });

  it("answers the real script, in a plain sh", async function () {
    if (process.platform !== "linux") {
      this.test!.title += ` (skipped: ${process.platform} has no ip)`;
      this.skip();
    }
    const text = await run("sh", ["-s"], undefined, hostScript);
    const names = hostFromScript(text, hostname())?.interfaces.map(({ name }) => name);
    for (const name of Object.keys(networkInterfaces())) assert.ok(names?.includes(name), name);
  });
});
