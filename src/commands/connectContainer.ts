import { planConnection } from "../changes/tie";
import type { EngineContainer } from "../model/attachment";
import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import { UserError } from "../workbench/presentError";
import { type Answer, type Position, askInTurn, askPick } from "../workbench/quickSteps";
import { attempt } from "./attempt";
import { carryOut, situationNow } from "./carryOut";
import { addressFields, offeredAddress } from "./containerChecks";
import { askAddress } from "./containerQuestions";
import type { CommandDeps } from "./deps";
import { networkOnEngine } from "./subject";

export interface ConnectOptions {
  /** Name or id. */
  readonly container: string;
  /** Absent or empty: the engine chooses. */
  readonly address?: string;
  /** For engines from 29.3; older ones cannot. */
  readonly mac?: string;
}

/** Puts an existing container on the network. With `options` nothing is asked. */
export async function connectContainer(
  deps: Pick<CommandDeps, "inventory" | "documents" | "log">,
  target?: unknown,
  options?: ConnectOptions,
): Promise<void> {
  const subject = await networkOnEngine(deps, target, "Which network to connect a container to");
  if (!subject) return;
  const { client, facts, network } = subject;
  const choice = options ? choiceOf(facts, options) : await ask(facts, network);
  if (!choice) return;
  const { container, address } = choice;
  const situation = await situationNow(deps, client, network);
  const details = await attempt(`read container ${container.name}`, () =>
    client.readContainer(container.id),
  );
  const endpoint = { ...addressFields(address), ...(options?.mac && { mac: options.mac }) };
  const plan = planConnection(situation, details, endpoint);
  await carryOut(deps, client, plan, { action: "Connect", confirmed: true });
}

interface Choice {
  readonly container: EngineContainer;
  readonly address: string;
}

function choiceOf(facts: Facts, { container: wanted, address = "" }: ConnectOptions): Choice {
  const container = facts.containers?.find(({ id, name }) => id === wanted || name === wanted);
  if (!container) throw new UserError(`There is no container ${wanted}.`);
  return { container, address };
}

async function ask(facts: Facts, network: EngineNetwork): Promise<Choice | undefined> {
  const others = (facts.containers ?? []).filter((container) =>
    container.attachments.every((attachment) => attachment.network !== network.name),
  );
  if (others.length === 0) {
    throw new UserError(`There is no container that is not on ${network.name} already.`);
  }
  const items = others.map((container) => ({
    label: container.name,
    description: [container.image, container.state].filter(Boolean).join(" · "),
    container,
  }));
  let picked: (typeof items)[number] | undefined;
  let address = offeredAddress(facts, network);
  const pickContainer = async (position: Position): Promise<Answer<void>> => {
    const placeholder = "Which container to connect";
    const answer = await askPick(position, { placeholder, items, active: picked });
    if (answer === undefined || answer === "back") return answer;
    picked = answer.value;
    return { value: undefined };
  };
  const typeAddress = async (position: Position): Promise<Answer<void>> => {
    const answer = await askAddress(position, facts, network, address);
    if (answer === undefined || answer === "back") return answer;
    address = answer.value;
    return { value: undefined };
  };
  const title = `Connect a container to ${network.name}`;
  const isDone = await askInTurn(title, [pickContainer, typeAddress]);
  return isDone && picked ? { container: picked.container, address } : undefined;
}
