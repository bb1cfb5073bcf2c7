/** `.env` files and what else decides variables, as compose-go's dotenv and cli packages read them. */
import { type Environment, interpolate } from "./interpolate";

const keyPattern = /^(?:export[ \t]+)?([A-Za-z0-9_.[\]-]+)[ \t]*(?:([=:])[ \t]*|$)/;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/**
 * The variables of a `.env` text: `KEY=value`, `KEY: value`, `export KEY=value`, quotes, comments,
 * variables inside values (`outer` first, then earlier lines). A value that depends on an unset
 * variable and a bare `KEY` that `outer` lacks are left out: they cannot be known. Lines that are
 * none of these are passed over.
 */
export function parseDotEnv(text: string, outer: Environment = new Map()): Map<string, string> {
  const found = new Map<string, string>();
  const scope = new Map(outer);
  const add = (key: string, value: string | undefined) => {
    if (value === undefined) return;
    found.set(key, value);
    if (!outer.has(key)) scope.set(key, value);
  };
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? "").trimStart();
    const match = keyPattern.exec(line);
    const key = match?.[1];
    if (!match || key === undefined) continue;
    if (match[2] === undefined) {
      add(key, outer.get(key));
      continue;
    }
    let rest = line.slice(match[0].length);
    const quote = /^["']/.exec(rest)?.[0];
    if (quote === undefined) {
      add(key, substituted(unquoted(rest), scope));
      continue;
    }
    let end = closingQuote(rest, quote);
    // A quoted value may go on over several lines.
    while (end < 0 && i + 1 < lines.length) {
      i++;
      rest += `\n${lines[i] ?? ""}`;
      end = closingQuote(rest, quote);
    }
    if (end < 0) break;
    const inner = rest.slice(1, end);
    add(key, quote === "'" ? inner : substituted(unescape(inner), scope));
  }
  return found;
}

/**
 * What Compose interpolates with: the process's own variables win; of several files the later wins
 * over the earlier (compose-go cli.WithEnvFiles, WithDotEnv).
 */
export function projectEnvironment(
  process: Readonly<Record<string, string | undefined>>,
  files: readonly string[],
): Map<string, string> {
  const outer = new Map<string, string>();
  for (const [key, value] of Object.entries(process)) {
    if (value !== undefined) outer.set(key, value);
  }
  const variables = new Map<string, string>();
  for (const text of files) {
    for (const [key, value] of parseDotEnv(text, outer)) variables.set(key, value);
  }
  return new Map([...variables, ...outer]);
}

/** The profiles that `COMPOSE_PROFILES` activates. */
export function environmentProfiles(environment: Environment): string[] {
  const text = environment.get("COMPOSE_PROFILES") ?? "";
  return text.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
}

/** Without a comment (` #` begins one) and without blanks around. */
function unquoted(rest: string): string {
  const comment = /(?:^|[ \t])#/.exec(rest);
  return (comment ? rest.slice(0, comment.index) : rest).trim();
}

function substituted(text: string, scope: Environment): string | undefined {
  const { text: result, known, error } = interpolate(text, scope);
  return known && error === undefined ? result : undefined;
}

function unescape(inner: string): string {
  return inner.replace(/\\([nrt"\\])/g, (_, code: string) => escapes[code] ?? code);
}

/** Offset of the quote that ends a value beginning with it, backslashes skipped; -1 when it goes on. */
function closingQuote(text: string, quote: string): number {
  for (let i = 1; i < text.length; i++) {
    if (text[i] === "\\" && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}
