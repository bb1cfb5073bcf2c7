// @ts-check
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { atExit } from "./cleanup.mjs";
import { clearEngine } from "./clearEngine.mjs";
import { installDockerCommand, outputOf, runClient, runCompose } from "./client.mjs";
import { engineRequest, startEngineProcess, stopEngineProcess } from "./engineProcess.mjs";
import { imagesFile } from "./image.mjs";
import { enterNamespace, makeLans } from "./lan.mjs";
import {
  folderOf,
  isRunning,
  namespaceOf,
  readState,
  removeLab,
  routerNamespaceOf,
  writeState,
} from "./labState.mjs";
import { addCrun, leanOptions } from "./leanEngine.mjs";
import { attempt, isAlive, run, waitFor } from "./process.mjs";
import { duration, progress } from "./progress.mjs";
import { whyNoLab } from "./requirements.mjs";
import { engineRootfs } from "./rootfs.mjs";

/** @typedef {import("./rootfs.mjs").EngineName} EngineName */
/** @typedef {import("./process.mjs").CommandOptions} CommandOptions */
/** @typedef {import("./process.mjs").CommandResult} CommandResult */

/** @typedef {import("./labState.mjs").LabState} LabState */

/** A Docker Engine with a LAN of its own. @typedef {ReturnType<typeof makeLab>} Lab */

/**
 * Starts an engine and its LAN. Labs of different names run side by side.
 * @param {{ engine?: EngineName, name?: string, keep?: boolean, lean?: boolean }} [options]
 *   `keep`: let it outlive this process; `lean`: as `leanEngine.mjs` says
 */
export async function startLab({
  engine = "sid",
  name = `${engine}-${process.pid}`,
  keep = false,
  lean = false,
} = {}) {
  const reason = await whyNoLab();
  if (reason) throw new Error(reason);
  if (isRunning(name)) throw new Error(`a lab named ${name} is running already`);
  removeLab(name);
  const rootfs = await engineRootfs(engine);
  if (lean) await addCrun(rootfs);
  const start = Date.now();
  mkdirSync(folderOf(name), { recursive: true });
  /** @type {LabState} */
  const state = { name, engine, rootfs, lean, pid: undefined };
  const forget = atExit(() => removeLab(name));
  try {
    await makeLans(namespaceOf(name), routerNamespaceOf(name));
    installDockerCommand(rootfs, folderOf(name));
    const lab = makeLab(state);
    await lab.startEngine();
    await lab.docker(["load", "--quiet", "--input", `/host${await imagesFile(rootfs)}`]);
    progress(
      `lab ${name}: Docker Engine ${await lab.version()} in ${duration(Date.now() - start)}`,
    );
    if (keep) forget();
    return lab;
  } catch (error) {
    removeLab(name);
    forget();
    throw error;
  }
}

/**
 * A lab that another process started, such as `cli.mjs up`.
 * @param {string} name
 * @returns {Lab}
 */
export function attachLab(name) {
  return makeLab(readState(name));
}

/** @param {LabState} state */
function makeLab(state) {
  const { name, rootfs } = state;
  const folder = folderOf(name);
  const socketPath = join(folder, "docker.sock");
  const netns = namespaceOf(name);
  const routerNetns = routerNamespaceOf(name);
  const inNamespace =
    (/** @type {string} */ namespace) =>
    /**
     * @param {readonly string[]} argv
     * @param {CommandOptions} [options]
     */
    (argv, options) =>
      run([...enterNamespace(namespace), ...argv], options);

  const lab = {
    name,
    engine: state.engine,
    folder,
    socketPath,
    dockerHost: `unix://${socketPath}`,
    /** Name of the network namespace of the Docker host; what lists its interfaces must run in it. */
    netns,
    routerNetns,
    /** Has a `docker` that talks to this engine; goes first on the PATH of a VS Code server or terminal. */
    binFolder: join(folder, "bin"),
    /** Words before a command that put it beside the engine: `spawn(...[...enter, "node", "server.js"])`. */
    enter: enterNamespace(netns),

    /** Such as "28.5.2". */
    version: async () =>
      /** @type {string} */ ((await lab.api("GET", "/version")).body.Version.split("+")[0]),

    /** Runs a command on the Docker host; throws unless it ends with 0. */
    inLab: inNamespace(netns),
    /** Runs a command on the router, that is: on another machine of the LAN. */
    inRouter: inNamespace(routerNetns),

    /**
     * Whether an address answers, asked from the Docker host, the router, or a container.
     * @param {string} address
     * @param {"host" | "router" | { container: string }} from
     */
    async ping(address, from) {
      const words = ["ping", "-c", "1", "-W", "1", address];
      if (typeof from === "object") {
        return (await lab.tryDocker(["exec", from.container, ...words])).code === 0;
      }
      const namespace = from === "host" ? netns : routerNetns;
      const busybox = join(rootfs, "bin/busybox");
      return (await attempt([...enterNamespace(namespace), busybox, ...words])).code === 0;
    },

    /**
     * One call of the engine's HTTP interface.
     * @param {string} method
     * @param {string} path such as `/networks`
     * @param {unknown} [body]
     */
    api: (method, path, body) => engineRequest({ socketPath }, method, path, body),

    /**
     * The docker command that belongs to this engine; throws unless it ends with 0.
     * @param {readonly string[]} argv without the word docker
     * @param {CommandOptions} [options]
     */
    docker: async (argv, options) =>
      outputOf(["docker", ...argv], await lab.tryDocker(argv, options)),

    /**
     * The same, but gives the exit code and both outputs whatever they are.
     * @param {readonly string[]} argv
     * @param {CommandOptions} [options]
     */
    tryDocker: (argv, options) => runClient(rootfs, folder, ["docker", ...argv], options),

    /**
     * The real `docker compose`; throws unless it ends with 0.
     * @param {readonly string[]} argv without the words docker compose
     * @param {string} cwd the folder of the project
     * @param {CommandOptions} [options]
     */
    compose: async (argv, cwd, options) =>
      outputOf(["docker", "compose", ...argv], await lab.tryCompose(argv, cwd, options)),

    /**
     * The same, but gives the exit code and both outputs whatever they are.
     * @param {readonly string[]} argv
     * @param {string} cwd
     * @param {CommandOptions} [options]
     */
    tryCompose: (argv, cwd, options) => runCompose(folder, argv, cwd, options),

    /** Removes every container and every network a test made, so that one lab serves a whole suite. */
    clear: () => clearEngine(lab.api),

    /** Starts dockerd; it finds its networks and containers again. */
    async startEngine() {
      const options = state.lean ? leanOptions : [];
      state.pid = await startEngineProcess({ folder, rootfs, netns, options });
      writeState(state);
    },

    /** Stops dockerd and with it the containers; network namespaces and data stay. */
    async stopEngine() {
      // Another process may have restarted it meanwhile.
      const { pid } = readState(name);
      if (pid !== undefined) await stopEngineProcess(pid);
      state.pid = undefined;
      writeState(state);
    },

    /** Ends the lab and removes all that it made. */
    async stop() {
      const { pid } = readState(name);
      removeLab(name);
      if (pid !== undefined) await waitFor("the engine ends", () => !isAlive(pid) || undefined);
    },
  };
  return lab;
}
