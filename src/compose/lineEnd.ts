/** Offset of the line break at or behind `offset`, its carriage return included; the text's end if there is none. */
export function lineEnd(text: string, offset: number): number {
  const lineBreak = text.indexOf("\n", offset);
  if (lineBreak < 0) return text.length;
  return text[lineBreak - 1] === "\r" && lineBreak > offset ? lineBreak - 1 : lineBreak;
}
