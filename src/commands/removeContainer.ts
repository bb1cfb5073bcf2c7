import { attempt } from "./attempt";
import { confirm } from "./confirm";
import type { CommandDeps } from "./deps";
import { tieOnEngine } from "./subject";

/** Removes a container, running or not, after a question that names it. `confirmed` skips the question. */
export async function removeContainer(
  deps: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const subject = await tieOnEngine(deps, target, "Which container to remove");
  if (!subject) return;
  const { client, tie } = subject;
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
    await deps.inventory.refresh();
  });
}
