// @ts-check
import { appendFileSync, writeFileSync } from "node:fs";
import { format } from "node:util";
import Mocha from "mocha";

const { Base, Spec } = Mocha.reporters;

/**
 * The result of one mocha run, as its reporter writes it.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], retried?: string[] }} TestResult
 */

/**
 * Mocha's own `spec` output, and its counts in a file for the program that started mocha: MACVLAN_TEST_RESULT.
 * An extension host has no standard output that anyone sees: with MACVLAN_TEST_OUTPUT the lines go to that file as well.
 */
export default class Reporter extends Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    const output = process.env["MACVLAN_TEST_OUTPUT"];
    if (output) {
      Base.useColors = false;
      const { consoleLog } = Base;
      Base.consoleLog = (...words) => {
        consoleLog(...words);
        appendFileSync(output, `${format(...words)}\n`);
      };
    }
    super(runner, options);
    /** @type {TestResult} */
    const result = { passed: 0, failed: 0, skipped: 0, failures: [] };
    const retried = /** @type {string[]} */ ([]);
    result.retried = retried;
    runner.on("pass", () => result.passed++);
    runner.on("retry", (test, error) => {
      retried.push(`${test.fullTitle()}: ${error.message}`);
      Base.consoleLog(`    tried again: ${test.fullTitle()}: ${error.message.split("\n")[0]}`);
    });
    runner.on("pending", () => result.skipped++);
    runner.on("fail", (test, error) => {
      result.failed++;
      result.failures.push(`${test.fullTitle()}: ${error.message}`);
    });
    runner.on("end", () => {
      const path = process.env["MACVLAN_TEST_RESULT"];
      if (path) writeFileSync(path, JSON.stringify(result));
    });
  }
}
