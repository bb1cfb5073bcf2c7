#!/usr/bin/env node
// @ts-check
import { parseArgs } from "node:util";
import { attachLab, startLab } from "./lab.mjs";
import { isRunning, removeLab, runningLabs } from "./labState.mjs";
import { engines } from "./rootfs.mjs";

/** @typedef {import("./rootfs.mjs").EngineName} EngineName */

const help = `A Docker Engine with a LAN of its own, in network namespaces of this machine (Linux, root).

  node test/lab/cli.mjs up      [--engine ENGINE] [--name NAME]   start it; the last line is its socket
  node test/lab/cli.mjs down    [--name NAME]                     end it and remove what it made
  node test/lab/cli.mjs status                                    the labs that run
  node test/lab/cli.mjs docker  [--name NAME] -- ARGUMENTS        docker, or docker compose, on that engine
  node test/lab/cli.mjs host    [--name NAME] -- COMMAND          a command on the Docker host
  node test/lab/cli.mjs router  [--name NAME] -- COMMAND          a command on the router of the LAN

ENGINE: ${Object.entries(engines)
  .map(([name, { about }]) => `${name} (${about})`)
  .join(", ")}; sid unless told.
NAME: the engine's unless told. Labs of different names run side by side.

The Docker host has lan0 (192.168.50.10/24) and lan1 (192.168.60.10/24); the router is .1 on both.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: "string", default: "sid" },
    name: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});
const [action, ...rest] = positionals;
const name = values.name ?? values.engine;

switch (values.help ? "help" : action) {
  case "up": {
    if (!Object.hasOwn(engines, values.engine)) throw new Error(`no engine ${values.engine}`);
    const engine = /** @type {EngineName} */ (values.engine);
    const lab = isRunning(name) ? attachLab(name) : await startLab({ engine, name, keep: true });
    console.log(lab.socketPath);
    break;
  }
  case "down":
    if (isRunning(name)) await attachLab(name).stop();
    else removeLab(name);
    break;
  case "status":
    for (const running of runningLabs()) {
      const lab = attachLab(running);
      console.log(`${running}\t${lab.engine} ${await lab.version()}\t${lab.socketPath}`);
    }
    break;
  case "docker": {
    const compose = rest[0] === "compose";
    const lab = attachLab(name);
    const result = compose
      ? await lab.tryCompose(rest.slice(1), process.cwd())
      : await lab.tryDocker(rest);
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
    process.exitCode = result.code;
    break;
  }
  case "host":
    process.stdout.write(await attachLab(name).inLab(rest));
    break;
  case "router":
    process.stdout.write(await attachLab(name).inRouter(rest));
    break;
  default:
    console.log(help);
    process.exitCode = values.help ? 0 : 2;
}
