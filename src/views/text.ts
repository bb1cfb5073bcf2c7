/** Names that somebody else chose, made harmless for the screen. PURE. */

/**
 * C0 and C1 controls (ANSI sequences begin with one), line and paragraph separators, and the characters
 * that turn the direction of text around.
 */
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with everything that would not show as itself written out: `\x1b`, `\u202e`. */
export function shown(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
  });
}
