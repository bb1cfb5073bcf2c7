/** What most commands begin with: the connected engine, and what of it they are about. */
import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import type { ContainerNode } from "../views/nodes";
import type { CommandDeps, EngineClient } from "./deps";
import { connectedClient } from "./engine";
import { type Tie, networkOf, tieOf } from "./target";

/** Undefined when the user gave up. Throws a UserError without an engine, or without such a network. */
export async function networkOnEngine(
  { inventory }: Pick<CommandDeps, "inventory">,
  target: unknown,
  placeholder: string,
): Promise<
  | { readonly client: EngineClient; readonly facts: Facts; readonly network: EngineNetwork }
  | undefined
> {
  const client = await connectedClient(inventory);
  const { facts } = inventory;
  const network = await networkOf(target, facts, placeholder);
  return network && { client, facts, network };
}

/** The same for a container on a network. `accepts`: which of them the user can pick. */
export async function tieOnEngine(
  { inventory, view }: Pick<CommandDeps, "inventory" | "view">,
  target: unknown,
  placeholder: string,
  accepts?: (node: ContainerNode) => boolean,
): Promise<{ readonly client: EngineClient; readonly tie: Tie } | undefined> {
  const client = await connectedClient(inventory);
  const tie = await tieOf(target, view.roots, placeholder, accepts);
  return tie && { client, tie };
}

export function isRunning({ container }: Pick<ContainerNode, "container">): boolean {
  return container.running;
}
