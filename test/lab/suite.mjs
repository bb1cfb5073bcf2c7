// @ts-check
import { attachLab, startLab } from "./lab.mjs";
import { whyNoLab } from "./requirements.mjs";
import { skip } from "./skip.mjs";

/** @typedef {import("./lab.mjs").Lab} Lab */

/** @returns {import("./rootfs.mjs").EngineName | undefined} by MACVLAN_ENGINE */
function engineWanted() {
  const name = process.env["MACVLAN_ENGINE"];
  if (name === undefined || name === "") return undefined;
  if (name === "bookworm" || name === "trixie" || name === "sid") return name;
  throw new Error(`MACVLAN_ENGINE is ${name}, and not bookworm, trixie or sid`);
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
    lab = name ? attachLab(name) : await startLab({ engine: engineWanted() });
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
