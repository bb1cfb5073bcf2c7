/** How much is read. */

/** Characters; the largest file of the benchmark has 2.2 million. */
export const maxLength = 4_000_000;
/** Characters of a file of variables; 50,000 short ones fit in. */
export const maxVariablesLength = 1_000_000;
/** Keys and list items of one file; the largest file of the benchmark has 69,000, the largest real one that was found 1,900. */
export const maxEntries = 100_000;
/** Items in one pair of brackets or braces. */
export const mostInBrackets = 20_000;
/** Of one project, by section; the benchmark's largest has 5,000 and 100. */
export const mostEntries = { services: 6000, networks: 1000 } as const;
/** Networks of one service. */
export const mostTies = 500;
/** Items of `ipam.config` of one network. */
export const mostSubnets = 1000;
/** Files that include each other, one below the other. */
export const deepestInclusion = 100;
/** Levels of nesting that are read. Real files have about ten. */
export const maxDepth = 100;
const maxIndent = 1000;
const maxIndicators = 100;
const maxColons = 2000;
const maxBareColons = 256;

export interface LimitHit {
  /** UTF-16 offset where the text passes the limit. */
  readonly at: number;
  readonly message: string;
}

/** Thrown where the reading of a file ends for good. */
export class BeyondLimit extends Error {
  readonly hit: LimitHit;

  /** `count` is of `things`, at the offset one more. */
  constructor(count: number, things: string, at: number) {
    const message = `The file has more than ${count} ${things}; only files up to that are checked, nothing of this one is.`;
    super(message);
    this.hit = { at, message };
  }
}

/** Undefined when the text is short enough to be read. */
export function lengthLimit(text: string): LimitHit | undefined {
  if (text.length <= maxLength) return undefined;
  const message = `The file has ${text.length} characters; only files up to ${maxLength} are checked.`;
  return { at: 0, message };
}

/**
 * The first place where the text would take @lezer/yaml long, or undefined: nesting on one line costs
 * it time that grows with the square of the depth (5,000 levels of `a: a:` take 1.9 s), and no real
 * compose file has it. One pass, no allocation.
 */
export function findLimit(text: string): LimitHit | undefined {
  let line = 0;
  while (line < text.length) {
    const next = text.indexOf("\n", line);
    const end = next < 0 ? text.length : next;
    // A short line cannot hold enough of anything.
    if (end - line > maxIndicators) {
      const message = lineLimit(text, line, end);
      if (message !== undefined) return { at: line, message };
    }
    line = end + 1;
  }
  return undefined;
}

function lineLimit(text: string, start: number, end: number): string | undefined {
  let at = start;
  while (at < end && text.charCodeAt(at) === 32) at++;
  if (at - start > maxIndent) return `This line is indented by more than ${maxIndent} columns.`;
  let indicators = 0;
  while (at < end && indicators <= maxIndicators) {
    const code = text.charCodeAt(at);
    if (isOpening(code)) at++;
    else if (isIndicator(code)) while (at < end && !isBlank(text.charCodeAt(at))) at++;
    else break;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    indicators++;
  }
  let colons = 0;
  let brackets = false;
  for (let i = text.indexOf(":", start); i >= 0 && i < end; i = text.indexOf(":", i + 1)) {
    if (!isBlank(text.charCodeAt(i + 1))) continue;
    if (++colons === maxBareColons) brackets = /[[{"']/.test(text.slice(start, i));
    if (colons > (brackets ? maxColons : maxBareColons)) break;
  }
  if (indicators > maxIndicators || colons > (brackets ? maxColons : maxBareColons)) {
    return "This line nests deeper than any compose file does; the file is not checked.";
  }
  return undefined;
}

/** `-`, `?`, `&anchor`, `!tag`. */
function isIndicator(code: number): boolean {
  return code === 45 || code === 63 || code === 38 || code === 33;
}

/** `[`, `{`. */
function isOpening(code: number): boolean {
  return code === 91 || code === 123;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
