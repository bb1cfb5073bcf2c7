/** One open compose file: its project, followed edit by edit, and what the rules find in it. PURE. */
import type { ComposeOptions } from "../compose/document";
import { type DocumentEdit, ComposeDocument } from "../compose/document";
import { environmentProfiles, projectEnvironment } from "../compose/environment";
import { newestVersion } from "../model/engineProfile";
import type { Facts } from "../model/facts";
import type { FixTarget } from "../rules/applyFixes";
import type { RuleContext } from "../rules/context";
import type { Finding, Rule } from "../rules/rule";
import { RuleRunner, type RunOptions } from "../rules/run";
import { createContext } from "../rules/views/views";

/** What the analysis of every document shares. */
export interface Surroundings {
  readonly rules: readonly Rule[];
  readonly facts: Facts;
  readonly run: RunOptions;
}

/** As of one text: places are only right until the next edit of the document. */
export interface Analysis {
  readonly findings: readonly Finding[];
  /** The engine that the findings are about, for messages. */
  readonly engineVersion: string;
  readonly surroundings: Surroundings;
}

/** Reads a `.env` text, or what stands in for it, as the options of a document. */
export function composeOptions(
  process: Readonly<Record<string, string | undefined>>,
  dotenv: string | undefined,
): ComposeOptions {
  const environment = projectEnvironment(process, dotenv === undefined ? [] : [dotenv]);
  return { environment, profiles: environmentProfiles(environment) };
}

export class DocumentAnalysis {
  private document: ComposeDocument;
  private latest: Analysis | undefined;
  private options: ComposeOptions;
  private runner: RuleRunner | undefined;

  constructor(path: string, text: string, options: ComposeOptions) {
    this.options = options;
    this.document = new ComposeDocument(path, text, options);
  }

  get path(): string {
    return this.document.path;
  }
  get text(): string {
    return this.document.text;
  }
  /** The same file apart from this one, to try edits on. */
  copy(): FixTarget {
    const document = new ComposeDocument(this.path, this.text, this.options);
    return {
      project: () => document.project(),
      edit: (_, edits) => {
        document.edit(edits);
      },
    };
  }
  /** The last analysis, if nothing was edited since. */
  get known(): Analysis | undefined {
    return this.latest;
  }

  /** Follows an edit; the findings are worked out when they are asked for. */
  edit(edits: readonly DocumentEdit[]): void {
    this.latest = undefined;
    this.document.edit(edits);
  }

  /** Takes the whole text, where following failed. */
  replace(text: string): void {
    this.latest = undefined;
    this.document.replace(text);
  }

  /** Reads the file with other variables. */
  setOptions(options: ComposeOptions): void {
    this.latest = undefined;
    this.options = options;
    this.document = new ComposeDocument(this.path, this.text, options);
  }

  /** The findings of the current text; worked out once for each text and surroundings. */
  analysis(surroundings: Surroundings): Analysis {
    if (this.latest?.surroundings !== surroundings) {
      const { rules, facts, run } = surroundings;
      const findings = this.runnerFor(rules, run).run(this.document.project(), facts, run.others);
      const engineVersion = run.engineVersion ?? facts.engine?.version ?? newestVersion;
      this.latest = { findings, engineVersion, surroundings };
    }
    return this.latest;
  }

  /** What is kept from one run to the next holds for one set of rules and severities. */
  private runnerFor(rules: readonly Rule[], run: RunOptions): RuleRunner {
    const { engineVersion, overrides } = run;
    const before = this.runner?.options;
    if (
      this.runner?.rules !== rules ||
      before?.engineVersion !== engineVersion ||
      before?.overrides !== overrides
    ) {
      this.runner = new RuleRunner(rules, run);
    }
    return this.runner;
  }

  /** For what is asked at a place: hover, suggestions. */
  context(surroundings: Surroundings): RuleContext {
    const { facts, run } = surroundings;
    this.analysis(surroundings);
    return this.runner?.context ?? createContext(this.document.project(), facts, run.engineVersion);
  }

  cursor(offset: number): ReturnType<ComposeDocument["cursor"]> {
    return this.document.cursor(offset);
  }
}
