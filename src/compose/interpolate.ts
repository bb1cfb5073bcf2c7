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
  readonly error?: string;
}

const namePattern = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Substitutes the variables of one scalar. Never throws. */
export function interpolate(source: string, environment: Environment): Interpolation {
  let text = "";
  let known = true;
  let error: string | undefined;
  let whole: { from: number; to: number } | undefined;
  let at = 0;
  while (at < source.length) {
    const dollar = source.indexOf("$", at);
    if (dollar < 0) break;
    text += source.slice(at, dollar);
    const part = substitution(source, dollar, environment);
    text += part.text;
    known &&= part.known;
    error ??= part.error;
    at = part.end;
    if (dollar === 0 && at === source.length) whole = part.writable;
  }
  text += source.slice(at);
  return { text, known, writable: whole, ...(error === undefined ? {} : { error }) };
}

interface Part extends Interpolation {
  /** Offset behind the substitution. */
  readonly end: number;
}

function substitution(source: string, dollar: number, environment: Environment): Part {
  const literal = (end: number, text: string): Part => ({
    text,
    known: true,
    writable: undefined,
    end,
  });
  const next = source[dollar + 1];
  if (next === "$") return literal(dollar + 2, "$");
  if (next !== "{") {
    const name = nameAt(source, dollar + 1);
    if (name === "") return literal(dollar + 1, "$");
    const end = dollar + 1 + name.length;
    const value = environment.get(name);
    return { text: value ?? "", known: value !== undefined, writable: undefined, end };
  }
  const close = closingBrace(source, dollar + 2);
  const name = nameAt(source, dollar + 2);
  const afterName = dollar + 2 + name.length;
  const operator = /^:?[-?+]/.exec(source.slice(afterName, afterName + 2))?.[0] ?? "";
  if (close < 0 || name === "" || (operator === "" && afterName !== close)) {
    const error = `invalid interpolation format: "${source}". You may need to escape any $ with another $`;
    return {
      text: source.slice(dollar),
      known: false,
      writable: undefined,
      end: source.length,
      error,
    };
  }
  const from = afterName + operator.length;
  const value = environment.get(name);
  const set = value !== undefined && !(operator.startsWith(":") && value === "");
  return {
    ...operand(source, { name, operator, from, close }, value, set, environment),
    end: close + 1,
  };
}

function operand(
  source: string,
  part: { name: string; operator: string; from: number; close: number },
  value: string | undefined,
  set: boolean,
  environment: Environment,
): Interpolation {
  const { operator, from, close } = part;
  const inner = () => {
    const result = interpolate(source.slice(from, close), environment);
    const plain = !source.slice(from, close).includes("$");
    const nested = result.writable && {
      from: from + result.writable.from,
      to: from + result.writable.to,
    };
    return { ...result, writable: plain ? { from, to: close } : nested };
  };
  const direct = (text: string, known: boolean): Interpolation => ({
    text,
    known,
    writable: undefined,
  });
  if (operator.endsWith("-")) return set ? direct(value ?? "", true) : inner();
  if (operator.endsWith("+")) {
    // Unset or empty gives the variable's own value, that is nothing, as in a shell.
    return set ? { ...inner(), writable: undefined } : direct(value ?? "", true);
  }
  // Unset with `?` is an error in Compose, but who runs it may set it: unknown.
  return direct(value ?? "", set);
}

function nameAt(source: string, at: number): string {
  namePattern.lastIndex = at;
  return namePattern.exec(source)?.[0] ?? "";
}

/** Offset of the brace that closes the one before `at`, nested substitutions skipped; -1 if none. */
function closingBrace(source: string, at: number): number {
  let depth = 1;
  for (let i = at; i < source.length; i++) {
    if (source.startsWith("${", i)) depth++;
    else if (source[i] === "}" && --depth === 0) return i;
  }
  return -1;
}
