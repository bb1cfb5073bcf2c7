/** What became of a change, in words. PURE. */
import type { Change } from "../changes/change";
import { titleOf } from "../changes/change";
import { triedBy, whoIsInTheWay } from "../changes/holders";
import { sentence } from "../changes/planText";
import type { Failure, Moved, Outcome } from "../changes/runChange";
import { listInWords } from "../model/listInWords";
import type { Facts } from "../model/facts";
import { describeError } from "../workbench/explainError";
import { addHint } from "../workbench/hints";

/** Why the change was not made, and what that left; one to three sentences. */
export function failureText(
  change: Change,
  outcome: Outcome & { readonly kind: "restored" | "left" },
  facts: Facts,
): string {
  const { failure } = outcome;
  const reason = reasonOf(change, failure, facts);
  if (outcome.kind === "left") {
    const count = outcome.left.length;
    return `${reason} ${count === 1 ? "One step" : `${count} steps`} back could not be done: the document beside this has the commands to run by hand.${movedText(outcome.moved)}${fixedText(outcome.fixed)}`;
  }
  if (outcome.undone.length === 0) return `${reason} Nothing was changed.`;
  return outcome.moved.length === 0
    ? `${reason} What was done before was taken back: all is as it was.`
    : `${reason} What was done before was taken back.${movedText(outcome.moved)}`;
}

/** Addresses that the engine chose, and chose otherwise when the container was put back. */
function movedText(moved: readonly Moved[]): string {
  if (moved.length === 0) return "";
  const which = moved.map(
    ({ container, network, from, to }) => `${container} has ${to} on ${network}, not ${from}`,
  );
  return ` The engine chose another address this time: ${which.join("; ")}.`;
}

function fixedText(fixed: readonly string[]): string {
  if (fixed.length === 0) return "";
  const isOne = fixed.length === 1;
  return ` ${listInWords(fixed)} ${isOne ? "has its address" : "have their addresses"} fixed now, to take none of those that are missing.`;
}

function reasonOf(change: Change, failure: Failure, facts: Facts): string {
  switch (failure.kind) {
    case "cancelled":
      return `Cancelled: ${change.title}.`;
    case "changed":
      return `Could not ${change.title}: things are not as they were when it was planned. ${failure.reason}`;
    case "error": {
      const { step, error } = failure;
      if (step && error instanceof Error) {
        addHint(error, whoIsInTheWay(error.message, triedBy(step), facts));
      }
      // Two steps to the engine, but one thing to who runs a container.
      const isWhole = step === undefined || change.steps.length === 1 || "run" in step;
      const text = describeError(isWhole ? change.title : titleOf(step), error);
      return isWhole ? text : `${sentence(change.title)} stopped. ${text}`;
    }
  }
}

/** For each step that is left, why it was not done. */
export function leftReasons({ left }: Outcome & { readonly kind: "left" }, facts: Facts): string[] {
  return left.map(({ step, error }) => {
    if (!(error instanceof Error)) return String(error);
    addHint(error, whoIsInTheWay(error.message, triedBy(step), facts));
    return describeError(titleOf(step), error);
  });
}
