/** Runs rules over a project. */
import type { ComposeProject } from "../compose/project";
import type { Facts } from "../model/facts";
import type { Place } from "../compose/place";
import type { NetworkView, RuleContext } from "./context";
import { type Entry, SortedEntries } from "./views/entries";
import type { Finding, Report, ReportFunction, Rule, Severity } from "./rule";
import type { OtherClaims } from "./workspace/otherClaims";
import { Views } from "./views/views";
import { wayTo } from "./support/way";

export interface RunOptions {
  /** The engine in force, wins over the version in the facts: `28.5`, `20.10.24`. */
  readonly engineVersion?: string | undefined;
  /** A severity or `off` by rule id. */
  readonly overrides?: Readonly<Record<string, Severity | "off">>;
  /** Claims of other projects, which no fix may choose. */
  readonly others?: OtherClaims | undefined;
}

/**
 * All findings of the rules over the project, by place. Each is as of the project's current text:
 * convert its places before the next edit.
 */
export function runRules(
  rules: readonly Rule[],
  project: ComposeProject,
  facts: Facts,
  options: RunOptions = {},
): Finding[] {
  return new RuleRunner(rules, options).run(project, facts, options.others);
}

/**
 * Runs rules over one project again and again. What a rule reported of a service or a network is kept
 * until something changes in what it was given.
 */
export class RuleRunner {
  readonly rules: readonly Rule[];
  readonly options: Omit<RunOptions, "others">;
  private kept: KeptFindings | undefined;

  constructor(rules: readonly Rule[], options: Omit<RunOptions, "others"> = {}) {
    this.rules = rules;
    this.options = options;
  }

  /** As `runRules`. A finding that is the same as in the last run is the same object. */
  run(project: ComposeProject, facts: Facts, others?: OtherClaims): Finding[] {
    const steps = this.inSlices(project, facts, others);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  }

  /**
   * The same in slices of a few milliseconds: yields between them. The project must not be edited
   * until the run is done; one that is left unfinished costs the next one all that was kept.
   */
  *inSlices(
    project: ComposeProject,
    facts: Facts,
    others?: OtherClaims,
  ): Generator<undefined, Finding[]> {
    const kept = this.kept ?? new KeptFindings(this.rules, this.options);
    this.kept = undefined;
    const findings = yield* kept.update(project, facts, others);
    this.kept = kept;
    return findings;
  }

  /** What the last run's rules were given; undefined before the first one. */
  get context(): RuleContext | undefined {
    return this.kept?.context;
  }
}

/** So many services are checked at a stretch. */
const stretch = 100;

/** What a rule is given, in the order in which findings at one place come. */
const kinds = [
  "checkService",
  "checkNetwork",
  "checkTable",
  "checkLink",
  "checkNetworks",
  "check",
] as const;
type Kind = (typeof kinds)[number];

/** Keys of the findings that are about no single view. */
const allNetworks = {};
const wholeProject = {};

class KeptFindings {
  context: RuleContext | undefined;
  private readonly engineVersion: string | undefined;
  private readonly rules: ReadonlyMap<Kind, readonly Rule[]>;
  private readonly severities = new Map<string, Severity>();
  private readonly views = new Views();
  private readonly entries = new SortedEntries();
  /** By the view that they are about. */
  private readonly byView = new Map<object, readonly Entry[]>();

  constructor(rules: readonly Rule[], options: Omit<RunOptions, "others">) {
    this.engineVersion = options.engineVersion;
    for (const [id, severity] of Object.entries(options.overrides ?? {})) {
      if (severity !== "off") this.severities.set(id, severity);
    }
    const wanted = rules.filter(({ id }) => options.overrides?.[id] !== "off");
    this.rules = new Map(kinds.map((kind) => [kind, wanted.filter((rule) => kind in rule)]));
  }

  *update(
    project: ComposeProject,
    facts: Facts,
    others: OtherClaims | undefined,
  ): Generator<undefined, Finding[]> {
    const update = yield* this.views.update(project, facts, this.engineVersion);
    const { conditions, services, networks, tables, links } = update;
    const context = { ...update.context, others };
    this.context = context;
    if (update.restarted) for (const view of this.byView.keys()) this.drop(view);
    for (const { gone } of [services, networks, tables, links])
      gone.forEach((view) => {
        this.drop(view);
      });
    const made: Entry[] = [];
    for (const [index, view] of services.made.entries()) {
      if (index % stretch === stretch - 1) yield;
      this.check(made, "checkService", view, view.service.place, (rule, report) => {
        rule.checkService?.(view, conditions, report);
      });
    }
    for (const use of networks.made) {
      this.check(made, "checkNetwork", use, placeOf(use.network), (rule, report) => {
        rule.checkNetwork?.(use, conditions, report);
      });
    }
    for (const use of tables.made) {
      this.check(made, "checkTable", use, placeOf(use.table.pools[0]?.network), (rule, report) => {
        rule.checkTable?.(use, conditions, report);
      });
    }
    for (const use of links.made) {
      this.check(made, "checkLink", use, placeOf(use.networks[0]?.network), (rule, report) => {
        rule.checkLink?.(use, conditions, report);
      });
    }
    if (update.networksChanged) {
      this.check(made, "checkNetworks", allNetworks, undefined, (rule, report) => {
        rule.checkNetworks?.(context.networks, conditions, report);
      });
    }
    yield;
    this.check(made, "check", wholeProject, undefined, (rule, report) => {
      rule.check?.(context, report);
    });
    this.entries.update(made);
    return this.entries.findings(project.partial);
  }

  private check(
    made: Entry[],
    kind: Kind,
    view: object,
    origin: Place | undefined,
    run: (rule: Rule, report: ReportFunction) => void,
  ): void {
    this.drop(view);
    const entries: Entry[] = [];
    let current: Rule | undefined;
    const report = (found: Report) => {
      if (!current) return;
      entries.push({
        finding: this.findingOf(current, found, origin),
        kind: kinds.indexOf(kind),
        origin,
        index: entries.length,
        needsWholeProject: current.needsWholeProject === true,
        gone: false,
        repeated: false,
      });
    };
    this.rules.get(kind)?.forEach((rule) => {
      current = rule;
      run(rule, report);
    });
    if (entries.length === 0) return;
    this.byView.set(view, entries);
    for (const entry of entries) made.push(entry);
  }

  private findingOf(
    { id, severity }: Rule,
    { fixes, related = [], ...report }: Report,
    origin: Place | undefined,
  ): Finding {
    const way = () => (this.context ? wayTo(report.place, origin, this.context.project) : []);
    return {
      ...report,
      // Worked out when it is asked for: the way may change while the finding stays.
      get related() {
        const more = way().filter(({ place }) => related.every((own) => own.place !== place));
        return more.length === 0 ? related : [...related, ...more];
      },
      rule: id,
      severity: this.severities.get(id) ?? report.severity ?? severity,
      ...(fixes && { fixes: () => (this.context ? fixes(this.context) : []) }),
    };
  }

  private drop(view: object): void {
    for (const entry of this.byView.get(view) ?? []) entry.gone = true;
    this.byView.delete(view);
  }
}

function placeOf(network: NetworkView | undefined): Place | undefined {
  return network?.declaration?.place;
}
