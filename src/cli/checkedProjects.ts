/** The projects of a run, with the findings in each and between them. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ComposeProject } from "../compose/project";
import type { ProjectLoader } from "../compose/projectLoader";
import { parsePrefix } from "../model/cidr";
import type { EngineInForce } from "../model/engineInForce";
import type { Facts } from "../model/facts";
import { rules } from "../rules/index";
import type { Finding } from "../rules/rule";
import { RuleRunner, type RunOptions, runRules } from "../rules/run";
import { claimsOf } from "../rules/workspace/claims";
import { WorkspaceIndex } from "../rules/workspace/workspaceIndex";
import { pathBelow } from "./projects";
import { shownPath } from "./whereabouts";

export interface CheckSurroundings {
  readonly facts: Facts;
  readonly engine: EngineInForce;
  /** The folder that all projects are in. */
  readonly root: string;
  /** No findings between projects. */
  readonly isolate: boolean;
  readonly overrides: NonNullable<RunOptions["overrides"]>;
}

export class CheckedProjects {
  readonly facts: Facts;
  private readonly loaders: ReadonlyMap<string, ProjectLoader>;
  private readonly surroundings: CheckSurroundings;
  /** Absent where there is nothing to compare. */
  private readonly index: WorkspaceIndex | undefined;

  constructor(loaders: readonly ProjectLoader[], surroundings: CheckSurroundings) {
    this.facts = surroundings.facts;
    this.surroundings = surroundings;
    this.loaders = new Map(loaders.map((loader) => [loader.setup.files.join("\n"), loader]));
    if (surroundings.isolate || this.loaders.size < 2) return;
    this.index = new WorkspaceIndex();
    this.index.setSurroundings({
      engine: surroundings.engine.profile,
      lans: (this.facts.lan ?? []).flatMap(({ subnet }) => parsePrefix(subnet) ?? []),
    });
    for (const [id, loader] of this.loaders) this.compare(id, loader.project());
  }

  get ids(): readonly string[] {
    return [...this.loaders.keys()];
  }

  loader(id: string): ProjectLoader {
    const loader = this.loaders.get(id);
    if (!loader) throw new Error(`no project ${id}`);
    return loader;
  }

  /** In the project and between it and the others, by place. */
  findings(id: string): readonly Finding[] {
    const project = this.loader(id).project();
    const own = runRules(rules, project, this.facts, this.run(id));
    const between = this.index ? this.foundBetween(this.index, id) : [];
    return between.length === 0 ? own : [...own, ...between].sort(byPlace);
  }

  run(id: string): RunOptions {
    const { engine, overrides } = this.surroundings;
    return { engineVersion: engine.version, overrides, others: this.index?.others(id) };
  }

  /** What is wrong between a project, as it is now, and the others. */
  between(id: string, project: ComposeProject): readonly Finding[] {
    if (!this.index) return [];
    this.compare(id, project);
    return this.foundBetween(this.index, id);
  }

  private foundBetween(index: WorkspaceIndex, id: string): readonly Finding[] {
    return index.findings(id).flatMap((finding) => {
      const override = this.surroundings.overrides[finding.rule];
      return override === "off" ? [] : [{ ...finding, severity: override ?? finding.severity }];
    });
  }

  /** Takes the new text of a file into all projects that it is part of. */
  replace(path: string, text: string): void {
    for (const [id, loader] of this.loaders) {
      if (!loader.paths.has(path)) continue;
      loader.replace(path, text);
      if (this.index) this.compare(id, loader.project());
    }
  }

  /** The texts of all files that take part. */
  texts(): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const loader of this.loaders.values()) {
      const project = loader.project();
      // A file of variables is no part of the project, but may be what is wrong with it.
      const others = project.problems.map(({ place }) => place.path);
      for (const path of [...project.paths, ...others]) {
        texts.set(path, project.textOf(path) ?? "");
      }
    }
    return texts;
  }

  private compare(id: string, project: ComposeProject): void {
    const { engine, root } = this.surroundings;
    const main = project.paths[0];
    if (!this.index || main === undefined) return;
    // No rule is run: what they would be given tells what the project claims.
    const views = new RuleRunner([], { engineVersion: engine.version });
    views.run(project, this.facts, this.index.others(id));
    const { context } = views;
    if (!context) return;
    this.index.set(id, {
      where: {
        root,
        path: pathBelow(root, main),
        shown: shownPath(main),
        checkout: checkoutOf(main, root),
      },
      claims: claimsOf(context),
      context: () => context,
    });
  }
}

/** The folder below the root that is a git checkout of its own and holds the file; "" if none. */
function checkoutOf(path: string, root: string): string {
  for (let at = dirname(path); at.length > root.length; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return pathBelow(root, at);
  }
  return "";
}

function byPlace({ place: a }: Finding, { place: b }: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.from - b.from || a.to - b.to;
}
