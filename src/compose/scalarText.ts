/** From the source of a scalar to its text: YAML 1.2 escapes and folding. */

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

/** A plain scalar, several lines folded (YAML 1.2.2 section 7.3.3). */
export function plainText(source: string): string {
  return source.includes("\n") ? foldLines(source) : source;
}

/** What a quoted scalar, quotes included, says. An unclosed one is read to its end. */
export function quotedText(source: string): string {
  const quote = source[0];
  const closed = source.length > 1 && source.endsWith(quote ?? "");
  const inner = source.slice(1, closed ? -1 : undefined);
  if (quote === "'") return foldLines(inner).replaceAll("''", "'");
  return inner.includes("\\") ? unescape(inner) : foldLines(inner);
}

/** A block scalar with its header line (section 8.1). */
export function blockText(source: string): string {
  const headerEnd = source.indexOf("\n");
  if (headerEnd < 0) return "";
  const header = source.slice(0, headerEnd);
  const lines = source
    .slice(headerEnd + 1)
    .split("\n")
    .map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((l) => l.length - l.trimStart().length);
  const indent = Math.min(...indents, 1000);
  const cut = lines.map((line) => line.slice(indent));
  const body = header.startsWith(">") ? foldBlock(cut) : cut.join("\n");
  return header.includes("-") ? body.replace(/\n+$/, "") : `${body.replace(/\n+$/, "")}\n`;
}

/**
 * Between two lines of text, one break becomes a blank and of several one is dropped, except beside
 * lines that are indented further (section 8.1.3).
 */
function foldBlock(lines: readonly string[]): string {
  let text = "";
  let previous: string | undefined;
  let breaks = 0;
  for (const line of lines) {
    if (line === "") {
      breaks++;
      continue;
    }
    if (previous === undefined) text += "\n".repeat(breaks);
    else if (/^[ \t]/.test(previous) || /^[ \t]/.test(line)) text += "\n".repeat(breaks + 1);
    else text += breaks === 0 ? " " : "\n".repeat(breaks);
    text += line;
    previous = line;
    breaks = 0;
  }
  return text + "\n".repeat(breaks);
}

function foldLines(text: string): string {
  if (!text.includes("\n")) return text;
  return text
    .replace(/[ \t]*\r?\n[ \t]*/g, "\n")
    .replace(/\n+/g, (breaks) => (breaks.length === 1 ? " " : breaks.slice(1)));
}

const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^\n\r]))/y;
const escapedBreak = /\\\r?\n[ \t]*((?:\r?\n[ \t]*)*)/y;
const plainBreak = /\r?\n[ \t]*((?:\r?\n[ \t]*)*)/y;

/** Double-quoted text (section 7.3.1): blanks before a break go, unless an escape made them. */
function unescape(inner: string): string {
  let text = "";
  /** Length of `text` that trimming must not touch. */
  let solid = 0;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(inner);
    if (match) at = pattern.lastIndex;
    return match;
  };
  const emptyLines = (match: RegExpExecArray) => (match[1] ?? "").split("\n").length - 1;
  while (at < inner.length) {
    const joined = take(escapedBreak);
    if (joined) {
      text += "\n".repeat(emptyLines(joined));
      solid = text.length;
      continue;
    }
    const character = take(escape);
    if (character) {
      text += characterOf(character);
      solid = text.length;
      continue;
    }
    const folded = take(plainBreak);
    if (folded) {
      text = text.slice(0, solid) + text.slice(solid).replace(/[ \t]+$/, "");
      const empty = emptyLines(folded);
      text += empty === 0 ? " " : "\n".repeat(empty);
      solid = text.length;
      continue;
    }
    text += inner[at++] ?? "";
  }
  return text;
}

function characterOf(match: RegExpExecArray): string {
  const hex = match[1] ?? match[2] ?? match[3];
  if (hex === undefined) return escapes[match[4] ?? ""] ?? match[4] ?? "";
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : match[0];
}
