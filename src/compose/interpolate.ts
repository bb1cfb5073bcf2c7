/**
 * Variables in scalars, as compose-go's template package substitutes them: `$VAR`, `${VAR}`,
 * `${VAR:-default}` and its kin, nested defaults, `$$`.
 */

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
export function interpolate(source: string, environment: Environment, depth = 0): Interpolation {
  if (depth > deepest) return { text: source, known: false, writable: undefined };
  if (!source.includes("$")) {
    return { text: source, known: true, writable: undefined, error: undefined, unset: noVariables };
  }
  let text = "";
  let known = true;
  let error: InterpolationError | undefined;
  let whole: Interpolation["writable"];
  const unset: UnsetVariable[] = [];
  let at = 0;
  while (at < source.length) {
    const dollar = source.indexOf("$", at);
    if (dollar < 0) break;
    text += source.slice(at, dollar);
    const part = substitution(source, dollar, environment, depth);
    text += part.text;
    known &&= part.known;
    error ??= part.error;
    if (part.unset) unset.push(...part.unset);
    at = part.end;
    if (dollar === 0 && at === source.length) whole = part.writable;
  }
  text += source.slice(at);
  return { text, known, writable: whole, error, unset };
}

interface Part extends Interpolation {
  /** Offset behind the substitution. */
  readonly end: number;
}

function substitution(
  source: string,
  dollar: number,
  environment: Environment,
  depth: number,
): Part {
  const plain = { known: true, writable: undefined };
  const next = source[dollar + 1];
  if (next === "$") return { ...plain, text: "$", end: dollar + 2 };
  if (next !== "{") {
    const name = nameAt(source, dollar + 1);
    const end = dollar + 1 + name.length;
    if (name === "") return { ...plain, text: "$", end };
    return { ...variable(name, environment, dollar + 1), end };
  }
  const name = nameAt(source, dollar + 2);
  const afterName = dollar + 2 + name.length;
  const operator = /^:?[-?+]/.exec(source.slice(afterName, afterName + 2))?.[0] ?? "";
  const close = operator === "" ? afterName : closingBrace(source, dollar);
  if (name === "" || close < 0 || source[close] !== "}") {
    const error = { kind: "format", template: source } as const;
    return { ...plain, known: false, text: source.slice(dollar), end: source.length, error };
  }
  const end = close + 1;
  if (operator === "") return { ...variable(name, environment, dollar + 2), end };
  const operand = { name, operator, from: afterName + operator.length, close };
  return { ...operation(source, operand, environment, depth), end };
}

function variable(name: string, environment: Environment, from: number): Interpolation {
  const value = environment.get(name);
  const unset = value === undefined ? [{ name, from, to: from + name.length }] : [];
  return { text: value ?? "", known: value !== undefined, writable: undefined, unset };
}

/** `${NAME:-text}` and its kin. compose-go substitutes the text even where it is not needed. */
function operation(
  source: string,
  part: { name: string; operator: string; from: number; close: number },
  environment: Environment,
  depth: number,
): Interpolation {
  const { name, operator, from, close } = part;
  const value = environment.get(name);
  const set = value !== undefined && !(operator.startsWith(":") && value === "");
  const written = source.slice(from, close);
  const inner = interpolate(written, environment, depth + 1);
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
  const shifted = inner.unset?.map((unset) => ({
    name: unset.name,
    from: from + unset.from,
    to: from + unset.to,
  }));
  const nested = inner.writable && {
    from: from + inner.writable.from,
    to: from + inner.writable.to,
  };
  const writable = written.includes("$") ? nested : { from, to: close };
  return {
    ...inner,
    unset: shifted ?? [],
    writable: operator.endsWith("-") ? writable : undefined,
  };
}

function nameAt(source: string, at: number): string {
  namePattern.lastIndex = at;
  return namePattern.exec(source)?.[0] ?? "";
}

/**
 * Offset of the brace that closes the substitution at `dollar`, or -1. As compose-go counts: every
 * brace opens a level, whatever stands right behind it; where the count does not come out, the last
 * brace of the line closes. The text of an operator ends with its line.
 */
function closingBrace(source: string, dollar: number): number {
  const lineBreak = source.indexOf("\n", dollar);
  const lineEnd = lineBreak < 0 ? source.length : lineBreak;
  let depth = 0;
  for (let i = dollar; i < lineEnd; i++) {
    if (source[i] === "}" && --depth === 0) return i;
    if (source[i] === "{") {
      depth++;
      i++;
    }
  }
  const last = source.slice(0, lineEnd).lastIndexOf("}");
  return last > dollar ? last : -1;
}

/** What compose-go says of the error; `path` names the value with dots: `services.web.image`. */
export function interpolationMessage(error: InterpolationError, path: string): string {
  if (error.kind === "format") {
    return `invalid interpolation format for ${path}.\nYou may need to escape any $ with another $.\n${error.template}`;
  }
  const reason = error.reason === "" ? "" : `: ${error.reason}`;
  return `error while interpolating ${path}: required variable ${error.variable} is missing a value${reason}`;
}
