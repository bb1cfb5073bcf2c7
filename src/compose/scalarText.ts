/** From the source of a scalar to its text: escapes and folding, as Compose's YAML scanner does them. */
import { isBlank, isBreak } from "./yamlCharacters";

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
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const backslash = 92;
const apostrophe = 39;

/** A plain scalar, several lines folded (YAML 1.2.2 section 7.3.3). */
export function plainText(source: string): string {
  return special.test(source) ? decode(source, 0, source.length, undefined) : source;
}

/** What a quoted scalar, quotes included, says. */
export function quotedText(source: string): string {
  const single = source.charCodeAt(0) === apostrophe;
  const inner = source.slice(1, -1);
  if (!(single ? specialInSingle : specialInDouble).test(inner)) return inner;
  return decode(source, 1, source.length - 1, single ? "single" : "double");
}

const special = /[\n\r\x85\u2028\u2029]/;
const specialInSingle = /[\n\r\x85\u2028\u2029']/;
const specialInDouble = /[\n\r\x85\u2028\u2029\\]/;

function decode(
  source: string,
  from: number,
  to: number,
  style: "single" | "double" | undefined,
): string {
  let text = "";
  /** Where what is not in `text` yet begins. */
  let pending = from;
  let at = from;
  while (at < to) {
    const code = source.charCodeAt(at);
    if (isBlank(code) || isBreak(code)) {
      const end = endOfSpace(source, at, to);
      const breaks = breaksIn(source, at, end);
      if (breaks !== "") {
        text += source.slice(pending, at) + folded(breaks);
        pending = end;
      }
      at = end;
    } else if (style === "single" && code === apostrophe) {
      text += source.slice(pending, at + 1);
      pending = at += 2;
    } else if (style === "double" && code === backslash) {
      text += source.slice(pending, at);
      if (isBreak(source.charCodeAt(at + 1))) {
        const end = endOfSpace(source, at + 1, to);
        const length = source.startsWith("\r\n", at + 1) ? 2 : 1;
        text += breaksIn(source, at + 1 + length, end);
        pending = at = end;
      } else {
        const digits = hexDigits[source.charAt(at + 1)] ?? 0;
        text += escaped(source, at, digits);
        pending = at += 2 + digits;
      }
    } else {
      at++;
    }
  }
  return text + source.slice(pending, to);
}

function escaped(source: string, at: number, digits: number): string {
  const character = source.charAt(at + 1);
  if (digits === 0) return escapes[character] ?? character;
  const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

function endOfSpace(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && (isBlank(source.charCodeAt(at)) || isBreak(source.charCodeAt(at)))) at++;
  return at;
}

/** The line breaks of a stretch, each as the scanner keeps it: only Unicode's separators stay what they are. */
function breaksIn(source: string, from: number, to: number): string {
  let breaks = "";
  for (let at = from; at < to; at++) {
    const code = source.charCodeAt(at);
    if (!isBreak(code)) continue;
    if (code === 13 && source.charCodeAt(at + 1) === 10) at++;
    breaks += code === 0x2028 || code === 0x2029 ? source.charAt(at) : "\n";
  }
  return breaks;
}

/** One break becomes a blank, of several one is dropped. */
function folded(breaks: string): string {
  if (!breaks.startsWith("\n")) return breaks;
  return breaks.length === 1 ? " " : breaks.slice(1);
}
