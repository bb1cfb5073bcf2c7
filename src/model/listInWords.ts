/** `a, b and c`: words of any number, the last one behind `last`. Empty for none. */
export function listInWords(words: readonly string[], last: "and" | "or" = "and"): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}
