/** Networks by the names that the engine knows them by: services may be on one under another key, or under none. */
import type { ServiceDeclaration, ServiceNetwork } from "../../compose/project";
import { bareTie } from "../../compose/services";
import type { NetworkView } from "../context";
import { compareTies } from "../support/macClaims";

/** A tie, with the key of the network that it is to in the engine. */
export interface Tie {
  readonly key: string;
  readonly tie: ServiceNetwork;
}

/** What `network_mode` means by these is Docker's own. */
const ownModes = new Set(["bridge", "default", "host", "none"]);

export class RealNames {
  private readonly made = new Map<string, NetworkView>();
  private readonly external = new Map<string, NetworkView>();
  /** Keys of external networks that the project makes itself, under another key. */
  private readonly twins = new Map<string, string>();
  /** The network of the key `default`, where the project makes it. */
  private readonly default: NetworkView | undefined;

  private readonly endpointsAtCreate: boolean;

  /** `endpointsAtCreate`: of the engine. */
  constructor(views: readonly NetworkView[], endpointsAtCreate: boolean) {
    this.endpointsAtCreate = endpointsAtCreate;
    for (const view of views) {
      const { realName, external, used } = view;
      if (realName === undefined || !(used || external)) continue;
      const named = external ? this.external : this.made;
      if (!named.has(realName)) named.set(realName, view);
    }
    this.default = views.find(({ key, used }) => key === "default" && used);
    for (const { key, external, realName = "" } of views) {
      const twin = external ? this.made.get(realName) : undefined;
      if (twin) this.twins.set(key, twin.key);
    }
  }

  /**
   * What a service is on. The engine puts a container whose `network_mode` is the name of a network on that, and gives it
   * an address there as to any other. An empty one means the `default` of the project, where others make that.
   */
  tiesOf({ networks, networkMode }: ServiceDeclaration): readonly Tie[] {
    if (networks.length > 0) {
      const ties = networks.map((tie) => ({ key: this.twins.get(tie.key) ?? tie.key, tie }));
      return this.twins.size === 0 ? ties : oncePerNetwork(ties, this.endpointsAtCreate);
    }
    if (networkMode?.known !== true || ownModes.has(networkMode.text)) return [];
    const { text, place } = networkMode;
    const host = text === "" ? this.default : (this.made.get(text) ?? this.external.get(text));
    return host ? [{ key: host.key, tie: bareTie(host.key, place, false) }] : [];
  }
}

/**
 * Of ties to one network by several keys the engine is told of one. In the order of Compose that is the first where the engine
 * takes all but the main network one by one, else the main one, or the last behind it (docker/compose defaultNetworkSettings,
 * which notes them by the network's name; asked of engines 20.10, 26.1 and 28.5).
 */
function oncePerNetwork(ties: readonly Tie[], endpointsAtCreate: boolean): readonly Tie[] {
  const sorted = [...ties].sort((a, b) => compareTies(a.tie, b.tie));
  const [main] = sorted;
  if (!main) return ties;
  const told = endpointsAtCreate ? [...sorted.slice(1), main] : sorted.reverse();
  const byNetwork = new Map(told.map(({ key, tie }) => [key, tie]));
  return ties.filter(({ key, tie }) => byNetwork.get(key) === tie);
}
