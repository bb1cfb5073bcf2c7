import type { Inventory } from "../inventory/inventory";
import { UserError } from "../workbench/presentError";
import type { EngineClient } from "./deps";

/** Longer than a connection may take (5 s), so that its own words arrive first. */
const patience = 10_000;
/** A command asks questions; what it asked about is kept current meanwhile, whether the view is open or not. */
const attention = 120_000;

/**
 * The client of the connected engine, with current facts at hand, which stay current for a while.
 * Waits for a connection under way. Throws a UserError in the words of the state when there is none.
 */
export async function connectedClient(inventory: Inventory): Promise<EngineClient> {
  inventory.watch(attention);
  await within(patience, inventory.current());
  if (inventory.client && inventory.state.kind === "connected") return inventory.client;
  throw new UserError(inventory.state.detail);
}

function within(ms: number, promise: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void promise.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
