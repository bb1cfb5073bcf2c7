/** Random texts that are nearly YAML: every construct, often in an odd place. */
import type { Random } from "./random";

const words = [
  "a",
  "b1",
  "x-y",
  "10.0.0.1/24",
  "null",
  "~",
  "true",
  "a b",
  "é",
  "k:v",
  "c#d",
  "-e",
  "f,g",
];
const keys = [
  "services",
  "networks",
  "name",
  "a",
  "b",
  "c",
  "d",
  "<<",
  "k 1",
  "x-a",
  '"q"',
  "'s'",
  "1",
];
const quoted = [
  '"x"',
  "'y'",
  '"a: b"',
  "'it''s'",
  '"\\x41\\n"',
  '"\\q"',
  '"a\n  b"',
  "'a\n\n b'",
  '"a\\\n   b"',
  '"open',
  "'open",
  '"t \n b"',
  '"\\u00e9\\t"',
];
const properties = ["&n ", "&m ", "!t ", "!!str ", "!reset ", "&n\n", "!e!x ", "! ", "&é "];
const comments = [" # c", "\n# c", "\n      # c", "#c", "\t# c"];
export const oddPieces = [
  "\t",
  "\r\n",
  "---\n",
  "--- ",
  "...\n",
  "%YAML 1.1\n---\n",
  "%TAG !e! x:\n---\n",
  ": ",
  "? ",
  "- ",
  "?",
  ":",
  "*n",
  "*n : v\n",
  "[",
  "]",
  "{",
  "}",
  ",",
  "|",
  ">",
  "@",
  "`",
  "%",
  " ",
  "\n",
  "\n\n",
  "  ",
  "\x85",
  "\u2028",
  "\r",
  "-\t",
  "&",
  "*",
  "!",
  "'",
  '"',
  "#",
  "\\",
];

/** A text of a few lines to a few dozen; three in four with something odd put in or taken out. */
export function randomYaml(random: Random): string {
  const writer = new YamlWriter(random);
  let text = "";
  for (let documents = random.int(12) === 0 ? 2 : 1; documents > 0; documents--) {
    if (text !== "" || random.int(8) === 0)
      text += random.pick(["---\n", "--- # c\n", "...\n---\n"]);
    text += writer.block(0, 0);
  }
  for (let edits = random.int(4); edits > 0; edits--) {
    const at = random.int(text.length + 1);
    const cut = random.int(3) === 0 ? random.int(6) : 0;
    text =
      text.slice(0, at) +
      (random.int(4) === 0 ? "" : random.pick(oddPieces)) +
      text.slice(at + cut);
  }
  return random.int(10) === 0 ? text.replaceAll("\n", "\r\n") : text;
}

class YamlWriter {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** Lines at an indentation, each with its line break. */
  block(indent: number, depth: number): string {
    const { random } = this;
    const list = depth > 0 && random.int(3) === 0;
    const size = 1 + random.int(depth > 2 ? 2 : 4);
    let text = "";
    for (let i = 0; i < size; i++) {
      if (random.int(8) === 0)
        text += random.pick(["\n", "# c\n", `${" ".repeat(indent)}# c\n`, " \n"]);
      text += " ".repeat(indent) + (list ? this.item(indent, depth) : this.entry(indent, depth));
    }
    return text;
  }

  private item(indent: number, depth: number): string {
    const { random } = this;
    const mark = random.pick(["- ", "- ", "-   ", "-"]);
    if (depth > 3 || mark === "-" || random.int(2) === 0) return mark + this.value(indent, depth);
    const inner = indent + mark.length;
    return mark + this.block(inner, depth + 1).trimStart();
  }

  private entry(indent: number, depth: number): string {
    const { random } = this;
    if (random.int(25) === 0) {
      const key = this.value(indent, depth + 2);
      return `? ${key}${random.int(3) === 0 ? "" : `${" ".repeat(indent)}: ${this.value(indent, depth)}`}`;
    }
    const before = random.int(20) === 0 ? random.pick(properties) : "";
    const key =
      random.int(30) === 0 ? random.pick(["[a, b]", "{a: b}", "*n ", "a\\b"]) : random.pick(keys);
    const colon = random.pick([":", ":", ":", ":", ": ", " :", ":  "]);
    return `${before}${key}${colon}${this.value(indent, depth)}`;
  }

  /** What stands behind a key or a dash, to the end of its last line. */
  private value(indent: number, depth: number): string {
    const { random } = this;
    const kind = random.int(16);
    const before = random.int(10) === 0 ? random.pick(properties) : "";
    const comment = random.int(10) === 0 ? random.pick(comments) : "";
    if (kind < 5 && depth < 4) {
      const inner = indent + random.pick([2, 2, 2, 4, 1, 0]);
      return `${before === "" ? "" : ` ${before.trim()}`}${comment}\n${this.block(inner, depth + 1)}`;
    }
    if (kind === 5) return ` ${before}${this.flow(0)}${comment}\n`;
    if (kind === 6) return ` ${before}${this.scalarBlock(indent)}`;
    if (kind === 7) return ` ${before}${random.pick(quoted)}${comment}\n`;
    if (kind === 8) return ` *${random.pick(["n", "m"])}${comment}\n`;
    if (kind === 9) return `${comment}\n`;
    if (kind === 10) {
      const more = " ".repeat(indent + random.int(4));
      return ` ${before}${random.pick(words)}\n${random.int(3) === 0 ? "\n" : ""}${more}${random.pick(words)}\n`;
    }
    return ` ${before}${random.pick(words)}${comment}\n`;
  }

  private scalarBlock(indent: number): string {
    const { random } = this;
    const header = random.pick(["|", ">"]) + random.pick(["", "", "-", "+", "2", "1-", "+3", "0"]);
    let text = header + random.pick(["", "", " # c", "#c"]) + "\n";
    const inner = indent + random.int(4);
    for (let lines = random.int(5); lines > 0; lines--) {
      const deeper = " ".repeat(inner + random.pick([0, 0, 0, 1, 2]));
      text +=
        random.pick([
          `${deeper}text`,
          `${deeper}# c`,
          "",
          `${deeper}\ttab`,
          `${deeper}k: v`,
          "  ",
        ]) + "\n";
    }
    return text;
  }

  private flow(depth: number): string {
    const { random } = this;
    const space = () => random.pick(["", "", " ", "\n ", " # c\n  "]);
    const item = (): string => {
      const kind = random.int(depth > 2 ? 6 : 8);
      if (kind > 5) return this.flow(depth + 1);
      if (kind === 5) return random.pick(properties).trimEnd() + " a";
      if (kind === 4)
        return random.pick(["? a : b", "? a", "*n", "", "a:", ": b", "-", "- a", "'k':v"]);
      return random.pick(kind < 2 ? words : quoted);
    };
    const pair = (): string => `${item()}${random.pick([": ", ":", "", " : "])}${item()}`;
    const list = random.int(2) === 0;
    const items = Array.from({ length: random.int(4) }, () =>
      (list && random.int(4) > 0) || random.int(6) === 0 ? item() : pair(),
    );
    const inner = items.map((text) => space() + text).join(`${random.pick(["", " "])},`);
    const last = random.int(8) === 0 ? "," : "";
    return `${list ? "[" : "{"}${inner}${last}${space()}${list ? "]" : "}"}`;
  }
}
