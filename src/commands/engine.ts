import type { Inventory } from "../inventory/inventory";
import { UserError } from "../workbench/presentError";
import type { EngineClient } from "./deps";

/** Longer than a connection may take (5 s), so that its own words arrive first. */
const patience = 10_000;

/**
 * The client of the connected engine, with facts at hand. Starts the inventory, and waits for a
 * connection under way. Throws a UserError in the words of the state when there is none.
 */
export async function connectedClient(inventory: Inventory): Promise<EngineClient> {
  inventory.start();
  if (inventory.state.kind === "connecting") await settled(inventory);
  if (inventory.client && inventory.state.kind === "connected") return inventory.client;
  throw new UserError(inventory.state.detail);
}

function settled(inventory: Inventory): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(finish, patience);
    const listener = inventory.onDidChange(() => {
      if (inventory.state.kind !== "connecting") finish();
    });
  });
}
