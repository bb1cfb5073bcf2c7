/**
 * Makes the views that rules are given, and keeps them from run to run: only what an edit changed is
 * made anew. A declaration that is the same object as before is taken to say the same.
 */
import type { ComposeProject, ServiceDeclaration } from "../../compose/project";
import type { Facts } from "../../model/facts";
import { conditionsOf } from "./conditions";
import { writtenText } from "../support/declaredEntries";
import { publishedKeys } from "../support/publishedPorts";
import { Holders } from "./holders";
import type {
  Conditions,
  NetworkUse,
  NetworkView,
  PoolView,
  RuleContext,
  ServiceView,
  TableUse,
} from "../context";
import { KeptNetworks } from "./keptNetworks";
import { type Difference, KeptUses, type Member, type UsesUpdate } from "./keptUses";
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

type KeptUpdate = Omit<ViewsUpdate, "conditions" | "restarted">;

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

interface KeptService extends Member {
  /** Those that the view was made with. */
  readonly judges: readonly (Judge | undefined)[];
}

/** What a service calls its container. */
function nameOf({ service }: ServiceView): readonly string[] {
  const name = writtenText(service.containerName);
  return name === undefined ? [] : [name];
}

/** So many services are viewed at a stretch. */
const stretch = 200;

/** Everything that one set of conditions has led to. */
class Kept {
  readonly conditions: Conditions;
  private readonly networks: KeptNetworks;
  private readonly uses = new KeptUses();
  private declarations: readonly ServiceDeclaration[] = [];
  /** Of each declaration. */
  private services: readonly KeptService[] = [];
  private views: readonly ServiceView[] = [];
  private readonly untied = new Selection(isUntied);
  private readonly containerNames = new Holders(nameOf);
  private readonly publishedPorts = new Holders(publishedKeys);

  constructor(conditions: Conditions) {
    this.conditions = conditions;
    this.networks = new KeptNetworks(conditions);
  }

  *update(project: ComposeProject): Generator<undefined, KeptUpdate> {
    const { head, tail } = sameEnds(this.declarations, project.services);
    const before = this.services;
    const entered = project.services.slice(head, project.services.length - tail);
    const gone = before.slice(head, before.length - tail);
    for (const { view } of gone) this.networks.count(view.service, -1);
    for (const declaration of entered) this.networks.count(declaration, 1);
    const { viewsChanged, judgesChanged } = this.networks.update(project);

    const made: KeptService[] = [];
    for (const declaration of entered) {
      made.push(this.view(declaration));
      if (made.length % stretch === 0) yield;
    }
    const services = [...before.slice(0, head), ...made, ...before.slice(before.length - tail)];
    for (const [index, old] of viewsChanged || judgesChanged ? services.entries() : []) {
      if (!this.isOutdated(old)) continue;
      const renewed = this.view(old.view.service);
      services[index] = renewed;
      gone.push(old);
      made.push(renewed);
      if (made.length % stretch === 0) yield;
    }
    this.declarations = project.services;
    for (const { networks } of [...gone, ...made]) for (const each of networks) each.stale = true;
    const difference = { made: made.map(viewOf), gone: gone.map(viewOf) };
    if (made.length + gone.length > 0) this.replaceServices(services, difference);
    const uses = this.uses.update(this.networks.stale(), this.networks.sharing, services);
    return {
      context: this.context(project),
      services: difference,
      ...uses,
      networksChanged: viewsChanged,
    };
  }

  private view(declaration: ServiceDeclaration): KeptService {
    const ties = this.networks.tiesOf(declaration);
    const networks = ties.map(({ key }) => this.networks.named(key));
    const judges = networks.map(({ judge }) => judge);
    const written = ties.map(({ tie }) => tie);
    const view = serviceViewOf(declaration, written, judges, this.conditions.engine);
    return { view, networks, judges };
  }

  /** Whether the view would be another one today. */
  private isOutdated({ view, networks, judges }: KeptService): boolean {
    const ties = this.networks.tiesOf(view.service);
    return (
      ties.length !== networks.length ||
      ties.some(({ key }, index) => {
        const network = this.networks.named(key);
        return network !== networks[index] || network.judge !== judges[index];
      })
    );
  }

  private replaceServices(
    services: readonly KeptService[],
    difference: Difference<ServiceView>,
  ): void {
    this.services = services;
    this.views = services.map(viewOf);
    this.untied.update(this.views, difference);
    for (const holders of [this.containerNames, this.publishedPorts]) {
      for (const view of difference.gone) holders.remove(view);
      for (const view of difference.made) holders.add(view);
    }
  }

  private context(project: ComposeProject): RuleContext {
    const { networks, uses } = this;
    return {
      ...this.conditions,
      project,
      networks: networks.views,
      services: this.views,
      tables: uses.byPool,
      untied: this.untied.items,
      containerNames: this.containerNames,
      publishedPorts: this.publishedPorts,
      network: (key) => networks.named(key).view,
      use: (network) => networks.named(network.key).use ?? unused(network),
      others: undefined,
    };
  }
}

function isUntied({ attachments, service }: ServiceView): boolean {
  return attachments.length < service.networks.length;
}

function viewOf({ view }: KeptService): ServiceView {
  return view;
}

function unused(network: NetworkView): NetworkUse {
  return { network, attachments: [], tables: new Map<PoolView, TableUse>() };
}

/** Those of a list that fulfil a condition: the same list as long as they are the same. */
class Selection {
  items: readonly ServiceView[] = [];
  private readonly fulfils: (view: ServiceView) => boolean;

  constructor(fulfils: (view: ServiceView) => boolean) {
    this.fulfils = fulfils;
  }

  update(all: readonly ServiceView[], { made, gone }: Difference<ServiceView>): void {
    if (made.some(this.fulfils) || gone.some(this.fulfils)) this.items = all.filter(this.fulfils);
  }
}
