import { planPin } from "../changes/tie";
import { carryOut, situationNow } from "./carryOut";
import type { CommandDeps } from "./deps";
import { tieOnEngine } from "./subject";

/** Makes the address that the engine chose for a container one that it asks for at every start. */
export async function pinAddress(
  deps: Pick<CommandDeps, "inventory" | "view" | "documents" | "log">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const subject = await tieOnEngine(
    deps,
    target,
    "Whose address to keep",
    ({ container, attachment }) => container.running && attachment.static !== true,
  );
  if (!subject) return;
  const { client, tie } = subject;
  const plan = planPin(await situationNow(deps, client, tie.network), tie.container.id);
  await carryOut(deps, client, plan, { action: "Pin", confirmed: options?.confirmed });
}
