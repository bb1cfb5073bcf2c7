/** Errors as text for the user. PURE. */
import { type Explanation, explainMessage } from "./engineMessages";
import { hintOf } from "./hints";

/** By kind, where the text says nothing that is known. */
const byKind: Readonly<Record<string, Explanation>> = {
  absent: {
    reason: "no Docker engine answers",
    nextStep: "Start Docker, or set another endpoint (setting macvlan.dockerHost).",
  },
  denied: {
    reason: "the Docker engine may not be used by this user",
    nextStep: "Docker's post-installation steps describe how to give access.",
  },
  unreachable: {
    reason: "the Docker engine does not answer",
    nextStep: "See whether its host and the way to it are up, then refresh.",
  },
  conflict: { reason: "the engine has something of that name or state", nextStep: "" },
  inUse: {
    reason: "containers are still connected to it",
    nextStep: "Disconnect or stop them first.",
  },
  notFound: { reason: "it no longer exists", nextStep: "Refresh the tree." },
  rejected: { reason: "the engine refused", nextStep: "" },
};

/** An error of the engine, by its shape: the client is a bundle of its own, with a class of its own. */
export function isEngineError(error: unknown): error is Error & { readonly kind: string } {
  return error instanceof Error && error.name === "EngineError" && "kind" in error;
}

/** True when the user or the program gave up waiting: nothing to tell. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "Canceled");
}

/** Explanation of an error; undefined when it is none of the engine's and no text is known. */
export function explainError(error: unknown): Explanation | undefined {
  const message = error instanceof Error ? error.message : String(error);
  const known = explainMessage(message);
  if (known) return known;
  return isEngineError(error) ? byKind[error.kind] : undefined;
}

/**
 * The whole text of a notification. `what`: what was tried, as in "create network lan". The
 * engine's own words close it, so that they can be searched for. What is known of the case (`addHint`)
 * stands between reason and next step.
 */
export function describeError(what: string, error: unknown): string {
  const explanation = explainError(error);
  const words = (error instanceof Error ? error.message : String(error)).trim();
  if (!explanation) return `Could not ${what}: ${words}`;
  const hint = hintOf(error);
  const told = [`${explanation.reason}.`, hint, explanation.nextStep].filter(Boolean).join(" ");
  const text = `Could not ${what}: ${told}`;
  return words === "" ? text : `${text} (Docker says: ${words})`;
}
