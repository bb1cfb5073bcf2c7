/** Who is on the networks of a project, as it is kept from run to run. */
import type {
  AttachmentView,
  LinkUse,
  NetworkUse,
  NetworkView,
  PoolView,
  ServiceView,
  TableUse,
} from "../context";
import type { AddressTable } from "../support/addressTables";
import { Claims } from "../support/claims";
import type { MacClaim } from "../support/macClaims";
import type { KeptNetwork, Link, Sharing } from "./keptNetwork";

export interface Difference<T> {
  readonly made: readonly T[];
  readonly gone: readonly T[];
}

export interface UsesUpdate {
  readonly networks: Difference<NetworkUse>;
  readonly tables: Difference<TableUse>;
  readonly links: Difference<LinkUse>;
}

/** A service, as far as it matters here. */
export interface Member {
  readonly view: ServiceView;
  /** Of each of its ties. */
  readonly networks: readonly KeptNetwork[];
}

export class KeptUses {
  private tables: ReadonlyMap<AddressTable, TableUse> = new Map<AddressTable, TableUse>();
  private links: ReadonlyMap<Link, LinkUse> = new Map<Link, LinkUse>();
  /** The table of each pool that the engine allocates. */
  byPool: ReadonlyMap<PoolView, TableUse> = new Map<PoolView, TableUse>();

  /**
   * Makes the uses of stale networks anew, and those of what they share. `services`: all of them, in
   * the order of the file.
   */
  update(stale: readonly KeptNetwork[], sharing: Sharing, services: readonly Member[]): UsesUpdate {
    const gathered = gather(stale, services);
    const gone = stale.flatMap(({ use }) => use ?? []);
    const made: NetworkUse[] = [];
    for (const network of stale) {
      network.use = network.view && {
        network: network.view,
        attachments: gathered.attachments.get(network.view) ?? [],
        tables: new Map<PoolView, TableUse>(),
      };
      if (network.use) made.push(network.use);
    }
    const tables = renewed(sharing.tables, this.tables, (table, networks) => {
      const claims = gathered.claims.get(table) ?? new Claims();
      // Of a hidden pool that nobody asks an address of there is nothing to say.
      if (table.pools.length === 0 && claims.size === 0) return undefined;
      const use = { table, claims, networks };
      for (const pool of table.pools) {
        const drawer = networks.find(({ network }) => network === pool.network);
        drawer?.tables.set(pool, use);
      }
      return use;
    });
    const links = renewed(sharing.links, this.links, (link, networks) => {
      return { parent: link.parent, networks, macClaims: gathered.macClaims.get(link) ?? [] };
    });
    this.tables = tables.now;
    this.links = links.now;
    if (stale.length > 0) this.byPool = tablesByPool(this.tables.values());
    for (const network of stale) network.stale = false;
    return { networks: { made, gone }, tables, links };
  }
}

/** What the services ask of stale networks, in one pass over them. */
function gather(stale: readonly KeptNetwork[], services: readonly Member[]) {
  const attachments = new Map<NetworkView, AttachmentView[]>();
  const claims = new Map<AddressTable, Claims>();
  const macClaims = new Map<Link, MacClaim[]>();
  const onLink = new Map<NetworkView, MacClaim[]>();
  for (const { view, tables, link } of stale) {
    for (const table of tables) claims.set(table, new Claims());
    if (!view || !link) continue;
    attachments.set(view, []);
    const macs = macClaims.get(link) ?? [];
    macClaims.set(link, macs);
    onLink.set(view, macs);
  }
  const claim = (view: ServiceView) => {
    for (const address of view.addresses) {
      const { standing } = address;
      if ("table" in standing) claims.get(standing.table)?.add(address);
    }
    for (const mac of view.macClaims) onLink.get(mac.network)?.push(mac);
  };
  const members = services.filter(({ networks }) => networks.some((network) => network.stale));
  for (const { view } of members) {
    if (!view.service.enabled) continue;
    for (const tied of view.attachments) attachments.get(tied.network)?.push(tied);
    claim(view);
  }
  for (const { view } of members) if (!view.service.enabled) claim(view);
  return { attachments, claims, macClaims };
}

/** Keeps the uses of what no stale network shares, and makes the others anew. */
function renewed<K, U>(
  sharing: ReadonlyMap<K, readonly KeptNetwork[]>,
  before: ReadonlyMap<K, U>,
  make: (key: K, networks: readonly MutableUse[]) => U | undefined,
): Difference<U> & { readonly now: ReadonlyMap<K, U> } {
  const now = new Map<K, U>();
  const made: U[] = [];
  for (const [key, networks] of sharing) {
    const old = before.get(key);
    const stale = networks.some((network) => network.stale);
    const use = stale
      ? make(
          key,
          networks.flatMap((network) => network.use ?? []),
        )
      : old;
    if (!use) continue;
    now.set(key, use);
    if (stale) made.push(use);
  }
  const gone: U[] = [];
  for (const [key, old] of before) if (now.get(key) !== old) gone.push(old);
  return { now, made, gone };
}

/** Without tables as long as it is made. */
export interface MutableUse extends NetworkUse {
  readonly tables: Map<PoolView, TableUse>;
}

function tablesByPool(uses: Iterable<TableUse>): ReadonlyMap<PoolView, TableUse> {
  const all = new Map<PoolView, TableUse>();
  for (const use of uses) for (const pool of use.table.pools) all.set(pool, use);
  return all;
}
