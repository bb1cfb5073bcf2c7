import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
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

@macvlan@ device eth0
speed=1000

@macvlan@ device wlan0
wireless=yes

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

  it("is unknown when the engine names another, or it tells of no interface", () => {
    assert.equal(hostFromScript(output, "other"), undefined);
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

  it("tells the same without an ip that speaks JSON, and without any", async function () {
    if (process.platform !== "linux") {
      this.test!.title += ` (skipped: ${process.platform} has no sysfs)`;
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), "no-json-"));
    try {
      const read = async (ip: string) => {
        writeFileSync(join(folder, "ip"), `#!/bin/sh\n${ip}\n`);
        chmodSync(join(folder, "ip"), 0o755);
        const text = await run("sh", ["-s"], undefined, `PATH=${folder}:$PATH\n${hostScript}`);
        const { interfaces = [] } = hostFromScript(text, hostname()) ?? {};
        return interfaces
          .map(
            ({ name, up, mac, mtu, addresses, gateway, vlan, carrier, master, routes = [] }) => ({
              ...{ name, up, mac, mtu, gateway, vlan, carrier, master },
              addresses: [...addresses].sort(),
              routes: [...routes].sort(),
            }),
          )
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      };
      const real = (await run("sh", ["-c", "command -v ip || true"])).trim();
      if (real === "") this.skip();
      const whole = await read(`exec ${real} "$@"`);
      assert.ok(whole.length > 0);
      assert.deepEqual(await read(`[ "$1" = -o ] && exec ${real} "$@"; exit 1`), whole);
      assert.deepEqual(await read("exit 1"), whole);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
