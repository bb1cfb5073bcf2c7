import { attempt } from "./attempt";
import type { CommandDeps } from "./deps";
import { isRunning, tieOnEngine } from "./subject";

/** Stops a container; one that was run with --rm is then gone, as Docker does it. */
export async function stopContainer(
  deps: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
): Promise<void> {
  const subject = await tieOnEngine(deps, target, "Which container to stop", isRunning);
  if (!subject) return;
  const { client, tie } = subject;
  await attempt(`stop container ${tie.container.name}`, async () => {
    await client.stopContainer(tie.container.id);
    await deps.inventory.refresh();
  });
}
