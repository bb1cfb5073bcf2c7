/** Joins what the engine and its host said into facts. */
import type { EngineInfo } from "../docker/engineClient";
import type { HostFacts } from "../host/interfaces";
import type { Attachment, EngineContainer } from "../model/attachment";
import type { EngineFacts, Facts, LanPlan } from "../model/facts";
import type { HostInterface, Neighbour } from "../model/hostInterface";
import { keepSame } from "../model/json";
import type { EngineNetwork } from "../model/network";

/** Everything that is known now. */
export interface Known {
  /** Absent without a connection. */
  readonly engine?: {
    readonly info: EngineInfo;
    readonly networks: readonly EngineNetwork[];
    readonly containers: readonly EngineContainer[];
  };
  /** Absent when the engine's host cannot be read. */
  readonly host?: HostFacts | undefined;
  readonly lan: readonly LanPlan[];
}

/** Makes facts in which everything that says the same is the same object as in the facts before. */
export class FactsJoin {
  #facts: Facts = {};
  /** Containers whose network was listed by its id, as they are with its name. */
  #renamed = new WeakMap<EngineContainer, EngineContainer>();
  #containers: { readonly of: readonly unknown[]; readonly list: readonly EngineContainer[] } = {
    of: [],
    list: [],
  };

  /** The facts now: the same object as before when they say the same. */
  of({ engine, host, lan }: Known): Facts {
    const plan = lan.length > 0 ? { lan: keepSame(this.#facts.lan, lan) } : {};
    const next = engine ? { ...this.#ofEngine(engine, host), ...plan } : plan;
    this.#facts = keepParts(this.#facts, next);
    return this.#facts;
  }

  #ofEngine(engine: NonNullable<Known["engine"]>, host: HostFacts | undefined): Facts {
    const { info, networks } = engine;
    const { version, rootless, desktop } = info;
    const containers = this.#withNames(engine.containers, networks);
    const about: EngineFacts = { version, rootless, desktop };
    return {
      engine: keepSame(this.#facts.engine, about),
      networks,
      containers,
      ...(host && { interfaces: keepEach(this.#facts.interfaces, host.interfaces, nameOf) }),
      ...(host?.machine && { machine: keepSame(this.#facts.machine, host.machine) }),
      ...(host?.neighbours && {
        neighbours: keepEach(
          this.#facts.neighbours,
          strangers(host.neighbours, containers),
          addressOf,
        ),
      }),
    };
  }

  /** A container that was created with a network's id is listed by some versions under that id. */
  #withNames(
    containers: readonly EngineContainer[],
    networks: readonly EngineNetwork[],
  ): readonly EngineContainer[] {
    const of = [containers, networks];
    if (of.every((part, index) => part === this.#containers.of[index]))
      return this.#containers.list;
    let names: ReadonlyMap<string, string> | undefined;
    let list: EngineContainer[] | undefined;
    for (const [index, container] of containers.entries()) {
      if (!container.attachments.some(mayBeId)) continue;
      names ??= new Map(networks.map(({ id, name }) => [id, name]));
      const renamed = withNames(container, names);
      if (renamed === container) continue;
      const kept = keepSame(this.#renamed.get(container), renamed);
      this.#renamed.set(container, kept);
      list ??= [...containers];
      list[index] = kept;
    }
    this.#containers = { of, list: list ?? containers };
    return this.#containers.list;
  }
}

/** Ids are 64 hexadecimal digits in every engine; shorter ones are taken too. */
function mayBeId({ network }: Attachment): boolean {
  return /^[0-9a-f]{12,}$/.test(network);
}

function withNames(
  container: EngineContainer,
  names: ReadonlyMap<string, string>,
): EngineContainer {
  if (!container.attachments.some(({ network }) => names.has(network))) return container;
  return {
    ...container,
    attachments: container.attachments.map((attachment) => ({
      ...attachment,
      network: names.get(attachment.network) ?? attachment.network,
    })),
  };
}

/**
 * Without the engine's own containers: seen over a bridge of the engine, or over a macvlan device of
 * the host. They are no machines of the LAN.
 */
function strangers(
  neighbours: readonly Neighbour[],
  containers: readonly EngineContainer[],
): Neighbour[] {
  const own = new Set<string>();
  for (const { attachments } of containers) {
    for (const { mac } of attachments) if (mac !== undefined) own.add(mac);
  }
  return neighbours
    .filter(({ mac, interface: name }) => {
      if (name !== undefined && /^(docker0|docker_gwbridge|br-[0-9a-f]{12})$/.test(name))
        return false;
      return mac === undefined || !own.has(mac.toLowerCase());
    })
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

function nameOf({ name }: HostInterface): string {
  return name;
}

function addressOf({ address, interface: name }: Neighbour): string {
  return `${address} ${name ?? ""}`;
}

/** `next` with the elements of `previous` where they say the same; `previous` itself where all do. */
export function keepEach<T>(
  previous: readonly T[] | undefined,
  next: readonly T[],
  keyOf: (item: T) => string,
): readonly T[] {
  if (!previous) return next;
  const before = new Map(previous.map((item) => [keyOf(item), item]));
  const kept = next.map((item) => keepSame(before.get(keyOf(item)), item));
  const isSame =
    kept.length === previous.length && kept.every((item, index) => item === previous[index]);
  return isSame ? previous : kept;
}

/** `previous` when every part is the same object. */
function keepParts(previous: Facts, next: Facts): Facts {
  const keys = Object.keys(next) as (keyof Facts)[];
  const isSame =
    keys.length === Object.keys(previous).length &&
    keys.every((key) => previous[key] === next[key]);
  return isSame ? previous : next;
}
