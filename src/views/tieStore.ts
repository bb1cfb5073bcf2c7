/** Which containers are on which networks, and who shares what with whom; follows facts object by object. PURE. */
import type { EngineContainer } from "../model/attachment";
import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import { isShownNetwork } from "./networkNode";
import { overlapping } from "./overlapping";
import { ShareIndex } from "./shareIndex";
import { type Tie, makeTie } from "./tie";
import type { Sharing } from "./tieProblems";

/** What another reading made different. */
export interface Differences {
  readonly ties: ReadonlySet<Tie>;
  /** Keys of ties that are no more. */
  readonly gone: ReadonlySet<string>;
  /** Ids of networks whose own data, containers or addresses differ. */
  readonly networks: ReadonlySet<string>;
  /** Networks came, went, or are others. */
  readonly isOtherSet: boolean;
}

interface Entry {
  readonly network: EngineNetwork;
  readonly ties: Map<string, Tie>;
  lan: string;
}

export class TieStore {
  readonly #entries = new Map<string, Entry>();
  /** Several networks may have one name; the engine names networks of containers by it. */
  readonly #byName = new Map<string, Entry>();
  readonly #containers = new Map<
    string,
    { readonly container: EngineContainer; readonly ties: readonly Tie[] }
  >();
  readonly #shares = new ShareIndex();
  #overlaps: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #facts: Facts = {};

  get networks(): EngineNetwork[] {
    return [...this.#entries.values()].map(({ network }) => network);
  }

  get all(): Iterable<Tie> {
    return [...this.#entries.values()].flatMap(({ ties }) => [...ties.values()]);
  }

  networkOf(id: string): EngineNetwork | undefined {
    return this.#entries.get(id)?.network;
  }

  tiesOf(networkId: string): Tie[] {
    return [...(this.#entries.get(networkId)?.ties.values() ?? [])];
  }

  /** Other networks with addresses in common, and their ties. */
  nearby(networkId: string): { networks: EngineNetwork[]; ties: Tie[] } {
    const entries = [...(this.#overlaps.get(networkId) ?? [])].flatMap(
      (id) => this.#entries.get(id) ?? [],
    );
    return {
      networks: entries.map(({ network }) => network),
      ties: entries.flatMap(({ ties }) => [...ties.values()]),
    };
  }

  sharingOf(tie: Tie): Sharing[] {
    return this.#shares.sharingOf(tie);
  }

  /** Takes over what is known now. `lanOf`: the LAN of a network, which may be another one than before. */
  update(facts: Facts, lanOf: (network: EngineNetwork) => string): Differences {
    const changes = new Changes();
    const renewed = this.#updateNetworks(facts, lanOf, changes);
    if (facts.containers !== this.#facts.containers || renewed.size > 0) {
      this.#updateContainers(facts.containers ?? [], renewed, changes);
    }
    this.#facts = facts;
    for (const id of [...changes.networks]) {
      for (const other of this.#overlaps.get(id) ?? []) changes.networks.add(other);
    }
    return changes;
  }

  /** Returns the names of networks whose ties have to be made anew. */
  #updateNetworks(
    facts: Facts,
    lanOf: (network: EngineNetwork) => string,
    changes: Changes,
  ): ReadonlySet<string> {
    const renewed = new Set<string>();
    if (facts.networks !== this.#facts.networks) {
      const shown = (facts.networks ?? []).filter(isShownNetwork);
      const next = new Map(shown.map((network) => [network.id, network]));
      for (const { network } of [...this.#entries.values()]) {
        if (next.get(network.id) === network) continue;
        this.#drop(network, changes);
        renewed.add(network.name);
      }
      for (const network of shown) {
        if (this.#entries.has(network.id)) continue;
        const entry = { network, ties: new Map<string, Tie>(), lan: lanOf(network) };
        this.#entries.set(network.id, entry);
        this.#byName.set(network.name, entry);
        renewed.add(network.name);
        changes.networks.add(network.id);
      }
      if (renewed.size > 0) {
        changes.isOtherSet = true;
        this.#overlaps = overlapping(shown);
      }
    }
    for (const entry of this.#entries.values()) this.#moveTo(lanOf(entry.network), entry, changes);
    return renewed;
  }

  #drop(network: EngineNetwork, changes: Changes): void {
    const entry = this.#entries.get(network.id);
    for (const tie of entry?.ties.values() ?? []) this.#remove(tie, changes);
    for (const other of this.#overlaps.get(network.id) ?? []) changes.networks.add(other);
    this.#entries.delete(network.id);
    changes.networks.delete(network.id);
    if (this.#byName.get(network.name) === entry) this.#byName.delete(network.name);
  }

  #moveTo(lan: string, entry: Entry, changes: Changes): void {
    if (lan === entry.lan) return;
    entry.lan = lan;
    for (const tie of entry.ties.values()) {
      changes.touch(this.#shares.delete(tie));
      changes.touch([tie, ...this.#shares.add(tie, lan)]);
    }
  }

  #updateContainers(
    containers: readonly EngineContainer[],
    renewed: ReadonlySet<string>,
    changes: Changes,
  ): void {
    let known = 0;
    for (const container of containers) {
      const before = this.#containers.get(container.id);
      if (before) known++;
      const isSame =
        before?.container === container &&
        (renewed.size === 0 || !container.attachments.some(({ network }) => renewed.has(network)));
      if (!isSame) this.#replace(before?.ties ?? [], container, changes);
    }
    if (known === this.#containers.size && containers.length === this.#containers.size) return;
    const present = new Set(containers.map(({ id }) => id));
    for (const [id, { ties }] of [...this.#containers]) {
      if (present.has(id)) continue;
      for (const tie of ties) this.#remove(tie, changes);
      this.#containers.delete(id);
    }
  }

  #replace(before: readonly Tie[], container: EngineContainer, changes: Changes): void {
    for (const tie of before) this.#remove(tie, changes);
    const ties = container.attachments.flatMap((attachment) => {
      const entry = this.#byName.get(attachment.network);
      if (!entry) return [];
      const tie = makeTie(entry.network, container, attachment);
      entry.ties.set(container.id, tie);
      changes.gone.delete(tie.key);
      changes.touch([tie, ...this.#shares.add(tie, entry.lan)]);
      changes.networks.add(entry.network.id);
      return [tie];
    });
    this.#containers.set(container.id, { container, ties });
  }

  #remove(tie: Tie, changes: Changes): void {
    const entry = this.#entries.get(tie.network.id);
    if (entry?.ties.get(tie.container.id) !== tie) return;
    entry.ties.delete(tie.container.id);
    changes.ties.delete(tie);
    changes.touch(this.#shares.delete(tie));
    changes.gone.add(tie.key);
    changes.networks.add(tie.network.id);
  }
}

class Changes implements Differences {
  readonly ties = new Set<Tie>();
  readonly gone = new Set<string>();
  readonly networks = new Set<string>();
  isOtherSet = false;

  touch(ties: readonly Tie[]): void {
    for (const tie of ties) this.ties.add(tie);
  }
}
