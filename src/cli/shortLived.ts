/** What Node's engine is told of a process that is over in less than a second. */
import { setFlagsFromString } from "node:v8";

/**
 * How much a function runs before V8 compiles it with all optimisations: about fifteen times what it takes by itself
 * (bytes of bytecode, `node --v8-options`). Most functions of a check are over before that has paid off: it takes
 * more processor time than the check. V8 reads the number whenever it sets a function's budget anew, so it may be
 * changed in a process that runs.
 */
const interruptBudget = 1_000_000;

/**
 * To be called before the work begins. Later V8 than that of Node 20 has no such number (it counts calls), and says so
 * on the error output when it is told one.
 */
export function optimiseLess(v8 = process.versions.v8, tell = setFlagsFromString): void {
  if (Number.parseInt(v8, 10) > 11) return;
  tell(`--interrupt-budget=${interruptBudget}`);
}
