import { planDisconnection } from "../changes/tie";
import { carryOut, situationNow } from "./carryOut";
import type { CommandDeps } from "./deps";
import { tieOnEngine } from "./subject";

/** Takes a container off a network, after a question. `confirmed` skips it. */
export async function disconnectContainer(
  deps: Pick<CommandDeps, "inventory" | "view" | "documents" | "log">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const subject = await tieOnEngine(deps, target, "Which container to disconnect");
  if (!subject) return;
  const { client, tie } = subject;
  const plan = planDisconnection(await situationNow(deps, client, tie.network), tie.container.id);
  await carryOut(deps, client, plan, { action: "Disconnect", confirmed: options?.confirmed });
}
