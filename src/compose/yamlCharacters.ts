/** Characters as the YAML scanner of Compose (go-yaml) sorts them. Codes are UTF-16 units; 0 is the end of the text. */

export const tab = 9;
export const space = 32;
export const hash = 35;
export const colon = 58;

/** Line feed, carriage return, next line, line and paragraph separator. */
export function isBreak(code: number): boolean {
  return (
    code === 10 ||
    code === 13 ||
    (code >= 0x85 && (code === 0x85 || code === 0x2028 || code === 0x2029))
  );
}

export function isBlank(code: number): boolean {
  return code === space || code === tab;
}

/** What ends a word: a blank, a line break, the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return code <= space
    ? code === space || code === 10 || code === tab || code === 13 || code === 0
    : code >= 0x85 && isBreak(code);
}

/** `,` `[` `]` `{` `}`. */
export function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isHex(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

/** Letters, digits, `_`, `-`: what names of tag handles and directives consist of. */
export function isWord(code: number): boolean {
  return (
    isDigit(code) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 45
  );
}

/** Anything printable in ASCII but flow indicators. */
export function isAnchorCharacter(code: number): boolean {
  return code > space && code < 127 && !isFlowIndicator(code);
}

/** Characters that cannot begin a plain scalar; `-`, `?` and `:` can, before a character that is no blank. */
const indicators = "-?:,[]{}#&*!|>'\"%@`";

export function canStartPlain(code: number, next: number): boolean {
  if (code !== 45 && isWord(code)) return true;
  if (isBlankOrEnd(code)) return false;
  if (!indicators.includes(String.fromCharCode(code))) return true;
  return (code === 45 || code === 63 || code === colon) && !isBlankOrEnd(next);
}

/** What YAML lets a file consist of; a control character or half a surrogate pair makes it unreadable. */
export const notAllowed = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
