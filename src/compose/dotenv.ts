/** Reads `.env` files as compose-go's dotenv package does, for the variables of compose files. */
import { type InterpolationError, cutValue, interpolate } from "./interpolate";

/** Why Compose cannot read a file of variables. */
export interface DotenvError {
  /** In Compose's words. */
  readonly words: string;
  /** Where the assignment begins, and its line ends. */
  readonly from: number;
  readonly to: number;
}

export interface Dotenv {
  /** The file's own variables and those of `before`. */
  readonly own: ReadonlyMap<string, string>;
  readonly error: DotenvError | undefined;
}

/**
 * The variables of a file. Single quotes are literal; other values may use variables, first those of
 * `outer`, then those set further up or in `before`, over which this file wins; ` #` ends an unquoted
 * value. What stands behind an error is not read.
 */
export function parseDotenv(
  text: string,
  outer: ReadonlyMap<string, string> = new Map(),
  before: ReadonlyMap<string, string> = new Map(),
): Dotenv {
  const own = new Map(before);
  const parser = new DotenvParser(text, (name) => outer.get(name) ?? own.get(name));
  const error = parser.read(own);
  return { own, error };
}

/** What most names are; the rest is looked at letter by letter. */
const plainName = /[A-Za-z0-9_.-]*/y;
const exported = /export\s+/y;
/** A blank that does not end a line. */
const blanks = /[\t\v\f\r \u0085\u00a0]*/y;

class DotenvParser {
  private readonly text: string;
  private readonly lookUp: (name: string) => string | undefined;
  private at = 0;

  constructor(text: string, lookUp: (name: string) => string | undefined) {
    this.text = text;
    this.lookUp = lookUp;
    if (text.startsWith("\uFEFF")) this.at = 1;
  }

  /** Sets the variables up to the first error, and gives that. */
  read(into: Map<string, string>): DotenvError | undefined {
    while (this.atStatement()) {
      const start = this.at;
      const key = this.key();
      if ("words" in key) return this.error(start, key.words);
      const { name, inherited } = key;
      if (name.includes(" ")) return this.error(start, "key cannot contain a space");
      if (inherited) {
        const value = this.lookUp(name);
        if (value !== undefined) into.set(name, value);
        continue;
      }
      const valueAt = this.at;
      const value = this.value();
      if (value === undefined) {
        const written = this.text.slice(valueAt, this.lineEnd(valueAt));
        const words = `unterminated quoted value ${written}`;
        return this.error(start, words, this.lineOf(this.text.length));
      }
      if (value.error) return this.plainError(start, substitutionWords(value.error));
      into.set(name, value.text);
    }
    return undefined;
  }

  /** Goes to the next assignment, over empty lines and comments. */
  private atStatement(): boolean {
    for (;;) {
      while (/\s/.test(this.text[this.at] ?? "")) this.at++;
      if (this.text[this.at] !== "#") return this.at < this.text.length;
      this.at = this.lineEnd(this.at);
    }
  }

  private key(): { name: string; inherited: boolean } | { words: string } {
    exported.lastIndex = this.at;
    if (exported.test(this.text)) {
      this.at += "export".length;
      this.skipBlanks();
    }
    const from = this.at;
    plainName.lastIndex = from;
    plainName.test(this.text);
    for (let i = plainName.lastIndex; i < this.text.length;) {
      const char = String.fromCodePoint(this.text.codePointAt(i) ?? 0);
      if (char === "=" || char === ":" || char === "\n") {
        this.at = i + 1;
        this.skipBlanks();
        return { name: this.text.slice(from, i).trimEnd(), inherited: char === "\n" };
      }
      if (!/[\t\v\f\r \u0085\u00a0_.\-[\]\p{L}\p{N}]/u.test(char)) {
        const line = JSON.stringify(this.text.slice(from, this.lineEnd(from)));
        return { words: `unexpected character ${JSON.stringify(char)} in variable name ${line}` };
      }
      i += char.length;
    }
    // A name that the file ends with is the value of a variable without one.
    return { name: "", inherited: false };
  }

  /** The value at the current offset; undefined where its quote does not end. */
  private value(): { text: string; error: InterpolationError | undefined } | undefined {
    const quote = this.text[this.at];
    if (quote !== "'" && quote !== '"') {
      const end = this.lineEnd(this.at);
      const [written = ""] = this.text.slice(this.at, end).split(" #");
      this.at = end + 1;
      return this.substituted(written.trimEnd());
    }
    let inner = "";
    const special = quote === "'" ? /['\\]/g : /["\\]/g;
    for (let from = this.at + 1; ;) {
      special.lastIndex = from;
      const at = special.exec(this.text)?.index;
      if (at === undefined) return undefined;
      inner += this.text.slice(from, at);
      if (this.text[at] === quote) {
        this.at = at + 1;
        return quote === '"'
          ? this.substituted(unescape(inner))
          : { text: inner, error: undefined };
      }
      const next = this.text[at + 1];
      if (next === undefined) return undefined;
      inner += next === quote ? quote : `\\${next}`;
      from = at + 2;
    }
  }

  private substituted(source: string): { text: string; error: InterpolationError | undefined } {
    if (!source.includes("$")) return { text: source, error: undefined };
    const names = [...source.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)].map(([name]) => name);
    const known = new Map<string, string>();
    for (const name of names) {
      const value = this.lookUp(name);
      if (value !== undefined) known.set(name, value);
    }
    const { text, error, cut } = interpolate(source, known);
    return { text: cut === true ? cutValue : text, error };
  }

  private skipBlanks(): void {
    blanks.lastIndex = this.at;
    this.at += blanks.exec(this.text)?.[0].length ?? 0;
  }

  private lineEnd(at: number): number {
    const end = this.text.indexOf("\n", at);
    return end < 0 ? this.text.length : end;
  }

  private lineOf(at: number): number {
    return this.text.slice(0, at).split("\n").length;
  }

  private error(from: number, words: string, line = this.lineOf(from)): DotenvError {
    return this.plainError(from, `line ${line}: ${words}`);
  }

  private plainError(from: number, words: string): DotenvError {
    return { words, from, to: this.lineEnd(from) };
  }
}

function substitutionWords(error: InterpolationError): string {
  if (error.kind === "format") return `Invalid template: ${JSON.stringify(error.template)}`;
  const reason = error.reason === "" ? "" : `: ${error.reason}`;
  return `required variable ${error.variable} is missing a value${reason}`;
}

const escapes: Readonly<Record<string, string>> = {
  ...{ a: "\u0007", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" },
  // A dollar sign that is none of a variable.
  $: "$$",
};

function unescape(text: string): string {
  return text.replace(
    /\\(?:0([0-9]{0,3})|([abcfnrtv$"\\]))/g,
    (whole, octal?: string, char = "") => {
      if (octal !== undefined) {
        const code = /^[0-3][0-7]{2}$/.test(octal) ? parseInt(octal, 8) : undefined;
        return code === undefined ? `\\${octal}` : String.fromCharCode(code);
      }
      return escapes[char as string] ?? (char === "c" ? whole : (char as string));
    },
  );
}
