// @ts-check
import { spawn } from "node:child_process";
import { atExit } from "./cleanup.mjs";
import { signal } from "./process.mjs";
import { project } from "./project.mjs";

/**
 * Runs one of the project's own tools with its output on ours. It ends when we do.
 * @param {readonly string[]} argv words after `node`
 * @param {{ env?: NodeJS.ProcessEnv, timeout?: number }} [options] milliseconds, 20 minutes unless told
 * @returns {Promise<number>} its exit code
 */
export function runNode(argv, { env = {}, timeout = 1_200_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, {
      cwd: project,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      timeout,
      killSignal: "SIGTERM",
    });
    const forget = atExit(() => child.pid && signal(child.pid, "SIGTERM"));
    child.on("error", reject);
    child.on("close", (code, name) => {
      forget();
      if (name) process.stdout.write(`ended by ${name}\n`);
      resolve(code ?? 1);
    });
  });
}
