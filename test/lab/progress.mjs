// @ts-check

/**
 * One line of progress. To standard error: standard output belongs to results, such as the socket path of `cli.mjs up`.
 * @param {string} text
 */
export function progress(text) {
  process.stderr.write(`- ${text}\n`);
}

/**
 * A duration as a reader wants it: `0.4 s`, `12 s`, `2 min 5 s`.
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
