import { UserError } from "../workbench/presentError";
import { attempt } from "./attempt";
import type { CommandDeps, EngineClient } from "./deps";
import { isRunning, tieOnEngine } from "./subject";
import type { Tie } from "./target";

/** Shows what the container itself sees: `ip addr` and `ip route` in one document. */
export async function showAddresses(
  deps: Pick<CommandDeps, "inventory" | "view" | "documents">,
  target?: unknown,
): Promise<void> {
  const subject = await tieOnEngine(deps, target, "Whose addresses to show", isRunning);
  if (!subject) return;
  const { client, tie } = subject;
  const { name, running } = tie.container;
  if (!running) throw new UserError(`Container ${name} is not running: start it first.`);
  const text = await attempt(`show the addresses of ${name}`, () => addressesText(client, tie));
  await deps.documents.open(["container", `${name} addresses.txt`], text);
}

async function addressesText(
  client: EngineClient,
  { container, attachment }: Tie,
): Promise<string> {
  const commands = [
    ["ip", "addr"],
    ["ip", "route"],
    ...(attachment.ipv6 ? [["ip", "-6", "route"]] : []),
  ];
  const parts: string[] = [];
  for (const argv of commands) {
    const { output, exitCode } = await client.exec(container.id, argv);
    // 126 and 127: the engine or a shell found no such program.
    if (exitCode === 126 || exitCode === 127 || output.includes("executable file not found")) {
      throw new UserError(
        `Container ${container.name} has no program "ip": its image was built without iproute2 or busybox. The tree shows the addresses that the engine gave it.`,
      );
    }
    parts.push(`# ${argv.join(" ")}\n${output.trimEnd()}\n`);
  }
  return parts.join("\n");
}
