/**
 * Makes the views that rules are given, and keeps them from run to run: only what an edit changed is
 * made anew. A declaration that is the same object as before is taken to say the same.
 */
import type { ComposeProject, ServiceDeclaration } from "../../compose/project";
import type { Facts } from "../../model/facts";
import { conditionsOf } from "./conditions";
import type { Conditions, RuleContext, ServiceView } from "../context";
import { type Difference, type KeptNetwork, KeptNetworks, type UsesUpdate } from "./keptNetworks";
import { serviceViewOf } from "./serviceView";
import { sameEnds } from "../support/lists";
import type { OtherClaims } from "../workspace/otherClaims";
import type { Judge } from "../support/staticAddresses";

/** The views of a project as it stands, and what of them is new or gone since the last time. */
export interface ViewsUpdate extends UsesUpdate {
  readonly context: RuleContext;
  /** The same object as long as nothing in it is different. */
  readonly conditions: Conditions;
  /** Nothing was kept: all that was made before is gone, whatever the differences say. */
  readonly restarted: boolean;
  readonly services: Difference<ServiceView>;
  /** Whether some network, or their order, is another one. */
  readonly networksChanged: boolean;
}

/** Builds all views once. `engineVersion`: wins over the facts' engine; then the newest known. */
export function createContext(
  project: ComposeProject,
  facts: Facts,
  engineVersion?: string,
  others?: OtherClaims,
): RuleContext {
  const steps = new Views().update(project, facts, engineVersion);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return { ...step.value.context, others };
}

export class Views {
  private kept: Kept | undefined;

  /**
   * Brings the views up to date. Yields now and then, so that a big project can be viewed in slices;
   * an update that is left unfinished costs the next one all that was kept.
   */
  *update(
    project: ComposeProject,
    facts: Facts,
    engineVersion?: string,
  ): Generator<undefined, ViewsUpdate> {
    const old = this.kept;
    this.kept = undefined;
    const conditions = conditionsOf(project, facts, engineVersion, old?.conditions);
    const restarted = old?.conditions !== conditions;
    const kept = restarted ? new Kept(conditions) : old;
    const update = yield* kept.update(project);
    this.kept = kept;
    return { ...update, conditions, restarted };
  }
}

interface KeptService {
  readonly view: ServiceView;
  /** Of each of its ties. */
  readonly networks: readonly KeptNetwork[];
  /** Those that the view was made with. */
  readonly judges: readonly (Judge | undefined)[];
}

/** So many services are viewed at a stretch. */
const stretch = 200;

/** Everything that one set of conditions has led to. */
class Kept {
  readonly conditions: Conditions;
  private readonly networks: KeptNetworks;
  private services: readonly KeptService[] = [];

  constructor(conditions: Conditions) {
    this.conditions = conditions;
    this.networks = new KeptNetworks(conditions);
  }

  *update(
    project: ComposeProject,
  ): Generator<undefined, Omit<ViewsUpdate, "conditions" | "restarted">> {
    const before = this.services;
    const declarations = project.services;
    const { head, tail } = sameEnds(before, declarations, (a, b) => a?.view.service === b);
    const gone = before.slice(head, before.length - tail);
    for (const { view } of gone) this.networks.count(view.service, -1);
    for (const declaration of declarations.slice(head, declarations.length - tail)) {
      this.networks.count(declaration, 1);
    }
    const { viewsChanged, judgesChanged } = this.networks.update(project);

    const services: KeptService[] = [];
    const made: KeptService[] = [];
    for (const [index, declaration] of declarations.entries()) {
      const behind = declarations.length - index;
      const old = before[index < head ? index : behind <= tail ? before.length - behind : -1];
      if (old && !(judgesChanged && isOutdated(old))) {
        services.push(old);
        continue;
      }
      if (old) gone.push(old);
      const service = this.view(declaration);
      services.push(service);
      made.push(service);
      if (made.length % stretch === 0) yield;
    }
    this.services = services;
    for (const { networks } of [...gone, ...made]) for (const each of networks) each.stale = true;
    const uses = this.networks.updateUses(services);
    const viewed = ({ view }: KeptService) => view;
    return {
      context: {
        ...this.conditions,
        ...this.networks.context(),
        project,
        others: undefined,
        services: services.map(viewed),
        untied: services.filter(isUntied).map(viewed),
      },
      services: { made: made.map(viewed), gone: gone.map(viewed) },
      ...uses,
      networksChanged: viewsChanged,
    };
  }

  private view(declaration: ServiceDeclaration): KeptService {
    const networks = declaration.networks.map(({ key }) => this.networks.named(key));
    const judges = networks.map(({ judge }) => judge);
    const view = serviceViewOf(declaration, judges, this.conditions.engine);
    return { view, networks, judges };
  }
}

/** Whether the view would be another one today. */
function isOutdated({ networks, judges }: KeptService): boolean {
  return networks.some(({ judge }, index) => judge !== judges[index]);
}

function isUntied({ view }: KeptService): boolean {
  return view.attachments.length < view.service.networks.length;
}
