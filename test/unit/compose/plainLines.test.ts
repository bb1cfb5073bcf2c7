import assert from "node:assert/strict";
import { readOutline } from "../../../src/compose/outline";
import { type Random, seededRandom } from "../support/random";

const starts = [
  "",
  "a:",
  "b-1: ",
  "_c:  ",
  "- ",
  "-",
  "- a: ",
  "- - ",
  '"k": ',
  "? ",
  "%a: ",
  "1: ",
];
const values = [
  ...[
    "",
    "x",
    "a b  c",
    "10.0.0.0/24",
    "8080:80",
    "${A:-b}",
    "a: b",
    "a:",
    "a #b",
    "a#b",
    "x ",
    "[a]",
  ],
  ...[
    '"q"',
    '"q" ',
    '"q\\n"',
    '"q" #c',
    '"a',
    "'s'",
    "&a x",
    "*a",
    "!t x",
    "| ",
    "--- x",
    "é",
    "{{ a }}",
  ],
  ...["{a: b}", "#c", "a\tb", "http://h:1/p?q", ":a", "-a", "?", "$A", "(a", "a'b\"c", "<<", "~"],
];

function randomText(random: Random): string {
  const lines = Array.from({ length: 1 + random.int(9) }, () => {
    const text = random.pick(starts) + random.pick(values);
    return " ".repeat(random.int(4) * (random.int(5) === 0 ? 1 : 2)) + text;
  });
  return lines.join("\n") + random.pick(["", "\n", "\n\n"]);
}

describe("lines that are read at once", () => {
  it("come to the same as word by word, which lines that end in a carriage return take", () => {
    const random = seededRandom(31);
    for (let i = 0; i < 20_000; i++) {
      const text = `${random.pick(["", "services:\n"])}${randomText(random)}`;
      const other = readOutline("f", text.replaceAll("\n", "\r"));
      const [one, two] = [readOutline("f", text), other].map((outline) => JSON.stringify(outline));
      assert.equal(
        one?.replaceAll("\\n", "\\r"),
        two?.replaceAll("\\n", "\\r"),
        JSON.stringify(text),
      );
    }
  });
});
