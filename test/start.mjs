#!/usr/bin/env node
// @ts-check
/** `npm start`: builds the extension and opens VS Code with it on the demo workspace. `npm start -- --help` lists the options. */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runNode } from "./lab/child.mjs";
import { atExit } from "./lab/cleanup.mjs";
import { ensureDependencies } from "./lab/dependencies.mjs";
import { forwardPort } from "./lab/forwardPort.mjs";
import { installExtension } from "./lab/installedExtension.mjs";
import { startLab } from "./lab/lab.mjs";
import { hasProgram } from "./lab/process.mjs";
import { progress } from "./lab/progress.mjs";
import { project } from "./lab/project.mjs";
import { startVscodeServer } from "./lab/vscodeServer.mjs";

const help = `npm start [-- OPTIONS]   opens VS Code with the extension on a copy of the demo workspace

  --lab            first starts a Docker Engine with a LAN of its own (Linux, root; Debian's packages)
  --engine NAME    its version: sid (the newest, unless told), trixie (26.1) or bookworm (20.10)
  --server         a VS Code server for the browser, even if the desktop's "code" command is installed
  --port N         of the server's address on this machine; 8123 unless told
  --no-open        prints the address and opens nothing

Without a "code" command, and with --lab, VS Code is a server that is installed into ~/.cache on first use.
`;

const { values } = parseArgs({
  options: {
    lab: { type: "boolean", default: false },
    engine: { type: "string", default: "sid" },
    server: { type: "boolean", default: false },
    port: { type: "string", default: "8123" },
    "no-open": { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

ensureDependencies();
progress("building the extension");
if ((await runNode(["esbuild.mjs"])) !== 0) process.exit(1);
const workspace = copyDemo();
if (hasProgram("code") && !values.lab && !values.server) openDesktop();
else await openServer();

/** A copy, so that trying a quick fix does not change the project. */
function copyDemo() {
  const copy = join(project, "out/demo");
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(project, "test/demo"), copy, { recursive: true });
  return copy;
}

function openDesktop() {
  progress("opening VS Code");
  const options = [`--extensionDevelopmentPath=${project}`, "--new-window", workspace];
  const shell = process.platform === "win32";
  const { status } = spawnSync("code", options, { stdio: "inherit", shell });
  process.exitCode = status ?? 1;
}

async function openServer() {
  const engine = /** @type {import("./lab/rootfs.mjs").EngineName} */ (values.engine);
  const lab = values.lab ? await startLab({ engine, name: `start-${process.pid}` }) : undefined;
  const folder = mkdtempSync(join(tmpdir(), "macvlan-start-"));
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  const socketPath = join(folder, "vscode.sock");
  // Whoever reaches the port could otherwise run programs as this user.
  const token = randomBytes(16).toString("hex");
  await startVscodeServer({
    socketPath,
    token,
    dataFolder: join(folder, "data"),
    extensionsFolder: installExtension(join(folder, "extensions")),
    ...(lab && { lab, settings: { "macvlan.dockerHost": lab.dockerHost } }),
  });
  const port = await forwardPort(socketPath, Number(values.port));
  const address = `http://localhost:${port}/?tkn=${token}&folder=${encodeURIComponent(workspace)}`;
  console.log(`\nVS Code with Macvlan for Docker:\n\n    ${address}\n`);
  if (lab) {
    console.log(`Docker Engine: ${lab.dockerHost}`);
    console.log("The LAN: lan0 192.168.50.0/24, lan1 192.168.60.0/24, the router is .1 on both.\n");
  }
  console.log("Ctrl-C ends it.");
  if (!values["no-open"]) openBrowser(address);
}

/** @param {string} address */
function openBrowser(address) {
  const mac = process.platform === "darwin";
  const display = process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"];
  const program = mac ? "open" : "xdg-open";
  if (!hasProgram(program) || !(mac || display)) return;
  spawn(program, [address], { stdio: "ignore", detached: true }).unref();
}
