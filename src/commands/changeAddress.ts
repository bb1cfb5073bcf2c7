import { planReaddress } from "../changes/tie";
import { askInTurn } from "../workbench/quickSteps";
import { carryOut, situationNow } from "./carryOut";
import { addressFields, offeredAddress } from "./containerChecks";
import { askAddress } from "./containerQuestions";
import type { CommandDeps } from "./deps";
import { tieOnEngine } from "./subject";
import { type Tie, readName } from "./target";

export interface ChangeAddressOptions {
  readonly address: string;
  readonly confirmed?: boolean;
}

/**
 * Gives a container on a network another address, which it then asks for at every start. A `from` in
 * `target` is the address that it is to give up.
 */
export async function changeAddress(
  deps: Pick<CommandDeps, "inventory" | "view" | "documents" | "log">,
  target?: unknown,
  options?: ChangeAddressOptions,
): Promise<void> {
  const subject = await tieOnEngine(deps, target, "Whose address to change");
  if (!subject) return;
  const { client, tie } = subject;
  const address =
    options?.address ?? (await askNewAddress(deps, tie, readName(target, "from", false)));
  if (!address) return;
  const situation = await situationNow(deps, client, tie.network);
  const plan = planReaddress(situation, tie.container.id, addressFields(address));
  await carryOut(deps, client, plan, { action: "Change", confirmed: options?.confirmed });
}

/** Undefined or empty when the user gave up, or left it to the engine, which changes nothing. */
export async function askNewAddress(
  { inventory }: Pick<CommandDeps, "inventory">,
  { container, network }: Pick<Tie, "container" | "network">,
  instead?: string,
): Promise<string | undefined> {
  const { facts } = inventory;
  let address = offeredAddress(facts, network, instead);
  const isDone = await askInTurn(`Another address for ${container.name} on ${network.name}`, [
    async (position) => {
      const answer = await askAddress(position, facts, network, address);
      if (answer === undefined || answer === "back") return answer;
      address = answer.value;
      return { value: undefined };
    },
  ]);
  return isDone ? address : undefined;
}
