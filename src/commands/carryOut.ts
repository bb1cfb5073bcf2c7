import * as vscode from "vscode";
import { type Change, type Plan, titleOf } from "../changes/change";
import { changeCommands, changeText, leftText, sentence } from "../changes/planText";
import { type Outcome, runChange } from "../changes/runChange";
import { type Situation, readSituation } from "../changes/situation";
import { newestProfile, profileOf } from "../model/engineProfile";
import type { EngineNetwork } from "../model/network";
import { UserError } from "../workbench/presentError";
import { attempt } from "./attempt";
import { copyText } from "./copyText";
import type { CommandDeps, EngineClient } from "./deps";
import { failureText, leftReasons } from "./outcomeText";

type Deps = Pick<CommandDeps, "inventory" | "documents" | "log">;

export interface CarryOutOptions {
  /** The button that begins it: "Recreate". */
  readonly action: string;
  /** Do not ask: for keybindings and tests, and for what is one harmless step. */
  readonly confirmed?: boolean | undefined;
  /**
   * Offers to end the cause of a failure that changed nothing. True: it is ended, so once more; false: the user
   * declined; undefined: nothing is known against it.
   */
  readonly remedy?: (error: unknown) => Promise<boolean> | undefined;
}

/** Lines of a question that is still one; what is longer stands in the document behind it. */
const longest = 16;
/** Milliseconds until an engine that did not answer is asked again. */
const settling = 1_000;

/** Reads the network and its containers as they are at this moment. */
export async function situationNow(
  { inventory }: Pick<CommandDeps, "inventory">,
  client: EngineClient,
  network: EngineNetwork,
): Promise<Situation> {
  const profile = profileOf(inventory.facts.engine?.version ?? "") ?? newestProfile;
  const situation = await attempt(`read network ${network.name}`, () =>
    readSituation(client, network.id, profile),
  );
  if (!situation) throw new UserError(`Network ${network.name} no longer exists.`);
  return situation;
}

/**
 * Shows the plan as docker commands, and carries it out if the user says so, with progress that can be
 * cancelled. True when the change is made. Throws a UserError when it cannot be, or was taken back.
 */
export async function carryOut(
  deps: Deps,
  client: EngineClient,
  plan: Plan,
  options: CarryOutOptions,
): Promise<boolean> {
  if (plan.kind === "impossible") throw new UserError(plan.reason);
  if (plan.kind === "nothing") {
    void vscode.window.showInformationMessage(plan.reason);
    return false;
  }
  const { change } = plan;
  if (options.confirmed !== true && !(await isWanted(deps, change, options.action))) return false;
  let outcome = await runWithProgress(deps, client, change);
  if (outcome.kind === "restored" && outcome.failure.kind === "error") {
    const isEnded = await options.remedy?.(outcome.failure.error);
    if (isEnded === false) return false;
    if (isEnded) outcome = await runWithProgress(deps, client, change);
  }
  await deps.inventory.refresh();
  await tell(deps, change, outcome);
  return true;
}

async function isWanted(
  { documents }: Pick<CommandDeps, "documents">,
  change: Change,
  action: string,
): Promise<boolean> {
  // What takes several steps stays readable while it runs, with the way back.
  if (change.steps.length > 1) {
    await documents.open(["plan", `${change.title}.sh`], changeText(change));
  }
  const copy = "Copy Commands";
  const message = `${sentence(change.title)}?`;
  const question = { modal: true, detail: detailOf(change) };
  const answer = await vscode.window.showWarningMessage(message, question, action, copy);
  if (answer === copy) await copyText(changeCommands(change), "the commands");
  return answer === action;
}

function detailOf(change: Change): string {
  const commands = changeCommands(change).trimEnd().split("\n");
  const shown = commands.length <= longest ? commands : commands.slice(0, longest - 1);
  const more = commands.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`... and ${more} more lines, all in the document behind this.`] : []),
    ...change.notes.flatMap((note) => ["", note]),
  ].join("\n");
}

function runWithProgress(
  { log }: Pick<CommandDeps, "log">,
  client: EngineClient,
  change: Change,
): Thenable<Outcome> {
  const progressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: sentence(change.title),
    cancellable: true,
  };
  return vscode.window.withProgress(progressOptions, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    log.info(`${sentence(change.title)}:`);
    return runChange(change, client, {
      signal: abort.signal,
      onStep: (step, index) => {
        const increment = index === 0 ? 0 : 100 / change.steps.length;
        progress.report({
          message: `${index + 1} of ${change.steps.length}: ${titleOf(step)}`,
          increment,
        });
      },
      onUndo: (step) => {
        progress.report({ message: `Taking it back: ${titleOf(step)}` });
      },
      log: (line) => {
        log.info(line);
      },
      pause: () => new Promise((resolve) => setTimeout(resolve, settling)),
    });
  });
}

async function tell(
  { inventory, documents }: Deps,
  change: Change,
  outcome: Outcome,
): Promise<void> {
  const { facts } = inventory;
  switch (outcome.kind) {
    case "nothing":
    case "done":
      vscode.window.setStatusBarMessage(`Done: ${change.title}`, 4_000);
      return;
    case "restored":
      throw new UserError(failureText(change, outcome, facts));
    case "left": {
      const text = leftText(change, outcome.left, leftReasons(outcome, facts));
      await documents.open(["plan", `what is left of ${change.title}.sh`], text);
      throw new UserError(failureText(change, outcome, facts));
    }
  }
}
