/** What the tree costs while an inventory changes. */
import type { Inventory } from "../../src/inventory/inventory";
import { TreeModel } from "../../src/views/treeModel";
import { cpu } from "./report";

export class TreeMeter {
  /** Processor time of the tree in milliseconds, since the last `reset`. */
  ms = 0;
  /** Rows made anew. */
  made = 0;
  /** Rows that the workbench was told of; infinite when it was told of the whole tree. */
  told = 0;

  private readonly model = new TreeModel();

  constructor(inventory: Inventory) {
    inventory.onDidChange(() => {
      if (inventory.state.kind !== "connected") return;
      const begin = cpu();
      const change = this.model.update(inventory.facts);
      this.ms += cpu() - begin;
      this.made += change.made;
      this.told += change.whole ? Number.POSITIVE_INFINITY : change.nodes.length;
    });
  }

  get hasRows(): boolean {
    return this.model.roots.length > 0;
  }

  reset(): void {
    this.ms = this.made = this.told = 0;
  }
}
