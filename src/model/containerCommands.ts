/** Command lines of the `docker` client that make, start and remove a container, as argument lists. */
import { containerWords } from "./dockerCommand";
import type { RunSpec } from "./runSpec";

/** `docker create`; with `docker start` behind it the same as `docker run -d`. */
export function createContainerCommand(run: RunSpec): string[] {
  const argv = ["docker", "create"];
  if (run.interactive) argv.push("--rm", "-it");
  return [...argv, ...containerWords({ ...run, network: run.networkName })];
}

export function startContainerCommand(name: string): string[] {
  return ["docker", "start", ...operand(name)];
}

/** Whether it runs or not. */
export function removeContainerCommand(name: string): string[] {
  return ["docker", "rm", "-f", ...operand(name)];
}

/** Behind `--` where it would be taken for an option. */
function operand(text: string): string[] {
  return text.startsWith("-") ? ["--", text] : [text];
}
