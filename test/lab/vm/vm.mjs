// @ts-check
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { atExit } from "../cleanup.mjs";
import { clearEngine } from "../clearEngine.mjs";
import { outputOf, runClient, runCompose } from "../client.mjs";
import { engineRequest } from "../engineProcess.mjs";
import { endProcess, isAlive, waitFor } from "../process.mjs";
import { duration, progress } from "../progress.mjs";
import { engineRootfs } from "../rootfs.mjs";
import { runInMachine } from "./control.mjs";
import { NoMachineError } from "./disk.mjs";
import { vmImage, waitForEngine } from "./image.mjs";
import { outputOfMachine, startMachine } from "./machine.mjs";
import { whyNoVm } from "./requirements.mjs";
import { isVmRunning, readVmState, removeVm, vmFolderOf, writeVmState } from "./state.mjs";

/** @typedef {import("./state.mjs").VmState} VmState */
/** @typedef {import("../process.mjs").CommandOptions} CommandOptions */

/**
 * Machines of the LAN: the router of lan0 and lan1, and those behind the trunk eth0, one a VLAN.
 * @typedef {"router" | "vlan10" | "vlan20"} VmPeer
 */

/** A Docker Engine in a virtual machine: a remote one, with a kernel that has every kind of network. @typedef {ReturnType<typeof makeVm>} Vm */

/**
 * Starts a virtual machine with an engine; machines of different names run side by side. Its ports are those of
 * 127.0.0.1. The processor is emulated, so it runs anywhere, and everything in it takes some ten times longer; that is
 * why it is resumed from a saved state rather than booted.
 * @param {{ name?: string, keep?: boolean }} [options] `keep`: let it outlive this process
 * @throws NoMachineError where none can be made
 */
export async function startVm({ name = `vm-${process.pid}`, keep = false } = {}) {
  const reason = await whyNoVm();
  if (reason) throw new NoMachineError(reason);
  if (isVmRunning(name)) throw new Error(`a virtual machine named ${name} is running already`);
  removeVm(name);
  const image = await vmImage();
  const start = Date.now();
  const folder = vmFolderOf(name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const forget = atExit(() => removeVm(name));
  try {
    const { pid, ports } = await startMachine(folder, image, "resume", keep);
    writeVmState({ name, pid, image, ...ports });
    await waitForEngine(pid, ports.tcp);
    const vm = attachVm(name);
    // The machine's clock stands where its state was saved, and certificates have a first day.
    await vm.inLab(["date", "-s", `@${Math.floor(Date.now() / 1000)}`]);
    progress(
      `virtual machine ${name}: Docker Engine ${await vm.version()} in ${duration(Date.now() - start)}`,
    );
    if (keep) forget();
    return vm;
  } catch (error) {
    const words = outputOfMachine(folder);
    removeVm(name);
    forget();
    throw new Error(`${String(error)}\n${words}`, { cause: error });
  }
}

/**
 * A machine that another process started, such as `cli.mjs up`.
 * @param {string} name
 * @returns {Vm}
 */
export function attachVm(name) {
  return makeVm(readVmState(name));
}

/** @param {VmState} state */
function makeVm(state) {
  const { name, pid, image, tcp, tls, ssh, control } = state;
  const folder = vmFolderOf(name);
  const keys = join(image, "keys");
  const dockerHost = `tcp://127.0.0.1:${tcp}`;
  const forClient = (/** @type {CommandOptions} */ options = {}) => ({
    ...options,
    env: { DOCKER_HOST: dockerHost, ...options.env },
  });

  /** Words before a command that run it on the network of a container; `docker exec` takes seconds there. */
  const inContainer = async (/** @type {string} */ container) => {
    const { body } = await vm.api("GET", `/containers/${container}/json`);
    return ["nsenter", `--net=/proc/${body.State.Pid}/ns/net`];
  };

  const vm = {
    name,
    folder,
    pid,
    /** DOCKER_HOST of the engine without protection. */
    dockerHost,
    /** DOCKER_HOST of the engine with TLS in both directions: it wants the certificate that is in `keys`. */
    tlsHost: `tcp://127.0.0.1:${tls}`,
    /**
     * DOCKER_HOST of the engine over ssh. The server takes `id_ed25519` of `keys`; `sshProgram(vm)` of ssh.mjs gives an
     * ssh that has it and knows the server.
     */
    sshHost: `ssh://root@127.0.0.1:${ssh}`,
    /** A line for known_hosts: the server's key. */
    knownHost: `[127.0.0.1]:${ssh} ${publicKey(join(image, "ssh_host_key.pub"))}`,
    /**
     * Folder with `ca.pem`, `cert.pem` and `key.pem`, named as DOCKER_CERT_PATH wants them, `other-ca.pem` that did not sign
     * the engine's certificate, and the ssh keys `id_ed25519` and `other_ed25519`; the second is let in nowhere.
     */
    keys,

    /** Such as "26.1.5". */
    version: async () =>
      /** @type {string} */ ((await vm.api("GET", "/version")).body.Version.split("+")[0]),

    /**
     * Runs a command on the Docker host; throws unless it ends with 0.
     * @param {readonly string[]} argv
     */
    inLab: async (argv) => outputOf(argv, await vm.tryInLab(argv)),

    /**
     * The same, but gives the exit code and the output whatever they are.
     * @param {readonly string[]} argv
     */
    tryInLab: (argv) => runInMachine(control, argv),

    /**
     * Runs a command on another machine of the LAN; throws unless it ends with 0.
     * @param {VmPeer} peer
     * @param {readonly string[]} argv
     */
    inPeer: (peer, argv) => vm.inLab([...onPeer(peer), ...argv]),

    /**
     * Whether an address answers, asked from the Docker host, another machine of the LAN, or a container.
     * @param {string} address
     * @param {"host" | VmPeer | { container: string }} from
     */
    async ping(address, from) {
      const words = ["busybox", "ping", "-c", "1", "-W", "2", address];
      const where =
        typeof from === "object"
          ? await inContainer(from.container)
          : from === "host"
            ? []
            : onPeer(from);
      return (await vm.tryInLab([...where, ...words])).code === 0;
    },

    /**
     * One call of the engine's HTTP interface.
     * @param {string} method
     * @param {string} path such as `/networks`
     * @param {unknown} [body]
     */
    api: (method, path, body) =>
      engineRequest({ host: "127.0.0.1", port: tcp }, method, path, body),

    /**
     * The docker command that belongs to this engine; throws unless it ends with 0.
     * @param {readonly string[]} argv without the word docker
     * @param {CommandOptions} [options]
     */
    docker: async (argv, options) =>
      outputOf(["docker", ...argv], await vm.tryDocker(argv, options)),

    /**
     * The same, but gives the exit code and both outputs whatever they are.
     * @param {readonly string[]} argv
     * @param {CommandOptions} [options]
     */
    tryDocker: async (argv, options) =>
      runClient(await engineRootfs("trixie"), folder, ["docker", ...argv], forClient(options)),

    /**
     * The real `docker compose`, of the newest engine's root folder; gives the exit code and both outputs.
     * @param {readonly string[]} argv without the words docker compose
     * @param {string} cwd the folder of the project
     * @param {CommandOptions} [options]
     */
    tryCompose: (argv, cwd, options) => runCompose(folder, argv, cwd, forClient(options)),

    /** Removes every container and every network a test made, so that one machine serves a whole suite. */
    clear: () => clearEngine(vm.api),

    /** Ends the machine and removes all that it left. */
    async stop() {
      removeVm(name);
      await endProcess(pid, 0);
      await waitFor("the virtual machine ends", () => !isAlive(pid) || undefined);
    },
  };
  return vm;
}

/** @param {VmPeer} peer */
function onPeer(peer) {
  return ["ip", "netns", "exec", peer];
}

/** Kind and key of a public key, without its comment. @param {string} path */
function publicKey(path) {
  return readFileSync(path, "utf8").split(" ").slice(0, 2).join(" ").trim();
}
