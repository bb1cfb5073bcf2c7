/** Composition root of the thread that checks the projects of a workspace. */
import { parentPort } from "node:worker_threads";
import { Checker } from "./background/checker";
import { localDisk } from "./background/localDisk";
import type { ToChecker } from "./background/protocol";

const environment = new Map(
  Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  ),
);
const checker = new Checker(environment, (message) => parentPort?.postMessage(message), localDisk);
let running = false;

parentPort?.on("message", (message: ToChecker) => {
  checker.take(message);
  if (running) return;
  running = true;
  setImmediate(turn);
});

/** One piece of work at a time: messages that came meanwhile are taken in between. */
function turn(): void {
  running = checker.step();
  if (running) setImmediate(turn);
}
