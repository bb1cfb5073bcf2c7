/** Compares what the checker says of a case with what the engine did. */
import { ComposeDocument } from "../../../src/compose/document";
import { rules } from "../../../src/rules/index";
import type { Finding } from "../../../src/rules/rule";
import { runRules } from "../../../src/rules/run";
import { labFacts } from "./labFacts";
import { type Outcome, didNotEnd } from "./worker";

export type Judgement =
  | { readonly agrees: true; readonly as: "accepted" | "refused" | "either" | "no-verdict" }
  | { readonly agrees: false; readonly reason: string; readonly findings: readonly Finding[] };

/**
 * @param engineVersion - as the engine names it: `28.5.2`
 * @param kernel - `whole`: it lacks nothing that a network needs, so all that is refused is a verdict
 */
export function judge(
  text: string,
  outcome: Outcome,
  engineVersion: string,
  kernel: "lab" | "whole" = "lab",
): Judgement {
  if (kernel === "lab" && isNoVerdict(outcome)) return { agrees: true, as: "no-verdict" };
  const findings = findingsOf(text, engineVersion, true);
  const errors = findings.filter(({ severity }) => severity === "error");
  const disagree = (reason: string): Judgement => ({ agrees: false, reason, findings });
  if (outcome.accepted) {
    if (errors.length > 0) return disagree("accepted, and the checker has an error");
    const blind = findingsOf(text, engineVersion, false).filter((f) => f.severity === "error");
    if (blind.length > 0) return disagree("accepted, and without facts the checker has an error");
    return { agrees: true, as: findings.some(mayBeRefused) ? "either" : "accepted" };
  }
  if (errors.some((finding) => names(finding, outcome.message))) {
    return { agrees: true, as: "refused" };
  }
  if (findings.some((finding) => mayBeRefused(finding) && names(finding, outcome.message))) {
    return { agrees: true, as: "either" };
  }
  return disagree(
    errors.length === 0
      ? "refused, and the checker has no error"
      : "refused, and no error has the engine's words",
  );
}

export function findingsOf(text: string, engineVersion: string, withFacts: boolean): Finding[] {
  const document = new ComposeDocument("/case/compose.yaml", text, { projectName: "case0" });
  const facts = withFacts ? labFacts(engineVersion) : {};
  return runRules(rules, document.project(), facts, { engineVersion });
}

/** A warning with words of the engine: it depends on the order whether it says them. */
function mayBeRefused({ severity, engineMessage }: Finding): boolean {
  return severity === "warning" && engineMessage !== undefined;
}

/** What the lab's kernel lacks is no verdict of the engine's; with all profiles off Compose asks nothing of it. */
function isNoVerdict({ message }: Outcome): boolean {
  if (message === didNotEnd) return true;
  return message.includes("operation not supported") || message.startsWith("no service selected");
}

/** Whether the finding's words are among those of the engine. `<id>` and the like stand for anything. */
function names({ rule, engineMessage, otherMessages = [] }: Finding, message: string): boolean {
  if (engineMessage === undefined) {
    // Compose's words about a file that it cannot read are its YAML library's.
    return rule === "compose-error" && !message.includes("Error response from daemon");
  }
  return [engineMessage, ...otherMessages].some((words) => {
    const pattern = words
      .trim()
      .split(/<[a-z-]+>/)
      .map(escapeRegExp)
      .join("[^ ]*");
    return new RegExp(pattern).test(message);
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
