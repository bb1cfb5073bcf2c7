import type { EngineContainer } from "../model/attachment";
import type { EngineNetwork } from "../model/network";
import { UserError } from "../workbench/presentError";
import { describeError } from "../workbench/explainError";
import { attempt } from "./attempt";
import { confirm } from "./confirm";
import type { CommandDeps, EngineClient } from "./deps";
import { connectedClient } from "./engine";
import { type Tie, networkOf } from "./target";

/**
 * Removes a network. The question names it and the containers on it, stopped ones too: those would
 * never start again. They are disconnected first, and connected again if the removal then fails.
 * `confirmed` skips the question.
 */
export async function removeNetwork(
  { inventory }: Pick<CommandDeps, "inventory">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const client = await connectedClient(inventory);
  const network = await networkOf(target, inventory.facts, "Which network to remove");
  if (!network) return;
  // The question must name the containers of this moment.
  await inventory.refresh();
  const ties = tiesOn(network, inventory.facts.containers ?? []);
  const isSure =
    options?.confirmed === true ||
    (await confirm(
      `Remove network ${network.name}?`,
      ties.length === 0
        ? "No container is connected to it."
        : `${ties.length === 1 ? "This container loses" : "These containers lose"} the network first:\n${ties.map(describe).join("\n")}`,
      ties.length === 0 ? "Remove" : "Disconnect and Remove",
    ));
  if (!isSure) return;
  await attempt(`remove network ${network.name}`, async () => {
    try {
      await removeWith(client, network, ties);
    } finally {
      await inventory.refresh();
    }
  });
}

function tiesOn(network: EngineNetwork, containers: readonly EngineContainer[]): Tie[] {
  return containers.flatMap((container) =>
    container.attachments
      .filter((attachment) => attachment.network === network.name)
      .map((attachment) => ({ container, attachment, network })),
  );
}

function describe({ container, attachment }: Tie): string {
  const state = container.running ? "running" : (container.state ?? "stopped");
  return [container.name, state, attachment.ipv4].filter(Boolean).join(", ");
}

async function removeWith(
  client: EngineClient,
  network: EngineNetwork,
  ties: readonly Tie[],
): Promise<void> {
  const disconnected: Tie[] = [];
  try {
    for (const tie of ties) {
      await client.disconnect(network.id, tie.container.id);
      disconnected.push(tie);
    }
    await client.removeNetwork(network.id);
  } catch (error) {
    const lost = await connectAgain(client, disconnected);
    if (lost.length === 0) throw error;
    throw new UserError(
      `${describeError(`remove network ${network.name}`, error)} These containers were disconnected and could not be connected again: ${lost.join(", ")}.`,
    );
  }
}

/** Connects what was disconnected, with the addresses it had asked for. Returns who could not be. */
async function connectAgain(client: EngineClient, ties: readonly Tie[]): Promise<string[]> {
  const lost: string[] = [];
  for (const { network, container, attachment } of ties) {
    const { ipv4, ipv6 } = attachment.static ? attachment : {};
    try {
      await client.connect({
        networkId: network.id,
        containerId: container.id,
        ...(ipv4 ? { ipv4 } : {}),
        ...(ipv6 ? { ipv6 } : {}),
      });
    } catch {
      lost.push(container.name);
    }
  }
  return lost;
}
