/** The networks of a project as they are kept from run to run: their views, tables, and who is on them. */
import type { ComposeProject, NetworkDeclaration, ServiceDeclaration } from "../../compose/project";
import type {
  AttachmentView,
  Conditions,
  NetworkUse,
  NetworkView,
  PoolView,
  RuleContext,
  ServiceView,
  TableUse,
} from "../context";
import { implicitDefault, viewOf } from "./networkView";
import {
  type AddressTable,
  hiddenTable,
  networkIdentity,
  tablesOf,
} from "../support/addressTables";
import { Claims } from "../support/claims";
import { isSameList } from "../support/lists";
import { liveNetworks } from "../support/liveNetworks";
import { Judge } from "../support/staticAddresses";

/** A network by its key; one that services name and nobody declares has no view. */
export class KeptNetwork {
  readonly key: string;
  /** Ties of enabled services. */
  tied = 0;
  view: NetworkView | undefined;
  judge: Judge | undefined;
  use: NetworkUse | undefined;
  /** Where its static addresses may be held. */
  tables: readonly AddressTable[] = [];
  /** Who is on it, or what its tables hold, is another now. */
  stale = false;

  constructor(key: string) {
    this.key = key;
  }
}

/** What a service has to tell of itself here. */
export interface KeptService {
  readonly view: ServiceView;
  /** Of each of its ties. */
  readonly networks: readonly KeptNetwork[];
}

export interface Difference<T> {
  readonly made: readonly T[];
  readonly gone: readonly T[];
}

export interface UsesUpdate {
  readonly networks: Difference<NetworkUse>;
  readonly tables: Difference<TableUse>;
}

function unusedNetwork(network: NetworkView): NetworkUse {
  return { network, attachments: [], tables: new Map<PoolView, TableUse>() };
}

export class KeptNetworks {
  /** Of the last update: declared networks and, where used, the implicit `default`, in the file's order. */
  views: readonly NetworkView[] = [];
  private readonly conditions: Conditions;
  private readonly byKey = new Map<string, KeptNetwork>();
  private partial = false;
  private tables: ReadonlyMap<PoolView, AddressTable> = new Map<PoolView, AddressTable>();
  /** Tables of addresses that may be in a hidden pool, by `networkIdentity`. */
  private hidden = new Map<string, AddressTable>();
  /** Every table with the networks that draw from it, in the order of the file. */
  private drawers = new Map<AddressTable, KeptNetwork[]>();
  private tableUses = new Map<AddressTable, TableUse>();
  private byPool: ReadonlyMap<PoolView, TableUse> = new Map<PoolView, TableUse>();

  constructor(conditions: Conditions) {
    this.conditions = conditions;
  }

  /** What a context says of networks; right until the next update. */
  context(): Pick<RuleContext, "networks" | "uses" | "tables" | "tableUses" | "network" | "use"> {
    return {
      networks: this.views,
      uses: this.views.flatMap(({ key }) => this.byKey.get(key)?.use ?? []),
      tables: this.byPool,
      tableUses: [...this.tableUses.values()],
      network: (key) => this.byKey.get(key)?.view,
      use: (network) => this.byKey.get(network.key)?.use ?? unusedNetwork(network),
    };
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

  /** Brings views, tables and judges up to date, once all services are counted. */
  update({ networks, partial }: ComposeProject): { viewsChanged: boolean; judgesChanged: boolean } {
    const declared = new Map(networks.map((declaration) => [declaration.key, declaration]));
    for (const key of declared.keys()) this.named(key);
    for (const network of this.byKey.values()) {
      network.view = this.viewOf(network, declared.get(network.key));
      if (!network.view) this.move(network, []);
    }
    const keys = [...declared.keys(), ...(declared.has("default") ? [] : ["default"])];
    const views = keys.flatMap((key) => this.byKey.get(key)?.view ?? []);
    const viewsChanged = !isSameList(views, this.views);
    if (viewsChanged) this.tabulate(views);
    const judgesChanged = (viewsChanged || partial !== this.partial) && this.appoint(partial);
    return { viewsChanged, judgesChanged };
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
    if (view && !view.declaration) return view;
    if (projectName === undefined) return implicitDefault(undefined, undefined);
    const realName = `${projectName}_default`;
    return implicitDefault(realName, live.get(realName));
  }

  /** Which tables there are, and who draws from them. */
  private tabulate(views: readonly NetworkView[]): void {
    this.views = views;
    this.tables = tablesOf(views, this.tables);
    const hidden = new Map<string, AddressTable>();
    const drawers = new Map<AddressTable, KeptNetwork[]>();
    for (const view of views) {
      const network = this.named(view.key);
      const name = networkIdentity(view);
      const held = hidden.get(name) ?? this.hidden.get(name) ?? hiddenTable();
      hidden.set(name, held);
      this.move(network, [...view.pools.flatMap((pool) => this.tables.get(pool) ?? []), held]);
      for (const table of network.tables) {
        const others = drawers.get(table);
        if (others) others.push(network);
        else drawers.set(table, [network]);
      }
    }
    this.hidden = hidden;
    this.drawers = drawers;
  }

  /** Lets a network draw from other tables than before; those that it drew from with others change, too. */
  private move(network: KeptNetwork, tables: readonly AddressTable[]): void {
    if (isSameList(network.tables, tables)) return;
    for (const table of network.tables) {
      for (const other of this.drawers.get(table) ?? []) other.stale = true;
    }
    network.tables = tables;
  }

  /** Gives each network its judge; whether any says something else now. */
  private appoint(partial: boolean): boolean {
    this.partial = partial;
    let changed = false;
    for (const network of this.byKey.values()) {
      const { view, judge } = network;
      const hidden = view && this.hidden.get(networkIdentity(view));
      const next = view && hidden && new Judge(view, this.tables, hidden, partial);
      if (next ? judge && next.agreesWith(judge) : !judge) continue;
      network.judge = next;
      network.stale = true;
      changed = true;
    }
    return changed;
  }

  /** Makes the uses of stale networks anew. `services`: all of them, in the order of the file. */
  updateUses(services: readonly KeptService[]): UsesUpdate {
    const stale = this.spread();
    const attachments = new Map<NetworkView, AttachmentView[]>();
    for (const { view } of stale) if (view) attachments.set(view, []);
    const claims = new Map<AddressTable, Claims>();
    for (const { tables } of stale) for (const table of tables) claims.set(table, new Claims());
    const touched = services.filter(({ networks }) => networks.some((network) => network.stale));
    const claim = ({ addresses }: ServiceView) => {
      for (const address of addresses) {
        const { standing } = address;
        if ("table" in standing) claims.get(standing.table)?.add(address);
      }
    };
    for (const { view } of touched) {
      if (!view.service.enabled) continue;
      for (const tied of view.attachments) attachments.get(tied.network)?.push(tied);
      claim(view);
    }
    for (const { view } of touched) if (!view.service.enabled) claim(view);
    return this.replaceUses(stale, attachments, claims);
  }

  private replaceUses(
    stale: readonly KeptNetwork[],
    attachments: ReadonlyMap<NetworkView, readonly AttachmentView[]>,
    claims: ReadonlyMap<AddressTable, Claims>,
  ): UsesUpdate {
    const before = this.tableUses;
    const tables = new Map<AddressTable, TableUse & { readonly networks: NetworkUse[] }>();
    this.tableUses = new Map();
    for (const table of this.drawers.keys()) {
      const old = before.get(table);
      const held = claims.get(table);
      // Of a hidden pool that nobody asks an address of there is nothing to say.
      if (held && (table.pools.length > 0 || held.size > 0)) {
        const use = { table, claims: held, networks: [] };
        tables.set(table, use);
        this.tableUses.set(table, use);
      } else if (old && !held) this.tableUses.set(table, old);
    }
    const gone = stale.flatMap(({ use }) => use ?? []);
    for (const network of stale) network.use = undefined;
    const made: NetworkUse[] = [];
    for (const view of this.views) {
      const network = this.named(view.key);
      if (!network.stale) continue;
      const use: NetworkUse = {
        network: view,
        attachments: attachments.get(view) ?? [],
        tables: this.usesOf(view.pools),
      };
      network.use = use;
      made.push(use);
      for (const table of network.tables) tables.get(table)?.networks.push(use);
    }
    for (const network of stale) network.stale = false;
    if (stale.length > 0) this.byPool = this.usesOf(this.tables.keys());
    const goneTables = [...before].flatMap(([table, old]) =>
      this.tableUses.get(table) === old ? [] : [old],
    );
    return {
      networks: { made, gone },
      tables: { made: [...tables.values()], gone: goneTables },
    };
  }

  private usesOf(pools: Iterable<PoolView>): ReadonlyMap<PoolView, TableUse> {
    const uses = new Map<PoolView, TableUse>();
    for (const pool of pools) {
      const table = this.tables.get(pool);
      const use = table && this.tableUses.get(table);
      if (use) uses.set(pool, use);
    }
    return uses;
  }

  /** The stale networks, and those that share a table with one of them, which are stale with it. */
  private spread(): readonly KeptNetwork[] {
    const stale = [...this.byKey.values()].filter((network) => network.stale);
    // Grows while it is visited.
    for (const { tables } of stale) {
      for (const table of tables) {
        for (const other of this.drawers.get(table) ?? []) {
          if (other.stale) continue;
          other.stale = true;
          stale.push(other);
        }
      }
    }
    return stale;
  }
}
