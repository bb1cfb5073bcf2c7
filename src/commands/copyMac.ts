import { UserError } from "../workbench/presentError";
import { copyText } from "./copyText";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { isTreeNode, tieOf } from "./target";

/** The MAC of a container on a network, or of an interface. */
export async function copyMac(
  { inventory, view }: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
): Promise<void> {
  if (isTreeNode(target) && target.kind === "interface" && target.host?.mac) {
    await copyText(target.host.mac, `MAC ${target.host.mac}`);
    return;
  }
  await connectedClient(inventory);
  const tie = await tieOf(target, view.roots, "Whose MAC address to copy", ({ attachment }) => {
    return attachment.mac !== undefined;
  });
  if (!tie) return;
  const { mac } = tie.attachment;
  if (!mac) throw new UserError(`Container ${tie.container.name} has no MAC address now.`);
  await copyText(mac, `MAC ${mac}`);
}
