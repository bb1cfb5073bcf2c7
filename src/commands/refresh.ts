import type { Inventory } from "../inventory/inventory";
import { attempt } from "./attempt";

/** Reads everything anew; connects when there is no connection. */
export async function refresh({ inventory }: { inventory: Inventory }): Promise<void> {
  await attempt("refresh", () => inventory.refresh());
}
