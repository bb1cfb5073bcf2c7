// @ts-check
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { atExit } from "./cleanup.mjs";
import { run } from "./process.mjs";

const server = fileURLToPath(new URL("registryServer.mjs", import.meta.url));

/** @typedef {Awaited<ReturnType<typeof startRegistry>>} Registry */

/**
 * Starts a registry on the loopback interface of the lab's Docker host, where an engine asks for no TLS. It serves the
 * lab's busybox under these names:
 * - `box`: as a registry does
 * - `broken`: with a layer that is not what the manifest says
 * - `slow`: with a layer whose second half takes minutes
 * and refuses all others.
 * @param {import("./lab.mjs").Lab} lab
 */
export async function startRegistry(lab) {
  const folder = mkdtempSync(join(tmpdir(), "macvlan-registry-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = atExit(remove);
  const file = join(folder, "busybox.tar");
  await lab.docker(["save", "--output", `/host${file}`, "busybox:latest"]);
  await run(["tar", "-xf", file, "-C", folder]);
  const [command = "", ...words] = [...lab.enter, process.execPath, server, folder];
  const child = spawn(command, words, { stdio: ["pipe", "pipe", "inherit"] });
  /** What was asked, such as `GET /v2/box/manifests/1`, and `closed` before what ended unanswered. @type {string[]} */
  const asked = [];
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the registry ended with ${code}`)));
  });
  lines.on("line", (line) => asked.push(line));
  return {
    /** What goes before the name of an image. */
    prefix: `127.0.0.1:${String(port)}/`,
    asked,
    /** Ends it. */
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      // It ends when nobody holds its input.
      child.stdin.end();
      await ended;
      remove();
      forget();
    },
  };
}
