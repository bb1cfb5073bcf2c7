/**
 * What the engine's messages mean, in words, and what to do about it. PURE.
 *
 * Texts are matched, because they are all that the API gives. Each pattern was read in moby's
 * sources (20.10 to 29). The order counts: the first that matches wins.
 */
import { messagesOfContainers } from "./messagesOfContainers";
import { messagesOfNetworks } from "./messagesOfNetworks";

export interface Explanation {
  /** What is wrong; a sentence without a full stop, fit to stand behind "Could not ...:". */
  readonly reason: string;
  /** The way out; a whole sentence. */
  readonly nextStep: string;
}

export interface Translation {
  readonly pattern: RegExp;
  readonly explain: (match: RegExpExecArray) => Explanation;
}

/** Of networks first: what is said of their addresses is more exact. */
const translations = [...messagesOfNetworks, ...messagesOfContainers];

/** Explanation of a message of the engine; undefined when it is not known. */
export function explainMessage(message: string): Explanation | undefined {
  for (const { pattern, explain } of translations) {
    const match = pattern.exec(message);
    if (match) return explain(match);
  }
  return undefined;
}
