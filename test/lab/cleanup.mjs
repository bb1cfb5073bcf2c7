// @ts-check
import { constants } from "node:os";

/**
 * What must not outlive this process. The jobs are synchronous, since `exit` handlers cannot wait,
 * and safe to run when the thing is already gone.
 * @type {Set<() => void>}
 */
const jobs = new Set();
let installed = false;

/**
 * Has `job` run when this process ends, by itself or by a signal. Call the result when the thing was ended properly.
 * @param {() => void} job
 * @returns {() => void}
 */
export function atExit(job) {
  install();
  jobs.add(job);
  return () => {
    jobs.delete(job);
  };
}

function install() {
  if (installed) return;
  installed = true;
  process.on("exit", runJobs);
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(name, () => process.exit(128 + constants.signals[name]));
  }
}

function runJobs() {
  // Newest first: a browser ends before the namespace it lives in.
  for (const job of [...jobs].reverse()) {
    jobs.delete(job);
    try {
      job();
    } catch (error) {
      process.stderr.write(`clean-up: ${String(error)}\n`);
    }
  }
}
