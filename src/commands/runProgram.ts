/** Programs of this machine, without a shell between. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../workbench/presentError";
import { findProgram } from "../inventory/program";

const execute = promisify(execFile);
/** Milliseconds; the programs here answer at once. */
const timeout = 15_000;

/**
 * Runs a program to its end. `argv`: its name, searched in `PATH`, and its arguments as they are.
 * Throws a UserError with the program's own words when it is missing or fails.
 */
export async function runProgram(argv: readonly string[]): Promise<string> {
  const [name = "", ...words] = argv;
  const program = findProgram(name);
  if (!program) throw new UserError(`There is no program ${name} on this machine.`);
  try {
    return (await execute(program, words, { timeout })).stdout;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new UserError(`${argv.join(" ")} failed: ${said || String(error)}`);
  }
}
