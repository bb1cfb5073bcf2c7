/**
 * Variables in scalars, as compose-go's template package substitutes them: `$VAR`, `${VAR}`,
 * `${VAR:-default}` and its kin, nested defaults, `$$`.
 */
import { Braces } from "./interpolationBraces";

/** Values of variables; a name that is absent is unset. */
export type Environment = ReadonlyMap<string, string>;

export interface Interpolation {
  readonly text: string;
  /** False when an unset variable without default takes part: the real text cannot be known. */
  readonly known: boolean;
  /**
   * Where in the source an edit sets the whole value: the default of `${VAR:-default}` when that
   * is all there is. Absent when several parts make the value.
   */
  readonly writable: { readonly from: number; readonly to: number } | undefined;
  /** Set when compose-go refuses the text. */
  readonly error?: InterpolationError | undefined;
  /** Variables that are not set and have no default, each where it stands first in the source. */
  readonly unset?: readonly UnsetVariable[];
  /** There is more of it than is followed: the text is not what Compose makes of it. */
  readonly cut?: boolean;
}

export type InterpolationError =
  | { readonly kind: "format"; readonly template: string }
  | { readonly kind: "required"; readonly variable: string; readonly reason: string };

export interface UnsetVariable {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const namePattern = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Defaults inside of defaults that are followed: what a deeper one says is not known. */
const deepest = 100;

/** Characters that a text may become: variables of .env files that hold each other twice double it line by line. */
const longestText = 1_000_000;

/**
 * In place of the value of a variable that is cut: set, not empty, and too long itself, so that no text with it is known
 * either. One string for all of them.
 */
export const cutValue = "x".repeat(longestText + 1);

/** What texts became, by the variables they were read with: a file says the same in many places. */
const known = new WeakMap<Environment, KnownTexts>();
/** Texts that are remembered for one set of variables, and their length. */
const mostKnown = 5000;
const longestKnown = 300;

interface KnownTexts {
  readonly short: Map<string, Interpolation>;
  /** The last longer one: several checks ask for each value, one behind the other. */
  long: { readonly source: string; readonly result: Interpolation } | undefined;
}

/** As `interpolate`; of a text that was seen before, the same result. */
export function interpolated(source: string, environment: Environment): Interpolation {
  let texts = known.get(environment);
  if (!texts) known.set(environment, (texts = { short: new Map(), long: undefined }));
  if (source.length > longestKnown) {
    if (texts.long?.source !== source) {
      texts.long = { source, result: interpolate(source, environment) };
    }
    return texts.long.result;
  }
  let result = texts.short.get(source);
  if (!result) {
    result = interpolate(source, environment);
    if (texts.short.size >= mostKnown) texts.short.clear();
    texts.short.set(source, result);
  }
  return result;
}

const noVariables: readonly UnsetVariable[] = [];

/** Substitutes the variables of one scalar. Never throws. */
export function interpolate(source: string, environment: Environment): Interpolation {
  if (!source.includes("$")) {
    return { text: source, known: true, writable: undefined, error: undefined, unset: noVariables };
  }
  return substitute({ source, environment, braces: new Braces(source) }, 0, source.length, 0);
}

interface Template {
  readonly source: string;
  readonly environment: Environment;
  readonly braces: Braces;
}

/** The variables between two offsets of a template: the default of a variable is a part of the text that it stands in. */
function substitute(template: Template, from: number, to: number, depth: number): Interpolation {
  const { source } = template;
  if (depth > deepest) {
    return { text: source.slice(from, to), known: false, writable: undefined, cut: true };
  }
  let text = "";
  let known = true;
  let cut = false;
  let error: InterpolationError | undefined;
  let whole: Interpolation["writable"];
  const unset = new UnsetList();
  let at = from;
  while (at < to) {
    const dollar = source.indexOf("$", at);
    if (dollar < 0 || dollar >= to) break;
    text += source.slice(at, dollar);
    const part = substitution(template, dollar, from, to, depth);
    text += part.text;
    known &&= part.known;
    cut ||= part.cut === true;
    error ??= part.error;
    unset.add(part.unset ?? noVariables);
    if (text.length > longestText) {
      return { text: "", known: false, writable: undefined, error, cut: true };
    }
    at = part.end;
    if (dollar === from && at === to) whole = part.writable;
  }
  text += source.slice(at, to);
  return { text, known, writable: whole, error, unset: unset.variables, cut };
}

/** Variables that are not set, each name once. */
class UnsetList {
  variables: readonly UnsetVariable[] = noVariables;
  private own: { readonly list: UnsetVariable[]; readonly names: Set<string> } | undefined;

  add(more: readonly UnsetVariable[]): void {
    if (more.length === 0) return;
    if (this.variables.length === 0) {
      // What a default says of the one inside of it needs no copy: there may be a hundred levels of many.
      this.variables = more;
      return;
    }
    if (!this.own) {
      const names = new Set(this.variables.map(({ name }) => name));
      this.own = { list: [...this.variables], names };
      this.variables = this.own.list;
    }
    for (const variable of more) {
      if (this.own.names.has(variable.name)) continue;
      this.own.names.add(variable.name);
      this.own.list.push(variable);
    }
  }
}

interface Part extends Interpolation {
  /** Offset behind the substitution. */
  readonly end: number;
}

/** The one at `dollar`, in the text that goes from `start` to `limit`. */
function substitution(
  template: Template,
  dollar: number,
  start: number,
  limit: number,
  depth: number,
): Part {
  const { source, environment, braces } = template;
  const plain = { known: true, writable: undefined };
  const next = dollar + 1 < limit ? source[dollar + 1] : undefined;
  if (next === "$") return { ...plain, text: "$", end: dollar + 2 };
  if (next !== "{") {
    const name = nameAt(source, dollar + 1, limit);
    const end = dollar + 1 + name.length;
    if (name === "") return { ...plain, text: "$", end };
    return { ...variable(name, environment, dollar + 1), end };
  }
  const name = nameAt(source, dollar + 2, limit);
  const afterName = dollar + 2 + name.length;
  const written = source.slice(afterName, Math.min(afterName + 2, limit));
  const operator = /^:?[-?+]/.exec(written)?.[0] ?? "";
  const close = operator === "" ? afterName : braces.closing(dollar, limit, depth);
  if (name === "" || close < 0 || close >= limit || source[close] !== "}") {
    const error = { kind: "format", template: source.slice(start, limit) } as const;
    return { ...plain, known: false, text: source.slice(dollar, limit), end: limit, error };
  }
  const end = close + 1;
  if (operator === "") return { ...variable(name, environment, dollar + 2), end };
  const operand = { name, operator, from: afterName + operator.length, close };
  return { ...operation(template, operand, depth), end };
}

function variable(name: string, environment: Environment, from: number): Interpolation {
  const value = environment.get(name);
  const unset = value === undefined ? [{ name, from, to: from + name.length }] : [];
  return { text: value ?? "", known: value !== undefined, writable: undefined, unset };
}

/** `${NAME:-text}` and its kin. compose-go substitutes the text even where it is not needed. */
function operation(
  template: Template,
  part: { name: string; operator: string; from: number; close: number },
  depth: number,
): Interpolation {
  const { name, operator, from, close } = part;
  const value = template.environment.get(name);
  const set = value !== undefined && !(operator.startsWith(":") && value === "");
  const inner = substitute(template, from, close, depth + 1);
  const own: Interpolation = {
    text: value ?? "",
    known: true,
    writable: undefined,
    error: inner.error,
  };
  if (operator.endsWith("?")) {
    if (set) return own;
    const error: InterpolationError = { kind: "required", variable: name, reason: inner.text };
    return { ...own, known: false, error: inner.error ?? error };
  }
  // Unset or empty with `+` gives the variable's own value, that is nothing, as in a shell.
  if (operator.endsWith("-") === set) return own;
  const dollar = template.source.indexOf("$", from);
  const writable = dollar >= 0 && dollar < close ? inner.writable : { from, to: close };
  return {
    ...inner,
    unset: inner.unset ?? [],
    writable: operator.endsWith("-") ? writable : undefined,
  };
}

function nameAt(source: string, at: number, limit: number): string {
  namePattern.lastIndex = at;
  const name = namePattern.exec(source)?.[0] ?? "";
  return at + name.length > limit ? source.slice(at, limit) : name;
}

/** What compose-go says of the error; `path` names the value with dots: `services.web.image`. */
export function interpolationMessage(error: InterpolationError, path: string): string {
  if (error.kind === "format") {
    return `invalid interpolation format for ${path}.\nYou may need to escape any $ with another $.\n${error.template}`;
  }
  const reason = error.reason === "" ? "" : `: ${error.reason}`;
  return `error while interpolating ${path}: required variable ${error.variable} is missing a value${reason}`;
}
