/** The networks of a project as they are kept from run to run: what declarations, facts and engine make of them. */
import type { ComposeProject, NetworkDeclaration, ServiceDeclaration } from "../../compose/project";
import type { Conditions, NetworkView, PoolView } from "../context";
import {
  type AddressTable,
  hiddenTable,
  networkIdentity,
  tablesOf,
} from "../support/addressTables";
import { isSameList } from "../support/lists";
import { liveNetworks } from "../support/liveNetworks";
import { Judge } from "../support/staticAddresses";
import { KeptNetwork, type Link, type Sharing } from "./keptNetwork";
import { implicitDefault, viewOf } from "./networkView";
import { RealNames, type Tie } from "./realNames";

export class KeptNetworks {
  /** Declared networks and, where used, the implicit `default`, in the file's order. */
  views: readonly NetworkView[] = [];
  sharing: Sharing = { tables: new Map(), links: new Map() };
  private readonly conditions: Conditions;
  private readonly byKey = new Map<string, KeptNetwork>();
  private names = new RealNames([], true);
  private partial = false;
  private whole = false;
  private tables: ReadonlyMap<PoolView, AddressTable> = new Map<PoolView, AddressTable>();
  /** Tables of addresses that may be in a hidden pool, by `networkIdentity`. */
  private readonly hidden = new Map<string, AddressTable>();
  private readonly links = new Map<string, Link>();

  constructor(conditions: Conditions) {
    this.conditions = conditions;
  }

  named(key: string): KeptNetwork {
    const known = this.byKey.get(key);
    if (known) return known;
    const network = new KeptNetwork(key);
    this.byKey.set(key, network);
    return network;
  }

  /** A service comes or goes. */
  count({ enabled, networks }: ServiceDeclaration, change: 1 | -1): void {
    if (enabled) for (const { key } of networks) this.named(key).tied += change;
  }

  /** What a service is on, once all networks are up to date. */
  tiesOf(service: ServiceDeclaration): readonly Tie[] {
    return this.names.tiesOf(service);
  }

  /** Brings views, sharing and judges up to date, once all services are counted. */
  update({ networks, partial, whole }: ComposeProject): {
    viewsChanged: boolean;
    judgesChanged: boolean;
  } {
    this.whole = whole;
    const declared = new Map(networks.map((declaration) => [declaration.key, declaration]));
    for (const key of declared.keys()) this.named(key);
    for (const network of this.byKey.values()) {
      network.view = this.viewOf(network, declared.get(network.key));
    }
    const keys = [...declared.keys(), ...(declared.has("default") ? [] : ["default"])];
    const views = keys.flatMap((key) => this.byKey.get(key)?.view ?? []);
    const viewsChanged = !isSameList(views, this.views);
    if (viewsChanged) this.share(views);
    const judgesChanged = (viewsChanged || partial !== this.partial) && this.appoint(partial);
    return { viewsChanged, judgesChanged };
  }

  /** The networks that are stale, with those that share something with one of them, which are then, too. */
  stale(): readonly KeptNetwork[] {
    const found = [...this.byKey.values()].filter(({ stale }) => stale);
    const seen = new Set<object>();
    const mark = (shared: object, networks: readonly KeptNetwork[] = []) => {
      if (seen.has(shared)) return;
      seen.add(shared);
      for (const network of networks) {
        if (!network.stale) found.push(network);
        network.stale = true;
      }
    };
    // Grows while it is visited.
    for (const { tables, link } of found) {
      for (const table of tables) mark(table, this.sharing.tables.get(table));
      if (link) mark(link, this.sharing.links.get(link));
    }
    return found;
  }

  private viewOf(
    { key, tied, view }: KeptNetwork,
    declaration: NetworkDeclaration | undefined,
  ): NetworkView | undefined {
    const used = tied > 0;
    const { engine, facts, projectName } = this.conditions;
    const live = liveNetworks(facts);
    if (declaration) {
      if (view?.declaration === declaration && view.used === used) return view;
      const { realName } = declaration;
      const same = realName === undefined ? undefined : live.get(realName);
      return viewOf(declaration, engine, same, used);
    }
    if (key !== "default" || !used) return undefined;
    const { whole } = this;
    if (view && !view.declaration && view.poolsKnown === whole) return view;
    if (projectName === undefined) return implicitDefault(undefined, undefined, whole);
    const realName = `${projectName}_default`;
    return implicitDefault(realName, live.get(realName), whole);
  }

  /** Finds out which networks share a table or a link. */
  private share(views: readonly NetworkView[]): void {
    this.views = views;
    this.names = new RealNames(views, this.conditions.engine.endpointsAtCreate);
    this.tables = tablesOf(views, this.tables);
    const tables = new Map<AddressTable, KeptNetwork[]>();
    const links = new Map<Link, KeptNetwork[]>();
    for (const view of views) {
      const network = this.named(view.key);
      const pools = view.pools.flatMap((pool) => this.tables.get(pool) ?? []);
      network.hidden = named(this.hidden, networkIdentity(view), hiddenTable);
      network.tables = [...pools, network.hidden];
      network.link = this.linkOf(view);
      for (const table of network.tables) join(tables, table, network);
      join(links, network.link, network);
    }
    markChanged(this.sharing.tables, tables);
    markChanged(this.sharing.links, links);
    this.sharing = { tables, links };
  }

  private linkOf(view: NetworkView): Link {
    const parent = view.onLan ? view.parent : undefined;
    const name = parent === undefined ? `network ${networkIdentity(view)}` : `parent ${parent}`;
    return named(this.links, name, () => ({ parent }));
  }

  /** Gives each network its judge; whether any says something else now. */
  private appoint(partial: boolean): boolean {
    this.partial = partial;
    let changed = false;
    for (const network of this.byKey.values()) {
      const { view, judge, hidden } = network;
      const next = view && hidden && new Judge(view, this.tables, hidden, partial);
      if (next ? judge && next.agreesWith(judge) : !judge) continue;
      network.judge = next;
      network.stale = true;
      changed = true;
    }
    return changed;
  }
}

/** The thing of that name. Names that were once typed are not remembered for ever. */
function named<T>(things: Map<string, T>, name: string, make: () => T): T {
  const known = things.get(name);
  if (known) return known;
  if (things.size > 10_000) things.clear();
  const thing = make();
  things.set(name, thing);
  return thing;
}

function join<K>(groups: Map<K, KeptNetwork[]>, key: K, network: KeptNetwork): void {
  const group = groups.get(key);
  if (group) group.push(network);
  else groups.set(key, [network]);
}

/** Who shares something with others than before is stale. */
function markChanged<K>(
  before: ReadonlyMap<K, readonly KeptNetwork[]>,
  now: ReadonlyMap<K, readonly KeptNetwork[]>,
): void {
  for (const [key, networks] of now) {
    if (isSameList(before.get(key) ?? [], networks)) continue;
    for (const network of networks) network.stale = true;
  }
}
