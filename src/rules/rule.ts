/** The contract between a rule and everything that runs it. */
import type { Place, TextEdit } from "../compose/place";
import type {
  Conditions,
  LinkUse,
  NetworkUse,
  NetworkView,
  RuleContext,
  ServiceView,
  TableUse,
} from "./context";

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
  /** Who says so, where it is not the engine and not every finding of the rule is Compose's (`composeRules`). */
  readonly speaker?: "Compose";
  /** What it may say of the same fault instead, where that depends on the order in which things are made. */
  readonly otherMessages?: readonly string[];
  /** The text does nothing: shown faded. */
  readonly unnecessary?: boolean;
  /**
   * Worked out only when somebody asks: a free address costs a search. The report may be older than
   * the context it is asked with, so everything of the project that the check was not given comes from there.
   */
  readonly fixes?: (context: RuleContext) => readonly Fix[];
}

export interface Finding extends Omit<Report, "fixes"> {
  readonly rule: string;
  readonly severity: Severity;
  /** As of the text that the finding is about. */
  readonly fixes?: () => readonly Fix[];
  /** Between two projects: this is the one to change, so that fixing all does not change both. */
  readonly yields?: boolean;
}

export type ReportFunction = (report: Report) => void;

/**
 * A rule has one check or more, each with the narrowest view it can do with: what a check reports is
 * kept until something changes in what it was given. The conditions hold for a whole run.
 */
export interface Rule {
  /** File name, doc page and fixture have the same name. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence, for the list of rules. */
  readonly summary: string;
  readonly hasFix: boolean;
  /** Says nothing of a project of which parts were not read: what it misses may be there. */
  readonly needsWholeProject?: true;
  /** One service, with the networks it is on. */
  checkService?(service: ServiceView, conditions: Conditions, report: ReportFunction): void;
  /** One network, with the services on it. */
  checkNetwork?(use: NetworkUse, conditions: Conditions, report: ReportFunction): void;
  /** One subnet as the engine keeps it, with all networks that draw from it and their static addresses. */
  checkTable?(use: TableUse, conditions: Conditions, report: ReportFunction): void;
  /** The LAN networks of one parent interface, or a network that has none, with the services on them. */
  checkLink?(use: LinkUse, conditions: Conditions, report: ReportFunction): void;
  /** All networks, without their services. */
  checkNetworks?(
    networks: readonly NetworkView[],
    conditions: Conditions,
    report: ReportFunction,
  ): void;
  /** The whole project: runs at each keystroke, so it must not visit every service. */
  check?(context: RuleContext, report: ReportFunction): void;
}
