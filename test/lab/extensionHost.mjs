// @ts-check
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleTests } from "./bundleTests.mjs";
import { launchChromium } from "./chromium.mjs";
import { atExit } from "./cleanup.mjs";
import { follow } from "./follow.mjs";
import { readResult } from "./mochaRun.mjs";
import { project } from "./project.mjs";
import { quietSettings, startVscodeServer, workbenchUrl } from "./vscodeServer.mjs";

/** @typedef {import("./reporter.mjs").TestResult} TestResult */
/** @typedef {import("./lab.mjs").Lab} Lab */

/**
 * @typedef {object} Run
 * @property {string} tests module with `run()`
 * @property {string} workspace a copy of the demo workspace, for the tests to change
 * @property {Record<string, unknown>} settings
 * @property {NodeJS.ProcessEnv} env
 * @property {string} folder temporary, for whatever the run needs
 * @property {Lab | undefined} lab
 */

/**
 * Runs test/vscode in the extension host of a VS Code: of the desktop build that VSCODE_EXECUTABLE names, or else of
 * the server with its workbench in Chromium.
 * @param {{ version?: import("./vscodeInstall.mjs").VscodeVersion, lab?: Lab | undefined, grep?: string | undefined }} [options]
 * @returns {Promise<TestResult>}
 */
export async function runExtensionTests({ version, lab, grep } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "macvlan-tests-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const forget = atExit(remove);
  const workspace = join(folder, "demo");
  cpSync(join(project, "test/demo"), workspace, { recursive: true });
  const output = join(folder, "output.txt");
  const result = join(folder, "result.json");
  writeFileSync(output, "");
  const stopFollowing = follow(output, process.stdout);
  try {
    /** @type {Run} */
    const run = {
      tests: await bundleTests(),
      workspace,
      folder,
      lab,
      settings: lab ? { "macvlan.dockerHost": lab.dockerHost } : {},
      env: {
        MACVLAN_TEST_OUTPUT: output,
        MACVLAN_TEST_RESULT: result,
        ...(lab && { MACVLAN_LAB: lab.name }),
        ...(grep && { MACVLAN_TEST_GREP: grep }),
      },
    };
    const executable = process.env["VSCODE_EXECUTABLE"];
    const words = executable
      ? await runOnDesktop(run, executable)
      : await runOnServer(run, version);
    return readResult(result, words);
  } finally {
    await stopFollowing();
    remove();
    forget();
  }
}

/**
 * @param {Run} run
 * @param {import("./vscodeInstall.mjs").VscodeVersion} [version]
 * @returns what the workbench said at its end
 */
async function runOnServer({ tests, workspace, settings, env, lab }, version = "1.139") {
  const server = await startVscodeServer({ version, settings, env, ...(lab && { lab }) });
  try {
    const browser = await launchChromium({ lab });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const log = /** @type {string[]} */ ([]);
      page.on("console", (message) => {
        if (message.type() === "error") log.push(message.text());
      });
      /** @type {Promise<number>} */
      const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
      await page.exposeFunction("codeAutomationLog", () => {});
      const payload = { extensionDevelopmentPath: project, extensionTestsPath: tests };
      const url = workbenchUrl(server.origin, { folder: workspace, payload });
      await page.goto(url, { timeout: 120_000 });
      await Promise.race([ended, timeUp(600_000)]);
      return ["The extension host ended without a result.", ...log.slice(-20)].join("\n");
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * @param {Run} run
 * @param {string} vscodeExecutablePath
 */
async function runOnDesktop({ tests, workspace, settings, env, folder }, vscodeExecutablePath) {
  const { runTests } = await import("@vscode/test-electron");
  const data = join(folder, "data");
  mkdirSync(join(data, "User"), { recursive: true });
  const allSettings = { ...quietSettings, ...settings };
  writeFileSync(join(data, "User/settings.json"), JSON.stringify(allSettings));
  try {
    const code = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: project,
      extensionTestsPath: tests,
      extensionTestsEnv: env,
      launchArgs: [
        workspace,
        "--user-data-dir",
        data,
        "--disable-workspace-trust",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    });
    return `VS Code ended with ${code} and no result.`;
  } catch (error) {
    return String(error);
  }
}

/** @param {number} milliseconds */
async function timeUp(milliseconds) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
