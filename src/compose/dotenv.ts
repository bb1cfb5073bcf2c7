/** Reads `.env` files as compose-go's dotenv package does, for the variables of compose files. */
import { interpolate } from "./interpolate";

const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.[\]-]*)\s*[=:]\s*/;

/**
 * Adds the file's variables to those of `outer`, which win (the process environment beats `.env`).
 * Single quotes are literal; other values may use variables, also those set further up; a blank and
 * `#` end an unquoted value. Lines that are no assignment are left out.
 */
export function readDotenv(
  text: string,
  outer: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const own = new Map<string, string>();
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  let at = 0;
  while (at < source.length) {
    const lineEnd = endOfLine(source, at);
    const match = assignment.exec(source.slice(at, lineEnd));
    const name = match?.[1];
    if (!match || name === undefined) {
      at = lineEnd + 1;
      continue;
    }
    const { value, end, literal } = valueAt(source, at + match[0].length);
    const known = new Map([...own, ...outer]);
    own.set(name, literal ? value : interpolate(value, known).text);
    at = endOfLine(source, end) + 1;
  }
  return new Map([...own, ...outer]);
}

function valueAt(source: string, at: number): { value: string; end: number; literal: boolean } {
  const quote = source[at];
  if (quote === "'" || quote === '"') {
    const pattern = quote === "'" ? /'([^']*)'/y : /"((?:[^"\\]|\\[^])*)"/y;
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) {
      const inner = match[1] ?? "";
      const value = quote === "'" ? inner : unescape(inner);
      return { value, end: pattern.lastIndex, literal: quote === "'" };
    }
  }
  const end = endOfLine(source, at);
  const value = source
    .slice(at, end)
    .replace(/(?:^|\s+)#.*$/, "")
    .trim();
  return { value, end, literal: false };
}

function unescape(text: string): string {
  return text.replace(/\\([nrt"\\])/g, (_, char: string) => {
    const known: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
    return known[char] ?? char;
  });
}

function endOfLine(text: string, at: number): number {
  const lineBreak = text.indexOf("\n", at);
  return lineBreak < 0 ? text.length : lineBreak;
}
