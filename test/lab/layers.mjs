// @ts-check
import { ensurePrograms, whyNoApt } from "./apt.mjs";
import { runNode } from "./child.mjs";
import { startLab } from "./lab.mjs";
import { runMocha } from "./mochaRun.mjs";
import { whyNoLab } from "./requirements.mjs";
import { NoMachineError } from "./vm/disk.mjs";
import { startVm } from "./vm/vm.mjs";

/** @typedef {import("./lab.mjs").Lab} Lab */
/** @typedef {import("./reporter.mjs").TestResult} TestResult */

/**
 * One line of the summary: a check, or a layer of tests on one of its platforms.
 * @typedef {object} Step
 * @property {string} layer what `npm test -- LAYER` selects
 * @property {string} name
 * @property {() => Promise<TestResult | { skipped: string }>} run `skipped`: the reason why it cannot run here
 */

/** The lab that the steps from `vscode` on share. @type {Lab | undefined} */
let sharedLab;

/** @type {readonly Step[]} */
export const steps = [
  check("format", [["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."]]),
  check("lint", [["node_modules/eslint/bin/eslint.js", "."]]),
  check("types", [
    ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"],
    ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "media/wizard/tsconfig.json"],
  ]),
  check("build", [["esbuild.mjs", "--production"]]),
  {
    layer: "unit",
    name: "unit",
    async run() {
      // Generated scripts are read by it; without it, those tests say that they skip.
      if (!whyNoApt()) await ensurePrograms({ shellcheck: "shellcheck" });
      return runMocha("unit");
    },
  },
  { layer: "structure", name: "structure", run: () => runMocha("structure") },
  engineStep("sid"),
  engineStep("bookworm"),
  {
    layer: "vm",
    name: "engine in a virtual machine",
    async run() {
      const vm = await startVm().catch((error) => {
        if (error instanceof NoMachineError) return { skipped: error.message };
        throw error;
      });
      if ("skipped" in vm) return vm;
      try {
        return await runMocha("engine/vm", { env: { MACVLAN_VM: vm.name }, timeout: 300_000 });
      } finally {
        await vm.stop();
      }
    },
  },
  vscodeStep("1.139"),
  vscodeStep("1.100"),
  {
    layer: "ui",
    name: "ui on VS Code 1.139",
    async run() {
      const skipped = (await whyNoLab()) ?? (await whyNoBrowser());
      if (skipped) return { skipped };
      const env = labEnvironment(await useSharedLab());
      return runMocha("ui", { env, timeout: 120_000 });
    },
  },
];

/** Ends what the steps left for each other. */
export async function endSteps() {
  await sharedLab?.stop();
  sharedLab = undefined;
}

/**
 * A step that counts as one test: it passes when every command ends with 0.
 * @param {string} name
 * @param {readonly (readonly string[])[]} commands words after `node`
 * @returns {Step}
 */
function check(name, commands) {
  return {
    layer: name,
    name,
    async run() {
      for (const argv of commands) {
        const code = await runNode(argv);
        if (code !== 0) {
          return { passed: 0, failed: 1, skipped: 0, failures: [`${argv[0]} ended with ${code}`] };
        }
      }
      return { passed: 1, failed: 0, skipped: 0, failures: [] };
    },
  };
}

/**
 * @param {import("./rootfs.mjs").EngineName} engine
 * @returns {Step}
 */
function engineStep(engine) {
  return {
    layer: "engine",
    name: `engine of Debian ${engine}`,
    async run() {
      const skipped = await whyNoLab();
      if (skipped) return { skipped };
      const lab = await startLab({ engine });
      try {
        return await runMocha("engine", {
          env: labEnvironment(lab),
          timeout: 60_000,
          without: "vm",
        });
      } finally {
        await lab.stop();
      }
    },
  };
}

/**
 * @param {import("./vscodeInstall.mjs").VscodeVersion} version
 * @returns {Step}
 */
function vscodeStep(version) {
  return {
    layer: "vscode",
    name: `extension host of VS Code ${version}`,
    async run() {
      const skipped = (await whyNoLab()) ?? (await whyNoBrowser());
      if (skipped) return { skipped };
      const { runExtensionTests } = await import("./extensionHost.mjs");
      return runExtensionTests({ version, lab: await useSharedLab() });
    },
  };
}

/** Imported late: on a clean clone playwright-core is installed after this file was loaded. */
async function whyNoBrowser() {
  if (process.env["VSCODE_EXECUTABLE"]) return undefined;
  return (await import("./chromium.mjs")).whyNoChromium();
}

async function useSharedLab() {
  sharedLab ??= await startLab();
  await sharedLab.clear();
  return sharedLab;
}

/**
 * @param {Lab} lab
 * @returns {NodeJS.ProcessEnv}
 */
function labEnvironment(lab) {
  return { MACVLAN_LAB: lab.name };
}
