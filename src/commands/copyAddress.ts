import { UserError } from "../workbench/presentError";
import { copyText } from "./copyText";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { tieOf } from "./target";

export async function copyAddress(
  { inventory, view }: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
): Promise<void> {
  await connectedClient(inventory);
  const tie = await tieOf(target, view.roots, "Whose address to copy", ({ attachment }) => {
    return (attachment.ipv4 ?? attachment.ipv6) !== undefined;
  });
  if (!tie) return;
  const address = tie.attachment.ipv4 ?? tie.attachment.ipv6;
  if (address === undefined) {
    throw new UserError(`Container ${tie.container.name} has no address now: it is not running.`);
  }
  await copyText(address, `address ${address}`);
}
