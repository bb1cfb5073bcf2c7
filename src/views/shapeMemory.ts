/** Keeps how the user wants the tree, for the workspace. */
import type * as vscode from "vscode";
import { type TreeShape, groupings, orders, plainShape } from "./shape";

const key = "macvlan.tree";

export class ShapeMemory {
  readonly #memory: vscode.Memento;
  #shape: TreeShape;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#shape = readShape(memory.get(key));
  }

  /** The same object until it is set. */
  get shape(): TreeShape {
    return this.#shape;
  }

  set(change: Partial<TreeShape>): void {
    this.#shape = { ...this.#shape, ...change };
    const { ignored, ...rest } = this.#shape;
    void this.#memory.update(key, { ...rest, ignored: [...ignored] });
  }
}

/** What an earlier release kept may have another form: what cannot be read counts as not set. */
export function readShape(kept: unknown): TreeShape {
  const values = (typeof kept === "object" && kept !== null ? kept : {}) as Record<string, unknown>;
  const { filter, order, grouping, ignored } = values;
  return {
    filter: typeof filter === "string" ? filter : plainShape.filter,
    order: orders.find((known) => known === order) ?? plainShape.order,
    grouping: groupings.find((known) => known === grouping) ?? plainShape.grouping,
    ignored: new Set(
      Array.isArray(ignored) ? ignored.filter((item) => typeof item === "string") : [],
    ),
  };
}
