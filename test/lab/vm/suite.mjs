// @ts-check
import { skip } from "../skip.mjs";
import { NoMachineError } from "./disk.mjs";
import { attachVm, startVm } from "./vm.mjs";

/** @typedef {import("./vm.mjs").Vm} Vm */

/**
 * For a mocha suite that needs the engine in a virtual machine: call it inside `describe`, and call what it gives inside
 * a test. Uses the machine named by MACVLAN_VM (`npm test` starts one; for a quick loop `node test/lab/vm/cli.mjs up` and
 * MACVLAN_VM=vm), else starts one for this suite. Each test finds an engine without networks and containers.
 * @returns {() => Vm}
 */
export function useVm() {
  /** @type {Vm | undefined} */
  let vm;
  const name = process.env["MACVLAN_VM"];

  before("virtual machine", async function () {
    this.timeout(900_000);
    try {
      vm = name ? attachVm(name) : await startVm();
    } catch (error) {
      if (!(error instanceof NoMachineError)) throw error;
      skip(this, error.message);
    }
  });

  beforeEach("clear the engine", async function () {
    this.timeout(300_000);
    this.currentTest?.timeout(600_000);
    await vm?.clear();
  });

  after("stop the virtual machine", async function () {
    this.timeout(30_000);
    if (!name) await vm?.stop();
  });

  return () => {
    if (!vm) throw new Error("the virtual machine is there only while a test runs");
    return vm;
  };
}
