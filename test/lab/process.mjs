// @ts-check
import { spawn, spawnSync } from "node:child_process";

/** A command that ended with another code than 0. The message is what a reader of a test log needs. */
export class CommandError extends Error {
  /**
   * @param {readonly string[]} argv
   * @param {CommandResult} result
   */
  constructor(argv, result) {
    const words = (result.stderr || result.stdout).trim();
    super(`${argv.join(" ")} ended with ${result.code}${words ? `: ${words}` : ""}`);
    this.name = "CommandError";
    this.result = result;
  }
}

/**
 * @typedef {{ code: number, stdout: string, stderr: string }} CommandResult
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to the environment of this process
 * @property {string | Uint8Array} [input] given on standard input, which is otherwise closed
 * @property {number} [timeout] milliseconds, 60,000 unless told
 * @property {(text: string) => void} [onOutput] sees both streams as they come, for long commands
 */

/**
 * Runs a command and gives its result whatever its exit code is.
 * @param {readonly string[]} argv
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandResult>}
 */
export function attempt(argv, options = {}) {
  const [command = "", ...rest] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      timeout: options.timeout ?? 60_000,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      options.onOutput?.(text);
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      stderr += text;
      options.onOutput?.(text);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === null) stderr += `\nkilled by ${signal}`;
      resolve({ code: code ?? 1, stdout, stderr });
    });
    if (options.input !== undefined) {
      // A command may refuse its arguments before it reads: that shows in its exit code, not as EPIPE here.
      child.stdin?.on("error", () => {});
      child.stdin?.end(options.input);
    }
  });
}

/**
 * Runs a command, gives its standard output, throws `CommandError` unless it ends with 0.
 * @param {readonly string[]} argv
 * @param {CommandOptions} [options]
 * @returns {Promise<string>}
 */
export async function run(argv, options = {}) {
  const result = await attempt(argv, options);
  if (result.code !== 0) throw new CommandError(argv, result);
  return result.stdout;
}

/**
 * Whether a program of this name is on the PATH (the sbin folders included, where Debian keeps most of the lab's tools).
 * @param {string} name
 */
export function hasProgram(name) {
  return spawnSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" }).status === 0;
}

/** @param {number} milliseconds */
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Asks again and again until the answer is not undefined.
 * @template T
 * @param {string} what names what is waited for, in the error
 * @param {() => Promise<T | undefined> | T | undefined} ask
 * @param {{ timeout?: number, interval?: number }} [options] milliseconds
 * @returns {Promise<T>}
 */
export async function waitFor(what, ask, { timeout = 20_000, interval = 50 } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeout / 1000} s`);
    await sleep(interval);
  }
}

/**
 * Whether a process is there and not a zombie.
 * @param {number} pid
 */
export function isAlive(pid) {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], {
    encoding: "utf8",
  }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

/**
 * Ends a process that this harness started: asks first, kills after `patience` milliseconds.
 * @param {number} pid
 * @param {number} [patience]
 */
export async function endProcess(pid, patience = 3000) {
  signal(pid, "SIGTERM");
  const end = Date.now() + patience;
  while (isAlive(pid)) {
    if (Date.now() > end) {
      signal(pid, "SIGKILL");
      return;
    }
    await sleep(50);
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}
