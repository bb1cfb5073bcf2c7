import * as vscode from "vscode";
import { contextKeys } from "../ids";

/** A when-clause variable; written only when its value changed. */
export class ContextKey<T extends string | boolean | number> {
  private readonly id: (typeof contextKeys)[keyof typeof contextKeys];
  private written: T | undefined;

  constructor(name: keyof typeof contextKeys) {
    this.id = contextKeys[name];
  }

  set(value: T): void {
    if (value === this.written) return;
    this.written = value;
    void vscode.commands.executeCommand("setContext", this.id, value);
  }
}
