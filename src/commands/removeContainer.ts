import { attempt } from "./attempt";
import { confirm } from "./confirm";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { tieOf } from "./target";

/** Removes a container, running or not, after a question that names it. `confirmed` skips the question. */
export async function removeContainer(
  { inventory, view }: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const client = await connectedClient(inventory);
  const tie = await tieOf(target, view.roots, "Which container to remove");
  if (!tie) return;
  const { id, name, running } = tie.container;
  const isSure =
    options?.confirmed === true ||
    (await confirm(
      `Remove container ${name}?`,
      running
        ? "It is running and will be killed. What it wrote outside its volumes is lost."
        : "What it wrote outside its volumes is lost.",
      "Remove",
    ));
  if (!isSure) return;
  await attempt(`remove container ${name}`, async () => {
    await client.removeContainer(id, { force: true });
    await inventory.refresh();
  });
}
