// @ts-check
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { atExit } from "./cleanup.mjs";
import { enterNamespace } from "./lan.mjs";
import { readState } from "./labState.mjs";
import { attempt, run } from "./process.mjs";

/** A machine on lan0 that Docker knows nothing of. @typedef {Awaited<ReturnType<typeof addLanDevice>>} LanDevice */

/**
 * Puts a machine with a MAC of a maker (Synology) on lan0: a network namespace behind a switch, which the router's end
 * of the cable becomes a port of. Nothing but the router's own traffic changes while it is there.
 * @param {import("./lab.mjs").Lab} lab
 */
export async function addLanDevice(lab) {
  const mac = "00:11:32:aa:bb:cc";
  const netns = `${lab.netns}-device`;
  const busybox = join(readState(lab.name).rootfs, "bin/busybox");
  const folder = join(lab.folder, "device");
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let server;
  const onRouter = /** @param {string} words */ (words) =>
    run(["ip", "-n", lab.routerNetns, ...words.split(" ")]);
  const onDevice = /** @param {string} words */ (words) =>
    run(["ip", "-n", netns, ...words.split(" ")]);

  const removeAll = () => {
    server?.kill("SIGKILL");
    spawnSync("ip", ["-n", lab.routerNetns, "link", "delete", "switch0"]);
    spawnSync("ip", ["netns", "delete", netns]);
    rmSync(folder, { recursive: true, force: true });
  };
  removeAll();
  mkdirSync(folder, { recursive: true });
  const forget = atExit(removeAll);
  await run(["ip", "netns", "add", netns]);
  await onRouter("link add switch0 type bridge");
  await onRouter(`link add port0 type veth peer name eth0 address ${mac} netns ${netns}`);
  for (const port of ["lan0", "port0"]) await onRouter(`link set ${port} master switch0 up`);
  await onRouter("address add 192.168.50.2/24 dev switch0");
  await onRouter("link set switch0 up");
  await onDevice("link set eth0 up");

  return {
    mac,

    /**
     * From now on the router hands out these addresses by DHCP (busybox udhcpd).
     * @param {string} first
     * @param {string} last
     */
    serveDhcp(first, last) {
      const settings = join(folder, "udhcpd.conf");
      const lines = [
        `start ${first}`,
        `end ${last}`,
        "interface switch0",
        `lease_file ${join(folder, "leases")}`,
        `pidfile ${join(folder, "udhcpd.pid")}`,
        "option subnet 255.255.255.0",
        "option router 192.168.50.1",
      ];
      writeFileSync(settings, `${lines.join("\n")}\n`);
      writeFileSync(join(folder, "leases"), "");
      const [command = "", ...rest] = enterNamespace(lab.routerNetns);
      server = spawn(command, [...rest, busybox, "udhcpd", "-f", settings], { stdio: "ignore" });
    },

    /** The address that the device got by DHCP, and answers for from now on. */
    async askForLease() {
      const script = join(folder, "bound.sh");
      writeFileSync(
        script,
        `#!/bin/sh\n[ "$1" = bound ] && ip address add "$ip/24" dev eth0 && echo "lease $ip"\nexit 0\n`,
      );
      chmodSync(script, 0o755);
      const words = `udhcpc -i eth0 -f -n -q -t 5 -T 1 -s ${script}`.split(" ");
      const { stdout, stderr } = await attempt([...enterNamespace(netns), busybox, ...words]);
      const address = /^lease (\S+)$/m.exec(stdout)?.[1];
      if (address === undefined) throw new Error(`no lease: ${stdout}${stderr}`);
      return address;
    },

    /**
     * It answers for the address from now on.
     * @param {string} address
     */
    take: (address) => onDevice(`address add ${address}/24 dev eth0`),

    /** It answers no more. */
    unplug: () => onDevice("link set eth0 down"),

    remove() {
      removeAll();
      forget();
    },
  };
}
