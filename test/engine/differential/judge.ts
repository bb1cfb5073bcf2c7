/** Compares what the checker says of a case with what the engine did. */
import type { ComposeProject } from "../../../src/compose/project";
import { ProjectLoader } from "../../../src/compose/projectLoader";
import type { Facts } from "../../../src/model/facts";
import { rules } from "../../../src/rules/index";
import type { Finding } from "../../../src/rules/rule";
import { runRules } from "../../../src/rules/run";
import { filesOf } from "./caseFiles";
import { labFacts } from "./labFacts";
import { type Outcome, didNotEnd } from "./worker";

export type Judgement =
  | { readonly agrees: true; readonly as: "accepted" | "refused" | "either" }
  /** `why`: what kept the engine from a verdict. */
  | { readonly agrees: true; readonly as: "no verdict"; readonly why: string }
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
  facts: Facts = labFacts(engineVersion),
): Judgement {
  const why = kernel === "lab" ? whyNoVerdict(outcome) : undefined;
  if (why !== undefined) return { agrees: true, as: "no verdict", why };
  const findings = findingsOf(text, engineVersion, facts);
  const errors = findings.filter(({ severity }) => severity === "error");
  const disagree = (reason: string): Judgement => ({ agrees: false, reason, findings });
  if (outcome.accepted) {
    if (errors.length > 0) return disagree("accepted, and the checker has an error");
    const blind = findingsOf(text, engineVersion, {}).filter((f) => f.severity === "error");
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

export function findingsOf(text: string, engineVersion: string, facts: Facts): Finding[] {
  return runRules(rules, projectOf(text), facts, { engineVersion });
}

/** What the first file of a case is called in places. */
export const casePath = "/case/compose.yaml";

function projectOf(text: string): ComposeProject {
  const files = filesOf(text);
  const read = (path: string) => files.get(path.replace("/case/", "")) ?? null;
  const request = { folder: "/case", projectName: "case0", environment: new Map<string, string>() };
  return new ProjectLoader({ read }, request).project();
}

/** A warning with words of the engine: it depends on the order whether it says them. */
function mayBeRefused({ severity, engineMessage }: Finding): boolean {
  return severity === "warning" && engineMessage !== undefined;
}

/** What the lab's kernel lacks is no verdict of the engine's; with all profiles off Compose asks nothing of it. */
function whyNoVerdict({ message }: Outcome): string | undefined {
  if (message === didNotEnd) return didNotEnd;
  if (message.includes("operation not supported")) return "the kernel lacks it";
  return message.startsWith("no service selected") ? "no service is selected" : undefined;
}

/** Whether the finding's words are among those of the engine. `<id>` and the like stand for anything. */
function names({ rule, engineMessage, otherMessages = [] }: Finding, message: string): boolean {
  if (engineMessage === undefined) {
    // Compose's words about a file that it cannot read are its YAML library's.
    return rule === "compose-error" && !message.includes("Error response from daemon");
  }
  // 20.10 passes on the log line of its runtime, with its quotes escaped.
  const plain = message.replaceAll('\\"', '"');
  return [engineMessage, ...otherMessages].some((words) => {
    const listed = unknownKeys(words);
    if (listed !== undefined) return plain.split("\n").some((line) => unknownKeys(line) === listed);
    const pattern = words
      .trim()
      .split(/<[a-z-]+>/)
      .map(escapeRegExp)
      .join("[^ ]*");
    return new RegExp(pattern).test(plain);
  });
}

/** What Compose says of unknown keys of one mapping, all at once, in one order in place of its random one. */
function unknownKeys(line: string): string | undefined {
  const words = /^(?:validating \S+: )?(.*?) ?additional properties ('.*') not allowed$/.exec(
    line.trim(),
  );
  if (!words) return undefined;
  const [, path = "", list = ""] = words;
  const keys = list.match(/'(?:[^'\\]|\\.)*'/g) ?? [];
  return [path, ...keys.sort()].join(" ");
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
