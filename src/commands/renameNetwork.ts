import { planRecreation } from "../changes/recreate";
import { askInTurn, askText } from "../workbench/quickSteps";
import { carryOut, situationNow } from "./carryOut";
import type { CommandDeps } from "./deps";
import { networkOnEngine } from "./subject";

export interface RenameOptions {
  readonly name: string;
  readonly confirmed?: boolean;
}

/** Docker cannot rename a network: it is made anew under the other name, with all its containers. */
export async function renameNetwork(
  deps: Pick<CommandDeps, "inventory" | "documents" | "log">,
  target?: unknown,
  options?: RenameOptions,
): Promise<void> {
  const subject = await networkOnEngine(deps, target, "Which network to rename");
  if (!subject) return;
  const { client, facts, network } = subject;
  const names = new Set((facts.networks ?? []).map((one) => one.name));
  const name = options?.name ?? (await askName(network.name, names));
  if (!name) return;
  const situation = await situationNow(deps, client, network);
  const plan = planRecreation(situation, { ...situation.network.settings, name }, facts);
  await carryOut(deps, client, plan, { action: "Rename", confirmed: options?.confirmed });
}

async function askName(before: string, taken: ReadonlySet<string>): Promise<string | undefined> {
  let name = before;
  const isDone = await askInTurn(`Rename network ${before}`, [
    async (position) => {
      const answer = await askText(position, {
        prompt: "The new name. Docker makes the network anew; its containers keep their addresses.",
        value: name,
        objectionTo: (text) => objectionTo(text, before, taken),
      });
      if (answer === undefined || answer === "back") return answer;
      name = answer.value;
      return { value: undefined };
    },
  ]);
  return isDone ? name : undefined;
}

function objectionTo(text: string, before: string, taken: ReadonlySet<string>) {
  const error = (message: string) => ({ message, severity: "error" as const });
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text)) {
    return error(
      "A name has letters, digits, dots, dashes or underscores, and begins with a letter or digit.",
    );
  }
  return text !== before && taken.has(text)
    ? error(`There is a network ${text} already.`)
    : undefined;
}
