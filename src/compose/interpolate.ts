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
  /** Variables that are not set and have no default, where they stand in the source. */
  readonly unset?: readonly UnsetVariable[];
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

/** What texts became, by the variables they were read with: a file says the same in many places. */
const known = new WeakMap<Environment, Map<string, Interpolation>>();
/** Texts that are remembered for one set of variables, and their length. */
const mostKnown = 5000;
const longestKnown = 300;

/** As `interpolate`; of a text that was seen before, the same result. */
export function interpolated(source: string, environment: Environment): Interpolation {
  let texts = known.get(environment);
  if (!texts) known.set(environment, (texts = new Map<string, Interpolation>()));
  let result = texts.get(source);
  if (!result) {
    result = interpolate(source, environment);
    if (texts.size >= mostKnown) texts.clear();
    if (source.length <= longestKnown) texts.set(source, result);
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
  if (depth > deepest) return { text: source.slice(from, to), known: false, writable: undefined };
  let text = "";
  let known = true;
  let error: InterpolationError | undefined;
  let whole: Interpolation["writable"];
  const unset: UnsetVariable[] = [];
  let at = from;
  while (at < to) {
    const dollar = source.indexOf("$", at);
    if (dollar < 0 || dollar >= to) break;
    text += source.slice(at, dollar);
    const part = substitution(template, dollar, from, to, depth);
    text += part.text;
    known &&= part.known;
    error ??= part.error;
    // One by one: a default may have more of them than a call may have arguments.
    for (const variable of part.unset ?? noVariables) unset.push(variable);
    at = part.end;
    if (dollar === from && at === to) whole = part.writable;
  }
  text += source.slice(at, to);
  return { text, known, writable: whole, error, unset };
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
