import { StringDecoder } from "node:string_decoder";

/** Longer lines are no event of an engine; they are skipped, so that a broken peer cannot fill the memory. */
const longestLine = 4 * 1024 * 1024;

/**
 * Splits a stream of JSON lines: feed it chunks in any cut, it calls `onValue` for each whole line.
 * Lines that are no JSON are skipped.
 */
export function jsonLines(onValue: (value: unknown) => void): (chunk: Buffer) => void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let skipping = false;
  const line = (text: string): void => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    onValue(value);
  };
  return (chunk) => {
    const lines = decoder.write(chunk).split("\n");
    for (const [index, part] of lines.entries()) {
      if (!skipping) rest += part;
      if (rest.length > longestLine) {
        skipping = true;
        rest = "";
      }
      if (index === lines.length - 1) break;
      if (!skipping && rest.trim() !== "") line(rest);
      rest = "";
      skipping = false;
    }
  };
}
