import type { NetworkView } from "../context";
import type { AddressTable } from "../support/addressTables";
import type { Judge } from "../support/staticAddresses";
import type { MutableUse } from "./keptUses";

/** What shares one layer 2. */
export interface Link {
  /** The parent of its LAN networks; undefined of a network by itself. */
  readonly parent: string | undefined;
}

/** Everything that networks share, with those that do, in the order of the file. */
export interface Sharing {
  readonly tables: ReadonlyMap<AddressTable, readonly KeptNetwork[]>;
  readonly links: ReadonlyMap<Link, readonly KeptNetwork[]>;
}

/** What is kept of a network by its key; one that services name and nobody declares has no view. */
export class KeptNetwork {
  readonly key: string;
  /** Ties of enabled services. */
  tied = 0;
  view: NetworkView | undefined;
  judge: Judge | undefined;
  /** The tables of its pools, and the one of what may be in a hidden pool. */
  tables: readonly AddressTable[] = [];
  hidden: AddressTable | undefined;
  link: Link | undefined;
  use: MutableUse | undefined;
  /** Who is on it, or on what it shares with others, is another now. */
  stale = false;

  constructor(key: string) {
    this.key = key;
  }
}
