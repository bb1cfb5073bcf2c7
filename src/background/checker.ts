/**
 * Checks the projects of a workspace, one after the other: what it is told is only noted, `step` does one
 * piece of work. It runs in a thread of its own (src/worker.ts).
 */
import { folderOf } from "../compose/paths";
import { ProjectLoader } from "../compose/projectLoader";
import type { Environment } from "../compose/interpolate";
import type { ComposeProject } from "../compose/project";
import { rules } from "../rules/index";
import { RuleRunner } from "../rules/run";
import { type ProjectClaims, claimsOf } from "../rules/workspace/claims";
import { summaryOf } from "../rules/workspace/otherClaims";
import { WorkspaceIndex } from "../rules/workspace/workspaceIndex";
import { checkoutOf } from "./checkout";
import { CheckerConditions } from "./conditions";
import { Outbox } from "./outbox";
import { PlainFindings } from "./plainFindings";
import type {
  CheckedProject,
  CheckerSurroundings,
  FromChecker,
  PlainFinding,
  ProjectResult,
  ToChecker,
} from "./protocol";
import { ReadFiles } from "./readFiles";
import { type Disk, Texts } from "./texts";

/** A project that is known, with what was found when it was last read. */
interface Entry {
  project: CheckedProject;
  /** Kept while one of its files is being edited, so that an edit costs what it touched. */
  live: { readonly loader: ProjectLoader; readonly runner: RuleRunner } | undefined;
  /** Every path that it depends on, also where there is no file. */
  paths: ReadonlySet<string>;
  files: readonly string[];
  claims: ProjectClaims | undefined;
  own: readonly PlainFinding[];
  /** What was posted last, as JSON: nothing is said twice. */
  posted: string;
}

/** Results are posted after so many projects, as long as there is more to check. */
const batch = 20;

export class Checker {
  private readonly post: (message: FromChecker) => void;
  private readonly environment: Environment;
  private readonly texts: Texts;
  private readonly disk: Disk | undefined;
  private readonly entries = new Map<string, Entry>();
  private readonly reading = new ReadFiles();
  private readonly index = new WorkspaceIndex();
  private readonly plain = new PlainFindings((path) => this.texts.read(path) ?? "");
  /** To be checked; those that were touched last come first. */
  private readonly dirty = new Set<string>();
  /** Checked, and not posted yet. */
  private readonly outbox: Outbox;
  private readonly requests: number[] = [];
  private conditions = new CheckerConditions({ run: {}, facts: {}, show: "openFiles" });

  /** `environment`: the variables of the process. `disk`: what need not be asked for. */
  constructor(environment: Environment, post: (message: FromChecker) => void, disk?: Disk) {
    // Which files make a project is said by where they lie, not by the variables of the editor.
    const variables = new Map(environment);
    variables.delete("COMPOSE_FILE");
    variables.delete("COMPOSE_PROJECT_NAME");
    this.environment = variables;
    this.post = post;
    this.outbox = new Outbox(post);
    this.disk = disk;
    this.texts = new Texts(disk);
  }

  take(message: ToChecker): void {
    switch (message.kind) {
      case "surroundings":
        this.setConditions(message.surroundings);
        break;
      case "containers":
        this.conditions.add(message.containers);
        if (message.last) for (const id of this.entries.keys()) this.dirty.add(id);
        break;
      case "project":
        this.setProject(message.project);
        break;
      case "forget":
        this.forget(message.id);
        break;
      case "file":
        if (!this.texts.take(message)) break;
        this.touchReaders(message.path, ({ live }) => live?.loader.invalidate(message.path));
        break;
      case "changed":
        this.texts.drop(message.path);
        this.touchReaders(message.path, ({ live }) => live?.loader.invalidate(message.path));
        break;
      case "edit":
        this.edit(message);
        break;
      case "taken":
        this.outbox.taken();
        break;
      case "finish":
        this.requests.push(message.request);
        break;
    }
  }

  /** One piece of work; false when there is nothing to do but to wait for messages. */
  step(): boolean {
    const next = [...this.dirty].at(-1);
    if (next !== undefined) {
      this.dirty.delete(next);
      try {
        this.check(next);
      } catch (error) {
        this.post({ kind: "failed", id: next, error: String((error as Error).stack) });
      }
      if (this.outbox.size >= batch) this.postResults();
      return true;
    }
    if (this.postResults()) return true;
    if (this.outbox.size > 0) return false;
    this.plain.clear();
    if (!this.texts.waiting) {
      for (const request of this.requests.splice(0)) this.post({ kind: "finished", request });
    }
    return false;
  }

  private setConditions(surroundings: CheckerSurroundings): void {
    this.conditions = new CheckerConditions(surroundings);
    const { engine, lans } = this.conditions;
    this.index.setSurroundings({ engine: engine.profile, lans });
    for (const [id, entry] of this.entries) {
      entry.live = undefined;
      this.dirty.add(id);
    }
  }

  private setProject(project: CheckedProject): void {
    const known = this.entries.get(project.id);
    const where = { ...project.where, checkout: checkoutOf(project, this.disk) };
    if (known) known.project = { ...project, where };
    else {
      this.entries.set(project.id, {
        project: { ...project, where },
        live: undefined,
        paths: new Set(),
        files: [],
        claims: undefined,
        own: [],
        posted: "",
      });
    }
    this.touch(project.id);
  }

  private forget(id: string): void {
    this.entries.delete(id);
    this.dirty.delete(id);
    this.outbox.delete(id);
    this.index.delete(id);
    for (const other of this.reading.set(id, undefined)) this.place(other);
  }

  private edit({ path, version, edits, length }: ToChecker & { kind: "edit" }): void {
    if (this.texts.edit(path, version, edits, length)) {
      this.touchReaders(path, ({ live }) => live?.loader.edit(path, edits));
      return;
    }
    // A safety net: after a change that was told wrongly, everything would be misplaced.
    this.texts.drop(path);
    this.want([path]);
  }

  private want(missing: Iterable<string>): void {
    const paths = this.texts.ask(missing);
    if (paths.length > 0) this.post({ kind: "wanted", paths });
  }

  private touchReaders(path: string, change: (entry: Entry) => void): void {
    for (const [id, entry] of this.entries) {
      if (!entry.paths.has(path)) continue;
      change(entry);
      this.touch(id);
    }
  }

  /** Last touched, first checked. */
  private touch(id: string): void {
    this.dirty.delete(id);
    this.dirty.add(id);
  }

  private check(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    const live = entry.live ?? this.open(entry.project);
    const compose = live.loader.project();
    entry.paths = live.loader.paths;
    this.want(live.loader.wanted);
    if ([...live.loader.wanted].some((path) => !this.texts.isTold(path))) {
      entry.live = live;
      return;
    }
    const findings = live.runner.run(compose, this.conditions.facts);
    entry.live = this.isOpen(entry) ? live : undefined;
    entry.files = compose.paths;
    entry.own = this.conditions.showsAll
      ? this.plain.of(findings, this.conditions.engine.version)
      : [];
    const { context } = live.runner;
    // Places as they are now: the texts move on, and the project is not kept.
    if (context) entry.claims = claimsOf(context, (place) => this.plain.place(place));
    for (const other of this.noteFiles(id, entry, live.loader, compose)) this.place(other);
  }

  private open({ folder, file }: CheckedProject): NonNullable<Entry["live"]> {
    const { environment } = this;
    const request = { folder, environment, ...(file === undefined ? {} : { files: [file] }) };
    return {
      loader: new ProjectLoader(this.texts, request),
      // What a project claims is told by the views that rules are given: for that, none has to run.
      runner: new RuleRunner(this.conditions.showsAll ? rules : [], this.conditions.run),
    };
  }

  private noteFiles(
    id: string,
    { project }: Entry,
    loader: ProjectLoader,
    compose: ComposeProject,
  ) {
    return this.reading.set(id, {
      own: loader.setup.files,
      files: compose.paths,
      // Files of another folder are this project's, as COMPOSE_FILE says, whatever they are called.
      included: [
        ...compose.included,
        ...loader.setup.files.filter((path) => folderOf(path) !== project.folder),
      ],
      standIn: project.file !== undefined,
    });
  }

  /** Puts the project's claims among those of all, or takes them from there. */
  private place(id: string): void {
    const entry = this.entries.get(id);
    if (!entry?.claims) return;
    this.outbox.add(id);
    const { claims, project } = entry;
    if (claims.files.length === 0 || this.reading.isPart(id)) this.index.delete(id);
    else this.index.set(id, { where: project.where, claims });
  }

  /** Posts some of what changed; false when nothing can be posted now. */
  private postResults(): boolean {
    for (const id of this.index.takeStale()) this.outbox.add(id);
    return this.outbox.send((id) => this.resultOf(id), this.dirty.size);
  }

  private resultOf(id: string): ProjectResult | undefined {
    const entry = this.entries.get(id);
    if (!entry?.claims) return undefined;
    const { files, own, claims, project } = entry;
    const counts = this.index.has(id);
    const result: ProjectResult = {
      id,
      versions: this.versionsOf(entry),
      files,
      own: counts ? own : [],
      between: counts && (this.conditions.showsAll || this.isOpen(entry)) ? this.between(id) : [],
      claims: counts ? summaryOf(claims, project.where.shown) : undefined,
    };
    const plain = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}` : value);
    const text = JSON.stringify(result, plain);
    if (text === entry.posted) return undefined;
    entry.posted = text;
    return result;
  }

  private between(id: string): PlainFinding[] {
    const { overrides = {} } = this.conditions.run;
    const findings = this.index.findings(id).flatMap((finding) => {
      const override = overrides[finding.rule];
      return override === "off" ? [] : [{ ...finding, severity: override ?? finding.severity }];
    });
    return this.plain.of(findings, this.conditions.engine.version);
  }

  private versionsOf({ paths }: Entry): Record<string, number> {
    const versions: Record<string, number> = {};
    for (const path of paths) {
      const version = this.texts.version(path);
      if (version !== undefined) versions[path] = version;
    }
    return versions;
  }

  private isOpen({ paths }: Entry): boolean {
    return [...paths].some((path) => this.texts.version(path) !== undefined);
  }
}
