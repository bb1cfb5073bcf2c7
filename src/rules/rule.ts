/** The contract between a rule and everything that runs it. */
import type { Place, TextEdit } from "../compose/place";
import type { RuleContext } from "./context";

/** `error`: Docker or Compose refuses. `warning`: accepted, and it will hurt. The rest: worth knowing. */
export type Severity = "error" | "warning" | "information" | "hint";

export interface Fix {
  readonly title: string;
  /** The one right answer, where there is one. At most one fix of a finding is preferred. */
  readonly preferred: boolean;
  /** Needs no decision and changes nothing but what the rule is about: `source.fixAll` may apply it. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

export interface Related {
  readonly place: Place;
  readonly message: string;
}

/** What a rule reports. */
export interface Report {
  readonly place: Place;
  /** What would happen, naming the values. One or two sentences. */
  readonly message: string;
  /** When it differs from the rule's default: severity follows the engine in force. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** The engine's or Compose's own words, as it would print them. */
  readonly engineMessage?: string | undefined;
  /** The text does nothing: shown faded. */
  readonly unnecessary?: boolean;
  /** Worked out only when somebody asks: a free address costs a search. */
  readonly fixes?: () => readonly Fix[];
}

export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Severity;
}

export interface Rule {
  /** File name, doc page and fixture have the same name. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence, for the list of rules. */
  readonly summary: string;
  readonly hasFix: boolean;
  check(context: RuleContext, report: (report: Report) => void): void;
}
