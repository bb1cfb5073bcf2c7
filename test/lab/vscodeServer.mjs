// @ts-check
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "./cleanup.mjs";
import { endProcess, signal } from "./process.mjs";
import { installVscodeServer } from "./vscodeInstall.mjs";

/**
 * @typedef {object} ServerOptions
 * @property {import("./vscodeInstall.mjs").VscodeVersion} [version]
 * @property {Record<string, unknown>} [settings] user settings on top of `quietSettings`
 * @property {import("./lab.mjs").Lab} [lab] runs the server on this lab's Docker host
 * @property {string} [dataFolder] keeps settings and state; a new one for each start unless told
 * @property {string} [extensionsFolder] holds installed extensions, a folder or link for each
 * @property {string} [socketPath] listens on this Unix socket and on no port
 * @property {boolean} [untrusted] leaves workspace trust on
 * @property {string} [token] is asked of every client; without one the server must not be reachable for other users
 * @property {NodeJS.ProcessEnv} [env] reaches the extension host
 * @typedef {Awaited<ReturnType<typeof startVscodeServer>>} VscodeServer
 */

/** A workbench that shows the files and the extension, and nothing of its own. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "update.mode": "none",
  "git.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "editor.minimap.enabled": false,
  "window.restoreWindows": "none",
};

/**
 * Starts a VS Code server and waits until it listens.
 * @param {ServerOptions} [options]
 */
export async function startVscodeServer(options = {}) {
  const { version = "1.139", lab } = options;
  const { node, main } = await installVscodeServer(version);
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), "macvlan-vscode-"));
  const forget = atExit(() => removeTemporary());
  writeSettings(dataFolder, { ...quietSettings, ...labSettings(lab), ...options.settings });

  const argv = [
    ...(lab?.enter ?? []),
    node,
    main,
    "--accept-server-license-terms",
    ...(options.untrusted ? [] : ["--disable-workspace-trust"]),
    "--disable-telemetry",
    // For tests: without it the server ignores the part of the address that names an extension and its tests.
    ...(options.token ? [] : ["--enable-smoke-test-driver"]),
    ...["--server-data-dir", dataFolder],
    ...(options.extensionsFolder ? ["--extensions-dir", options.extensionsFolder] : []),
    ...(options.socketPath
      ? ["--socket-path", options.socketPath]
      : ["--host", "127.0.0.1", "--port", "0"]),
    ...(options.token ? ["--connection-token", options.token] : ["--without-connection-token"]),
  ];
  const [command = "", ...words] = argv;
  const child = spawn(command, words, {
    // A group of its own, so that its extension hosts and terminals end with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // Its sockets, which it leaves behind, go with the data folder.
      XDG_RUNTIME_DIR: dataFolder,
      EXTENSIONS_GALLERY: "{}",
      ...labEnvironment(lab),
      ...options.env,
    },
  });
  const pid = child.pid ?? 0;
  const killGroup = atExit(() => signal(-pid, "SIGKILL"));
  const output = /** @type {string[]} */ ([]);
  const port = await new Promise((resolve, reject) => {
    const onText = (/** @type {Buffer} */ text) => {
      output.push(text.toString());
      // "Server bound to 127.0.0.1:41233 (IPv4)", or "Server bound to /the/socket/path".
      const bound = /Server bound to \S*?(?::(\d+))?(?:\s|$)/.exec(output.join(""));
      if (bound) resolve(Number(bound[1]));
    };
    child.stdout.on("data", onText);
    child.stderr.on("data", onText);
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`the VS Code server ended:\n${output.join("")}`)));
  });

  function removeTemporary() {
    if (options.dataFolder === undefined) {
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }

  return {
    version,
    lab,
    port,
    /** In the lab's network namespace, if there is one. `localhost`, since webviews want a trustworthy origin. */
    origin: `http://localhost:${port}`,
    dataFolder,
    /** What the server said, for the report of a failure. */
    output: () => output.join(""),
    async stop() {
      await endProcess(pid);
      signal(-pid, "SIGKILL");
      killGroup();
      removeTemporary();
      forget();
    },
  };
}

/**
 * The address that opens a folder in the workbench.
 * @param {string} origin
 * @param {{ folder?: string, payload?: Record<string, string> }} options `payload`: names of workbench options to their
 *   values, such as the path of an extension under development
 */
export function workbenchUrl(origin, { folder, payload }) {
  const url = new URL(origin);
  if (folder) url.searchParams.set("folder", folder);
  if (payload) {
    const remote = (/** @type {string} */ path) => `vscode-remote://${url.host}${path}`;
    const entries = Object.entries(payload).map(([name, path]) => [name, remote(path)]);
    url.searchParams.set("payload", JSON.stringify(entries));
  }
  return url.href;
}

/**
 * As the user's settings and as those of the server's machine: each setting counts only in the file of its scope, and
 * that of an engine belongs to a machine.
 * @param {string} dataFolder
 * @param {Record<string, unknown>} settings
 */
function writeSettings(dataFolder, settings) {
  for (const name of ["User", "Machine"]) {
    const folder = join(dataFolder, "data", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "settings.json"), JSON.stringify(settings, null, 2));
  }
}

/**
 * The lab's `docker` first, for what the server starts; for terminals again, whose PATH comes from a login shell.
 * @param {import("./lab.mjs").Lab | undefined} lab
 * @returns {Record<string, unknown>}
 */
function labSettings(lab) {
  if (!lab) return {};
  const env = { PATH: `${lab.binFolder}:\${env:PATH}`, DOCKER_HOST: lab.dockerHost };
  return { "terminal.integrated.env.linux": env };
}

/**
 * @param {import("./lab.mjs").Lab | undefined} lab
 * @returns {NodeJS.ProcessEnv}
 */
function labEnvironment(lab) {
  return lab ? { PATH: `${lab.binFolder}:${process.env["PATH"]}` } : {};
}
