import * as vscode from "vscode";
import { viewIds } from "../ids";

/** A failure, with what was tried when it happened: "remove network lan". */
export class AttemptError extends Error {
  readonly attempt: string;

  constructor(attempt: string, cause: unknown) {
    super(attempt, { cause });
    this.name = "AttemptError";
    this.attempt = attempt;
  }
}

/** Does the work under a moving bar in the view, and says what was tried when it fails. */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await vscode.window.withProgress({ location: { viewId: viewIds.networks } }, work);
  } catch (error) {
    throw error instanceof AttemptError ? error : new AttemptError(what, error);
  }
}
