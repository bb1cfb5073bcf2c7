/** From argv to a command; everything that is wrong with it is a `CliError`. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { profileOf } from "../model/engineProfile";
import { rules } from "../rules/index";
import type { Severity } from "../rules/rule";
import type { RunOptions } from "../rules/run";
import { CliError } from "./cliError";

export interface ProjectOptions {
  readonly envFiles: readonly string[] | undefined;
  readonly profiles: readonly string[];
  readonly projectName?: string | undefined;
  readonly projectDirectory?: string | undefined;
}

export const formats = ["text", "json", "sarif"] as const;
export type Format = (typeof formats)[number];

export interface CheckCommand extends ProjectOptions {
  readonly kind: "check";
  readonly paths: readonly string[];
  readonly engine: string | undefined;
  readonly facts: string | undefined;
  readonly format: Format;
  readonly fix: boolean;
  /** Lowest severity that is shown. */
  readonly severity: Severity;
  readonly isolate: boolean;
  /** Severities other than the rules' own. */
  readonly overrides: NonNullable<RunOptions["overrides"]>;
}

export interface ResolveCommand extends ProjectOptions {
  readonly kind: "resolve";
  /** A folder, or files of which each is put onto those before it. */
  readonly paths: readonly string[];
}

export interface RulesCommand {
  readonly kind: "rules";
  readonly format: "text" | "json";
}

export type Command =
  | CheckCommand
  | ResolveCommand
  | RulesCommand
  | { readonly kind: "help" }
  | { readonly kind: "version" };

export const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

const general = { help: { type: "boolean", short: "h" }, version: { type: "boolean" } } as const;
const projectFlags = {
  "env-file": { type: "string", multiple: true },
  profile: { type: "string", multiple: true },
} as const;

/** `argv` without the program and the script. */
export function readArguments(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (argv.includes("--help") || argv.includes("-h") || name === "help") return { kind: "help" };
  if (argv.includes("--version")) return { kind: "version" };
  switch (name) {
    case "check":
      return readCheck(rest);
    case "resolve":
      return readResolve(rest);
    case "rules":
      return readRules(rest);
    case undefined:
      throw new CliError(
        "Say what to do: check, resolve or rules. macvlan-check --help shows how.",
      );
    default:
      throw new CliError(
        `"${name}" is not a command of macvlan-check. The commands are check, resolve and rules; ` +
          "to check a file: macvlan-check check PATH",
      );
  }
}

function readCheck(args: readonly string[]): CheckCommand {
  const { values, positionals } = parse(args, {
    ...general,
    ...projectFlags,
    engine: { type: "string" },
    facts: { type: "string" },
    format: { type: "string" },
    fix: { type: "boolean" },
    severity: { type: "string" },
    isolate: { type: "boolean" },
    rule: { type: "string", multiple: true },
  });
  if (positionals.length === 0) {
    throw new CliError("Name the compose file or folder to check: macvlan-check check PATH");
  }
  if (values.engine !== undefined && !profileOf(values.engine)) {
    throw new CliError(
      `--engine "${values.engine}" is not a version. Give it as docker version shows it, such as 28.5`,
    );
  }
  return {
    kind: "check",
    paths: positionals,
    engine: values.engine,
    facts: values.facts,
    format: oneOf("--format", formats, values.format ?? "text"),
    fix: values.fix ?? false,
    severity: oneOf("--severity", severities, values.severity ?? "hint"),
    isolate: values.isolate ?? false,
    overrides: Object.fromEntries((values.rule ?? []).map(readOverride)),
    envFiles: values["env-file"],
    profiles: values.profile ?? [],
  };
}

/** `RULE=LEVEL` */
function readOverride(text: string): [id: string, level: Severity | "off"] {
  const [id = "", level = ""] = text.split("=");
  if (!rules.some((rule) => rule.id === id)) {
    throw new CliError(`--rule "${text}": "${id}" is no rule. macvlan-check rules lists them.`);
  }
  return [id, oneOf(`--rule ${id}`, ["off", ...severities], level)];
}

function readResolve(args: readonly string[]): ResolveCommand {
  const { values, positionals } = parse(args, {
    ...general,
    ...projectFlags,
    format: { type: "string" },
    "project-name": { type: "string", short: "p" },
    "project-directory": { type: "string" },
  });
  if (positionals.length === 0) {
    throw new CliError("Name the compose file or folder to resolve: macvlan-check resolve PATH");
  }
  if (values.format !== undefined && values.format !== "json") {
    throw new CliError(`--format "${values.format}": resolve prints json only.`);
  }
  return {
    kind: "resolve",
    paths: positionals,
    envFiles: values["env-file"],
    profiles: values.profile ?? [],
    projectName: values["project-name"],
    projectDirectory: values["project-directory"],
  };
}

function readRules(args: readonly string[]): RulesCommand {
  const { values, positionals } = parse(args, { ...general, format: { type: "string" } });
  if (positionals.length > 0) {
    throw new CliError(`rules takes no path; "${positionals.join(" ")}" is too much.`);
  }
  return { kind: "rules", format: oneOf("--format", ["text", "json"], values.format ?? "text") };
}

function parse<T extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError(`${message.split(". To specify")[0] ?? message}. See macvlan-check --help`);
  }
}

function oneOf<T extends string>(option: string, values: readonly T[], text: string): T {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new CliError(`${option} "${text}" is not one of ${values.join(", ")}.`);
}
