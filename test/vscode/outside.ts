import { execFile } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a program where the extension host runs: with a lab, that is the Docker host. Throws unless it ends with 0. */
export async function onThisHost(...argv: readonly string[]): Promise<string> {
  const [program = "", ...rest] = argv;
  return (await execute(program, rest)).stdout;
}

/** What comes back, within a second, when this host knocks at a closed port of the address. */
export function answerOf(address: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 9, timeout: 1000 });
    const finish = (answer: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => {
      finish("connected");
    });
    socket.on("timeout", () => {
      finish("nothing");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      finish(error.code ?? error.message);
    });
  });
}

/**
 * Stops or starts the engine of a lab. Inside the lab's namespace /sys has no control groups, which dockerd needs: so
 * this is done with the mounts and the network of the test run, which is a parent of this process.
 */
export async function switchEngine(
  lab: string,
  action: "stopEngine" | "startEngine",
): Promise<void> {
  const script = `import { attachLab } from "./test/lab/lab.mjs"; await attachLab("${lab}").${action}();`;
  // The project: this file is bundled into out/vscode.
  const project = join(__dirname, "../..");
  const words = ["node", "--input-type=module", "-e", script];
  const run = testRun();
  const enter =
    run === undefined
      ? []
      : ["nsenter", `--mount=/proc/${run}/ns/mnt`, `--net=/proc/${run}/ns/net`, `--wd=${project}`];
  const [program = "", ...rest] = [...enter, ...words];
  await execute(program, rest, { cwd: project });
}

/** The nearest parent process with other mounts than ours; undefined when we are not in a namespace. */
function testRun(): number | undefined {
  const own = readlinkSync("/proc/self/ns/mnt");
  for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) {
    if (readlinkSync(`/proc/${pid}/ns/mnt`) !== own) return pid;
  }
  return undefined;
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
}
