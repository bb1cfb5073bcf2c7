import * as vscode from "vscode";
import { describeError, isAbort, isEngineError } from "./explainError";
import type { Log } from "./log";

/** Tells the user about failures; the only place that does. */
export interface ErrorPresenter {
  /** `what`: what was tried, as in "create network lan". Returns at once: a notification waits for nobody. */
  present(what: string, error: unknown): void;
}

/** A failure that the extension itself found; its message is shown as it is. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UserError";
  }
}

/** Expected failures go to the log with one line, anything else with its stack. */
export function createErrorPresenter(log: Log): ErrorPresenter {
  return {
    present(what, error) {
      if (isAbort(error)) return;
      const expected = isEngineError(error) || error instanceof UserError;
      const text = error instanceof UserError ? error.message : describeError(what, error);
      log.error(expected ? text : describe(what, error));
      void showWithLog(text, log);
    },
  };
}

function describe(what: string, error: unknown): string {
  return `Could not ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

async function showWithLog(text: string, log: Log): Promise<void> {
  const showLog = "Show Log";
  if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) log.show(true);
}
