import { attempt } from "./attempt";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { tieOf } from "./target";

/** Stops a container; one that was run with --rm is then gone, as Docker does it. */
export async function stopContainer(
  { inventory, view }: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
): Promise<void> {
  const client = await connectedClient(inventory);
  const tie = await tieOf(target, view.roots, "Which container to stop", ({ container }) => {
    return container.running;
  });
  if (!tie) return;
  await attempt(`stop container ${tie.container.name}`, async () => {
    await client.stopContainer(tie.container.id);
    await inventory.refresh();
  });
}
