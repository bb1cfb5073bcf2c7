// @ts-check
import { connect } from "node:net";

/**
 * Runs a command in a virtual machine, by its control port.
 * @param {number} port of 127.0.0.1
 * @param {readonly string[]} argv
 * @param {{ timeout?: number }} [options] milliseconds, two minutes unless told
 * @returns {Promise<import("../process.mjs").CommandResult>} both outputs in `stdout`
 */
export function runInMachine(port, argv, { timeout = 120_000 } = {}) {
  const script = argv.map(quoted).join(" ");
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let text = "";
    socket.setEncoding("utf8").on("data", (part) => (text += part));
    socket.setTimeout(timeout, () => {
      socket.destroy(
        new Error(`${argv.join(" ")}: no answer of the machine within ${timeout / 1000} s`),
      );
    });
    socket.on("error", reject);
    socket.on("end", () => {
      socket.destroy();
      const [, stdout = "", code] = /^(.*)\n(\d+)\n$/s.exec(text) ?? [];
      if (code === undefined)
        reject(new Error(`${argv.join(" ")}: the machine broke off: ${text}`));
      else resolve({ code: Number(code), stdout, stderr: "" });
    });
    socket.end(script);
  });
}

/** A word as a shell reads it. @param {string} word */
function quoted(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
