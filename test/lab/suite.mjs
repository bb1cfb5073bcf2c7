// @ts-check
import { attachLab, startLab } from "./lab.mjs";
import { whyNoLab } from "./requirements.mjs";
import { skip } from "./skip.mjs";

/** @typedef {import("./lab.mjs").Lab} Lab */

/** What MACVLAN_ENGINE wants. @returns {{ engine?: import("./rootfs.mjs").EngineName }} */
function engineWanted() {
  const engine = process.env["MACVLAN_ENGINE"];
  if (engine === undefined || engine === "") return {};
  if (engine === "bookworm" || engine === "trixie" || engine === "sid") return { engine };
  throw new Error(`MACVLAN_ENGINE is ${engine}, and not bookworm, trixie or sid`);
}

/**
 * For a mocha suite that needs an engine: call it inside `describe`, and call what it gives inside a test.
 * Uses the lab named by MACVLAN_LAB (`npm test` starts one for each engine; for a quick loop
 * `node test/lab/cli.mjs up` and MACVLAN_LAB=sid), else starts one for this suite, with the engine that MACVLAN_ENGINE
 * names.
 * Each test finds an engine without networks and containers of earlier tests.
 * @returns {() => Lab}
 */
export function useLab() {
  /** @type {Lab | undefined} */
  let lab;
  const name = process.env["MACVLAN_LAB"];

  before("lab", async function () {
    this.timeout(300_000);
    const reason = name ? undefined : await whyNoLab();
    if (reason) skip(this, reason);
    lab = name ? attachLab(name) : await startLab(engineWanted());
  });

  beforeEach("clear the lab", async function () {
    this.timeout(30_000);
    this.currentTest?.timeout(60_000);
    await lab?.clear();
  });

  after("stop the lab", async function () {
    this.timeout(30_000);
    if (!name) await lab?.stop();
  });

  return () => {
    if (!lab) throw new Error("the lab is there only while a test runs");
    return lab;
  };
}
