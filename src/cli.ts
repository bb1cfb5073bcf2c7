/** Composition root of the command line: reads arguments, runs one command, prints, sets the exit code. */
import { version } from "../package.json";
import { type Format, readArguments } from "./cli/arguments";
import { type CheckResult, check } from "./cli/check";
import { CliError } from "./cli/cliError";
import { jsonReport } from "./cli/jsonReport";
import { resolveProject } from "./cli/resolve";
import { rulesAsJson, rulesAsText } from "./cli/rulesList";
import { sarifReport } from "./cli/sarifReport";
import { optimiseLess } from "./cli/shortLived";
import { textReport } from "./cli/textReport";
import { usage } from "./cli/usage";

function run(argv: readonly string[]): { output: string; exitCode: number } {
  const command = readArguments(argv);
  switch (command.kind) {
    case "help":
      return { output: usage, exitCode: 0 };
    case "version":
      return { output: `${version}\n`, exitCode: 0 };
    case "rules":
      return { output: command.format === "json" ? rulesAsJson() : rulesAsText(), exitCode: 0 };
    case "resolve":
      return { output: resolveProject(command), exitCode: 0 };
    case "check": {
      const result = check(command);
      return { output: reportOf(result, command.format), exitCode: result.errors ? 1 : 0 };
    }
  }
}

function reportOf(result: CheckResult, format: Format): string {
  if (format === "json") return jsonReport(result);
  if (format === "sarif") return sarifReport(result, version);
  const coloured = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
  return textReport(result, coloured);
}

try {
  optimiseLess();
  const { output, exitCode } = run(process.argv.slice(2));
  // Not process.exit: it would cut off what a pipe has not taken yet.
  process.exitCode = exitCode;
  process.stdout.write(output);
} catch (error) {
  process.exitCode = 2;
  const text = error instanceof CliError ? error.message : failure(error);
  process.stderr.write(`macvlan-check: ${text}\n`);
}

function failure(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a mistake in macvlan-check itself, not in your file.\n${detail}`;
}
