import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { HostAccess } from "../../../src/hostAccess/access";
import { accessForms, formText } from "../../../src/hostAccess/forms";

const access: HostAccess = {
  network: "lan",
  device: "lan-host",
  parent: "eth0",
  driver: "macvlan",
  mode: "bridge",
  addresses: ["192.168.1.223/32", "fd00::1/128"],
  routes: ["192.168.1.192/27", "fd00::100/120"],
  notes: [],
};
const hostile: HostAccess = {
  ...access,
  network: "x\nreboot\n$(reboot) `reboot` 'END'",
  parent: "-e %n$(reboot)'\"; reboot\\",
  notes: ["a\nreboot"],
};

const form = (id: string, of = access) => accessForms(of).find((one) => one.id === id);

/** What a POSIX shell makes of a script, every program replaced by one that prints its arguments. */
function wordsRun(text: string): string[][] {
  const names = ["ip", "nmcli", "systemctl", "networkctl", "ifup", "ifdown", "rm", "mkdir", "cat"];
  const stubs = names.map((name) => `${name}() { printf '%s\\0' ${name} "$@"; printf '\\n\\0'; }`);
  const result = spawnSync("sh", ["-c", `${stubs.join("\n")}\n${text}`], { encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
  const runs: string[][] = [[]];
  for (const word of result.stdout.split("\0")) {
    if (word === "\n") runs.push([]);
    else if (word !== "") runs.at(-1)?.push(word);
  }
  return runs.filter((words) => words.length > 0);
}

describe("forms of host access", () => {
  it("sets it up in the order that the kernel wants", () => {
    assert.equal(
      form("commands")?.setUp[0]?.text,
      `ip link add lan-host link eth0 type macvlan mode bridge
ip addr add 192.168.1.223/32 dev lan-host
ip -6 addr add fd00::1/128 dev lan-host
ip link set lan-host up
ip route replace 192.168.1.192/27 dev lan-host
ip -6 route replace fd00::100/120 dev lan-host
`,
    );
    assert.equal(form("commands")?.undo, "ip link del lan-host\n");
  });

  it("writes files for systemd-networkd and ties them to the parent", () => {
    const [netdev, network, tie] = form("systemd-networkd")?.setUp ?? [];
    assert.equal(netdev?.path, "/etc/systemd/network/40-lan-host.netdev");
    assert.equal(netdev.text, "[NetDev]\nName=lan-host\nKind=macvlan\n\n[MACVLAN]\nMode=bridge\n");
    assert.match(network?.text ?? "", /^Address=192\.168\.1\.223\/32$/m);
    assert.match(network?.text ?? "", /^\[Route\]\nDestination=192\.168\.1\.192\/27\nScope=link$/m);
    assert.match(tie?.text ?? "", /MACVLAN=%s/);
  });

  it("gives NetworkManager addresses and routes of both families, and no default route", () => {
    const words = wordsRun(form("network-manager")?.setUp[0]?.text ?? "")[0] ?? [];
    const after = (name: string) => words[words.indexOf(name) + 1];
    assert.equal(after("ipv4.addresses"), "192.168.1.223/32");
    assert.equal(after("ipv6.routes"), "fd00::100/120");
    assert.equal(after("ipv4.never-default"), "yes");
    const one = { ...access, addresses: ["192.168.1.223/32"], routes: [] };
    const text = form("network-manager", one)?.setUp[0]?.text ?? "";
    assert.match(text, /ipv6\.method disabled/);
    assert.ok(!text.includes("routes"));
  });

  it("has no NetworkManager form for ipvlan", () => {
    assert.equal(form("network-manager", { ...access, driver: "ipvlan", mode: "l2" }), undefined);
  });

  it("brings the interface up and down with ifupdown", () => {
    const text = form("ifupdown")?.setUp[0]?.text ?? "";
    assert.match(text, /^iface lan-host inet manual$/m);
    assert.match(text, /^ {4}pre-up ip link add lan-host link eth0 /m);
    assert.match(text, /^ {4}post-down ip link del lan-host$/m);
  });

  it("runs once at start as a unit, with what a unit file treats as special escaped", () => {
    const text = form("oneshot", hostile)?.setUp[0]?.text ?? "";
    const line = text.split("\n").find((one) => one.startsWith("ExecStart=ip link add")) ?? "";
    assert.equal(
      line,
      String.raw`ExecStart=ip link add lan-host link "-e %%n$$(reboot)'\"; reboot\\" type macvlan mode bridge`,
    );
  });

  for (const [name, of] of [
    ["usual", access],
    ["hostile", hostile],
  ] as const) {
    it(`passes every word of ${name} names as it is, and runs nothing else`, () => {
      const runs = wordsRun(form("commands", of)?.setUp[0]?.text ?? "");
      assert.deepEqual(runs[0], [
        ...["ip", "link", "add", of.device, "link", of.parent],
        ...["type", "macvlan", "mode", "bridge"],
      ]);
      assert.equal(runs.length, 6);
    });

    it(`gives scripts of ${name} names that shellcheck accepts`, function () {
      this.timeout(30_000);
      if (spawnSync("shellcheck", ["--version"]).error) {
        console.log("        skipped: there is no shellcheck on this machine");
        this.skip();
      }
      for (const one of accessForms(of)) {
        for (const text of [formText(of, one), `#!/bin/sh\n${one.undo}`]) {
          const result = spawnSync("shellcheck", ["--severity=warning", "-"], {
            input: text,
            encoding: "utf8",
          });
          assert.equal(result.stdout, "", `${one.id}:\n${text}`);
        }
      }
    });
  }

  it("keeps names with line breaks inside their comment", () => {
    for (const one of accessForms(hostile)) {
      const lines = formText(hostile, one).split("\n");
      assert.ok(!lines.some((line) => /^\s*reboot/.test(line)), one.id);
    }
  });
});
