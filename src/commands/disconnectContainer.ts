import { attempt } from "./attempt";
import { confirm } from "./confirm";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { tieOf } from "./target";

/** Takes a container off a network, after a question. `confirmed` skips it. */
export async function disconnectContainer(
  { inventory, view }: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
  options?: { readonly confirmed?: boolean },
): Promise<void> {
  const client = await connectedClient(inventory);
  const tie = await tieOf(target, view.roots, "Which container to disconnect");
  if (!tie) return;
  const { container, network, attachment } = tie;
  const address = attachment.ipv4 ?? attachment.ipv6;
  const isSure =
    options?.confirmed === true ||
    (await confirm(
      `Disconnect container ${container.name} from network ${network.name}?`,
      address === undefined ? "" : `It gives up its address ${address} there.`,
      "Disconnect",
    ));
  if (!isSure) return;
  await attempt(`disconnect ${container.name} from ${network.name}`, async () => {
    await client.disconnect(network.id, container.id);
    await inventory.refresh();
  });
}
