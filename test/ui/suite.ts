import { Workbench, type WorkbenchOptions } from "./driver";
import { whyNoChromium } from "../lab/chromium.mjs";
import type { Lab } from "../lab/lab.mjs";
import { skip } from "../lab/skip.mjs";

type SuiteOptions = Omit<WorkbenchOptions, "lab"> & { readonly lab?: () => Lab };

/**
 * For a mocha suite on a workbench: call it inside `describe`, after `useLab` if it needs an engine, and call what it
 * gives inside a test. A failed test leaves a picture in out/screenshots. Options that are known only when the hooks before
 * have run are given by a function.
 */
export function useWorkbench(options: SuiteOptions | (() => SuiteOptions) = {}): () => Workbench {
  let workbench: Workbench | undefined;

  before("open the workbench", async function () {
    this.timeout(300_000);
    const reason = whyNoChromium();
    if (reason) skip(this, reason);
    const { lab, ...others } = typeof options === "function" ? options() : options;
    const open = () => Workbench.open({ ...others, ...(lab && { lab: lab() }) });
    workbench = await open().catch((error: unknown) => {
      // A hook is not tried again by mocha, and a busy machine may serve the page too late.
      console.log(`    tried again: open the workbench: ${String(error).split("\n")[0]}`);
      return open();
    });
  });

  beforeEach("time for a workbench", function () {
    this.currentTest?.timeout(120_000);
  });

  afterEach("picture of a failure", async function () {
    this.timeout(30_000);
    const test = this.currentTest;
    if (test?.state !== "failed") return;
    const name = `failed-${test.fullTitle().replace(/[^a-z0-9]+/gi, "-")}`;
    console.log(`      picture: ${(await workbench?.screenshot(name)) ?? "none"}`);
  });

  after("close the workbench", async function () {
    this.timeout(30_000);
    await workbench?.close();
  });

  return () => {
    if (!workbench) throw new Error("the workbench is there only while a test runs");
    return workbench;
  };
}
