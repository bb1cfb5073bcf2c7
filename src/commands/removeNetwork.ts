import { planRemoval } from "../changes/removal";
import { carryOut, situationNow } from "./carryOut";
import type { CommandDeps } from "./deps";
import { networkOnEngine } from "./subject";

/**
 * Removes a network. The question names it and the containers on it, stopped ones too: those would
 * never start again. They are disconnected first, and connected again if the removal then fails.
 * `confirmed` skips the question.
 */
export async function removeNetwork(
  deps: Pick<CommandDeps, "inventory" | "documents" | "log">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const subject = await networkOnEngine(deps, target, "Which network to remove");
  if (!subject) return;
  const { client, network } = subject;
  const situation = await situationNow(deps, client, network);
  await carryOut(deps, client, planRemoval(situation), {
    action: situation.members.length === 0 ? "Remove" : "Disconnect and Remove",
    confirmed: options?.confirmed,
  });
}
