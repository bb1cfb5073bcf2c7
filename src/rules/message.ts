import { composeRules } from "./support/composeRules";
import type { Finding } from "./rule";

/** The finding's message, with the engine's words where it has some: the same in editor and command line. */
export function fullMessage(finding: Finding, engineVersion: string): string {
  const { message, engineMessage } = finding;
  if (engineMessage === undefined) return message;
  return `${message}\n${speakerOf(finding, engineVersion)} says: ${engineMessage}`;
}

/** Whose words the finding quotes. */
export function speakerOf({ rule, speaker }: Finding, engineVersion: string): string {
  return speaker ?? (composeRules.has(rule) ? "Compose" : `Engine ${engineVersion}`);
}
