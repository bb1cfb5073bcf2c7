import { planDisconnection } from "../changes/tie";
import { carryOut, situationNow } from "./carryOut";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { tieOf } from "./target";

/** Takes a container off a network, after a question. `confirmed` skips it. */
export async function disconnectContainer(
  deps: Pick<CommandDeps, "inventory" | "view" | "documents" | "log">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const client = await connectedClient(deps.inventory);
  const tie = await tieOf(target, deps.view.roots, "Which container to disconnect");
  if (!tie) return;
  const plan = planDisconnection(await situationNow(deps, client, tie.network), tie.container.id);
  await carryOut(deps, client, plan, { action: "Disconnect", confirmed: options?.confirmed });
}
