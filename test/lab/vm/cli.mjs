#!/usr/bin/env node
// @ts-check
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { sshProgram } from "./ssh.mjs";
import { attachVm, startVm } from "./vm.mjs";
import { isVmRunning, removeVm, runningVms } from "./state.mjs";

/** @typedef {import("./vm.mjs").VmPeer} VmPeer */

const help = `A Docker Engine 26.1 in a virtual machine of its own, with every kind of network (Linux on x64, root).

  node test/lab/vm/cli.mjs up      [--name NAME]                   start it; the last line is its DOCKER_HOST
  node test/lab/vm/cli.mjs down    [--name NAME]                   end it and remove what it made
  node test/lab/vm/cli.mjs status                                  the machines that run
  node test/lab/vm/cli.mjs docker  [--name NAME] -- ARGUMENTS      docker, or docker compose, on that engine
  node test/lab/vm/cli.mjs host    [--name NAME] -- COMMAND        a command in the machine
  node test/lab/vm/cli.mjs router  [--name NAME] -- COMMAND        a command on the router of its LAN

NAME: vm unless told. The machine has lan0 (192.168.50.10/24) and lan1 (192.168.60.10/24), the router is .1 on both. lan0
is a trunk with the VLANs 10 (192.168.10.0/24) and 20 (192.168.20.0/24), the router is .1 there too.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: "string", default: "vm" },
    help: { type: "boolean", short: "h" },
  },
});
const [action, ...rest] = positionals;
const { name } = values;

switch (values.help ? "help" : action) {
  case "up": {
    const vm = isVmRunning(name) ? attachVm(name) : await startVm({ name, keep: true });
    console.log(vm.dockerHost);
    break;
  }
  case "down":
    if (isVmRunning(name)) await attachVm(name).stop();
    else removeVm(name);
    break;
  case "status":
    for (const running of runningVms()) {
      const vm = attachVm(running);
      console.log(`${running}\t${await vm.version()}\t${vm.dockerHost}`);
    }
    break;
  case "docker": {
    const vm = attachVm(name);
    const result =
      rest[0] === "compose"
        ? await vm.tryCompose(rest.slice(1), process.cwd())
        : await vm.tryDocker(rest);
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
    process.exitCode = result.code;
    break;
  }
  case "host":
    process.stdout.write(await attachVm(name).inLab(rest));
    break;
  case "router":
  case "vlan10":
  case "vlan20":
    process.stdout.write(await attachVm(name).inPeer(/** @type {VmPeer} */ (action), rest));
    break;
  case "remote": {
    const vm = attachVm(name);
    console.log(`DOCKER_HOST=${vm.dockerHost}
DOCKER_HOST=${vm.tlsHost} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${vm.keys}
DOCKER_HOST=${vm.sshHost} PATH=${dirname(sshProgram(vm))}:$PATH`);
    break;
  }
  default:
    console.log(help);
    process.exitCode = values.help ? 0 : 2;
}
