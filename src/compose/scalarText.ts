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
  const text = lines.map((line) => line.slice(indent)).join("\n");
  const body = header.startsWith(">") ? text.replace(/(?<=\S)\n(?=\S)/g, " ") : text;
  return header.includes("-") ? body.replace(/\n+$/, "") : `${body.replace(/\n+$/, "")}\n`;
}

function foldLines(text: string): string {
  if (!text.includes("\n")) return text;
  return text
    .replace(/[ \t]*\r?\n[ \t]*/g, "\n")
    .replace(/\n+/g, (breaks) => (breaks.length === 1 ? " " : breaks.slice(1)));
}

function unescape(inner: string): string {
  const joined = inner.replace(/(?<!\\)((?:\\\\)*)\\\r?\n[ \t]*/g, "$1");
  return foldLines(joined).replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g,
    (whole, x?: string, u?: string, U?: string, single?: string) => {
      const hex = x ?? u ?? U;
      if (hex === undefined) return escapes[single ?? ""] ?? single ?? whole;
      const code = Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
