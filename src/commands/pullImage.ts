import * as vscode from "vscode";
import { AttemptError } from "./attempt";
import type { EngineClient } from "./deps";

/** Offers to pull an image that the engine does not have, and does so with progress. False when declined. */
export async function offerPull(
  client: EngineClient,
  image: string,
  isAgreed: boolean,
): Promise<boolean> {
  const pull = "Pull";
  const question = `The engine has no image ${image}. Pull it?`;
  if (!isAgreed && (await vscode.window.showInformationMessage(question, pull)) !== pull) {
    return false;
  }
  const controller = new AbortController();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Pulling ${image}`,
    cancellable: true,
  };
  try {
    await vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => {
        controller.abort();
      });
      await client.pullImage(
        image,
        (line) => {
          progress.report({ message: line });
        },
        { signal: controller.signal },
      );
    });
  } catch (error) {
    if (controller.signal.aborted) return false;
    throw new AttemptError(`pull ${image}`, error);
  }
  return true;
}
