/** One open compose file: its project, followed edit by edit, and what the rules find in it. PURE. */
import type { Cursor } from "../compose/cursor";
import { cursorIn } from "../compose/cursorIn";
import { FileProject } from "../compose/fileProject";
import type { FileAccess } from "../compose/fileStore";
import type { Environment } from "../compose/interpolate";
import type { DocumentEdit } from "../compose/sourceFile";
import { engineInForce } from "../model/engineInForce";
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

/** As of one text: places are only right until the next edit of one of the project's files. */
export interface Analysis {
  readonly findings: readonly Finding[];
  /** The engine that the findings are about, for messages. */
  readonly engineVersion: string;
  readonly surroundings: Surroundings;
}

export class DocumentAnalysis {
  readonly path: string;
  private readonly files: FileProject;
  private latest: Analysis | undefined;
  private runner: RuleRunner | undefined;

  /** `environment`: variables of the process; those of `.env` come with the files. */
  constructor(path: string, access: FileAccess, environment: Environment) {
    this.path = path;
    this.files = new FileProject(path, access, { environment });
  }

  /** The document's text as it was read and followed; undefined until it is known. */
  get text(): string | undefined {
    return this.files.file?.text;
  }

  /** The text of a file of the project. */
  textOf(path: string): string | undefined {
    return this.files.project().textOf(path);
  }

  /** Paths whose texts have to be had before the project is whole. */
  get wanted(): ReadonlySet<string> {
    this.files.project();
    return this.files.wanted;
  }

  /** Every path that the project depends on, also of files that are not there. */
  get paths(): ReadonlySet<string> {
    return this.files.paths;
  }

  dependsOn(path: string): boolean {
    return this.files.dependsOn(path);
  }

  /** The project apart from this one, to try edits on. */
  copy(): FixTarget {
    return this.files.loader.copy();
  }

  /** The last analysis, if nothing was edited since. */
  get known(): Analysis | undefined {
    return this.latest;
  }

  /** Follows edits of one file; the findings are worked out when they are asked for. */
  edit(path: string, edits: readonly DocumentEdit[]): void {
    this.latest = undefined;
    this.files.edit(path, edits);
  }

  /** Takes the whole text of a file, where following failed. */
  replace(path: string, text: string): void {
    this.latest = undefined;
    this.files.replace(path, text);
  }

  /** A file changed otherwise than by an edit. */
  invalidate(path: string): void {
    this.latest = undefined;
    this.files.invalidate(path);
  }

  /** The findings of the current texts; worked out once for each text and surroundings. */
  analysis(surroundings: Surroundings): Analysis {
    if (this.latest?.surroundings !== surroundings) {
      const { rules, facts, run } = surroundings;
      const findings = this.runnerFor(rules, run).run(this.files.project(), facts, run.others);
      const { version: engineVersion } = engineInForce({
        asked: run.engineVersion,
        connected: facts.engine?.version,
      });
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
    return this.runner?.context ?? createContext(this.files.project(), facts, run.engineVersion);
  }

  cursor(offset: number): Cursor | undefined {
    return cursorIn(this.files.file, offset);
  }
}
