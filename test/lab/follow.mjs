// @ts-check
import { closeSync, openSync, readSync } from "node:fs";

/**
 * Copies what is appended to a file, like `tail -f`.
 * @param {string} path
 * @param {NodeJS.WritableStream} target
 * @returns {() => Promise<void>} copies the rest and stops
 */
export function follow(path, target) {
  const file = openSync(path, "r");
  const buffer = Buffer.alloc(65_536);
  const copy = () => {
    for (let length; (length = readSync(file, buffer)) > 0;) {
      target.write(Buffer.from(buffer.subarray(0, length)));
    }
  };
  const timer = setInterval(copy, 100);
  return async () => {
    clearInterval(timer);
    copy();
    closeSync(file);
  };
}
