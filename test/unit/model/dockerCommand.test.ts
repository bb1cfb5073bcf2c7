import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  containerRunCommand,
  existingContainerCommands,
  existingNetworkCommand,
  networkCreateCommand,
  quoteShell,
  quoteShellLines,
} from "../../../src/model/dockerCommand";

const lan = {
  name: "lan",
  driver: "macvlan",
  parent: "eth0",
  mode: "bridge",
  internal: false,
  enableIpv6: false,
  pools: [
    {
      subnet: "192.168.50.0/24",
      gateway: "192.168.50.1",
      ipRange: "192.168.50.128/25",
      aux: { host: "192.168.50.10" },
    },
  ],
} as const;

/** What a program is given when a POSIX shell reads the text. */
function readByShell(text: string): string[] {
  const script = `set -- ${text}\nfor word; do printf '%s\\0' "$word"; done`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

const hostile = [
  "",
  " ",
  "a b",
  "it's",
  "$(touch canary)",
  "`id`",
  "; rm -rf /",
  "&& true",
  "a\nb",
  "*",
  "~",
  "#x",
  "=ls",
  "!!",
  '"',
  "\\",
  "-oProxyCommand=x",
  "ünïcode",
  "{a,b}",
];

describe("docker command lines", () => {
  it("writes the command of the documentation for a network", () => {
    assert.deepEqual(networkCreateCommand(lan), [
      "docker",
      "network",
      "create",
      "-d",
      "macvlan",
      "--subnet=192.168.50.0/24",
      "--gateway=192.168.50.1",
      "--ip-range=192.168.50.128/25",
      "--aux-address=host=192.168.50.10",
      "-o",
      "parent=eth0",
      "-o",
      "macvlan_mode=bridge",
      "lan",
    ]);
  });

  it("writes internal, IPv6, both families and the option of ipvlan", () => {
    const argv = networkCreateCommand({
      name: "v6",
      driver: "ipvlan",
      mode: "l3",
      internal: true,
      enableIpv6: true,
      pools: [{ subnet: "10.1.0.0/24" }, { subnet: "fd00:1::/64", gateway: "fd00:1::1" }],
    });
    assert.equal(
      argv.slice(3).join(" "),
      "-d ipvlan --subnet=10.1.0.0/24 --subnet=fd00:1::/64 --gateway=fd00:1::1 --ipv6 --internal -o ipvlan_mode=l3 v6",
    );
  });

  it("repeats a network of the engine", () => {
    const { pools, ...rest } = lan;
    assert.deepEqual(
      existingNetworkCommand({ ...rest, id: "1", ipam: pools }),
      networkCreateCommand(lan),
    );
  });

  it("writes docker run as the tutorial does", () => {
    const argv = containerRunCommand({
      image: "alpine:latest",
      network: "lan",
      name: "web",
      ipv4: "192.168.50.20",
      remove: true,
      interactive: true,
      command: ["ash"],
    });
    assert.equal(
      quoteShell(argv),
      "docker run --rm -dit --network=lan --name=web --ip=192.168.50.20 alpine:latest ash",
    );
  });

  it("repeats a container with the addresses that were asked for, one command per further network", () => {
    const commands = existingContainerCommands({
      id: "1",
      name: "web",
      running: true,
      image: "nginx",
      attachments: [
        { network: "lan", ipv4: "192.168.50.20", static: true },
        { network: "back", ipv4: "172.18.0.2" },
        { network: "iot", ipv4: "10.0.0.9", ipv6: "fd00::9", static: true },
      ],
    });
    assert.deepEqual(commands.map(quoteShell), [
      "docker run -dit --network=lan --name=web --ip=192.168.50.20 nginx",
      "docker network connect back web",
      "docker network connect --ip=10.0.0.9 --ip6=fd00::9 iot web",
    ]);
  });

  it("keeps a name that looks like an option an operand", () => {
    const argv = networkCreateCommand({ ...lan, name: "--help" });
    assert.deepEqual(argv.slice(-2), ["--", "--help"]);
  });

  for (const text of hostile) {
    it(`survives a shell: ${JSON.stringify(text)}`, () => {
      const argv = networkCreateCommand({ ...lan, name: text, parent: text });
      assert.deepEqual(readByShell(quoteShell(argv)), argv);
      assert.deepEqual(readByShell(quoteShellLines(argv)), argv);
    });
  }

  it("breaks lines before options and operands, not inside them", () => {
    assert.equal(
      quoteShellLines(networkCreateCommand(lan)),
      [
        "docker network create -d macvlan",
        "--subnet=192.168.50.0/24",
        "--gateway=192.168.50.1",
        "--ip-range=192.168.50.128/25",
        "--aux-address=host=192.168.50.10",
        "-o parent=eth0",
        "-o macvlan_mode=bridge",
        "lan",
      ].join(" \\\n  "),
    );
  });
});
