/** What rules are given: the project, the facts, and views of both that many rules need. */
import type {
  ComposeProject,
  IpamEntry,
  NetworkDeclaration,
  ServiceDeclaration,
  ServiceNetwork,
} from "../compose/project";
import type { Value } from "../compose/value";
import type { Address, Prefix } from "../model/cidr";
import {
  type EngineProfile,
  newestProfile,
  newestVersion,
  profileOf,
} from "../model/engineProfile";
import type { Facts } from "../model/facts";
import { type EngineNetwork, isLanDriver, modeOption } from "../model/network";
import { livePool, poolOf } from "./pools";
import type { OtherClaims } from "./workspace/otherClaims";

/** A subnet that containers of a network get addresses from. */
export interface PoolView {
  readonly network: NetworkView;
  /** Absent for pools that only the engine knows (external networks). */
  readonly entry: IpamEntry | undefined;
  /** Without host bits. */
  readonly subnet: Prefix;
  /** The ip_range without host bits; absent when there is none, or it is unreadable or not in the subnet. */
  readonly range: Prefix | undefined;
  /** Configured, readable and inside the subnet. */
  readonly gateway: Address | undefined;
  /** What the engine takes for itself when no gateway is configured (engine profile). */
  readonly hiddenGateway: Address | undefined;
  /** Readable auxiliary addresses. */
  readonly aux: readonly {
    readonly name: string;
    readonly address: Address;
    readonly value?: Value;
  }[];
  /** False for a v6 pool of a network without IPv6: the engine ignores it. */
  readonly active: boolean;
}

export interface NetworkView {
  readonly key: string;
  /** Absent for the `default` network that nobody wrote. */
  readonly declaration: NetworkDeclaration | undefined;
  readonly realName: string | undefined;
  /** `bridge` when nothing is written; undefined when unknown. */
  readonly driver: string | undefined;
  /** macvlan or ipvlan. */
  readonly onLan: boolean;
  /** `parent` of the driver options; undefined when absent or unknown, see `parentKnown`. */
  readonly parent: string | undefined;
  readonly parentKnown: boolean;
  /** The mode in force, the driver's default included; undefined when unknown or not a LAN driver. */
  readonly mode: string | undefined;
  readonly external: boolean;
  readonly internal: boolean;
  readonly ipv6: boolean | undefined;
  /** Some enabled service is attached: only then does Compose create the network. */
  readonly used: boolean;
  /**
   * False when some pool is hidden: an external network without facts, an unknown, unreadable or
   * absent subnet of an entry, a foreign IPAM driver. Then nothing can be said of an address that
   * is in none of the known pools.
   */
  readonly poolsKnown: boolean;
  readonly pools: readonly PoolView[];
  readonly attachments: readonly AttachmentView[];
  /** The engine's network of this name, where facts have one. */
  readonly live: EngineNetwork | undefined;
}

export interface AttachmentView {
  readonly service: ServiceDeclaration;
  readonly tie: ServiceNetwork;
  readonly network: NetworkView;
}

export interface RuleContext {
  readonly project: ComposeProject;
  readonly facts: Facts;
  readonly engine: EngineProfile;
  /** As the user or the engine named it, for messages: `28.5.2`. */
  readonly engineVersion: string;
  /** Declared networks and, where used, the implicit `default`, in the file's order. */
  readonly networks: readonly NetworkView[];
  /** Services that Compose would create (their profile is active). */
  readonly services: readonly ServiceDeclaration[];
  /** Ties of these services to networks that are declared. */
  readonly attachments: readonly AttachmentView[];
  readonly network: (key: string) => NetworkView | undefined;
  /** What other projects of the workspace claim, where somebody looked. */
  readonly others: OtherClaims | undefined;
}

/** Builds the views once for all rules. `engineVersion`: wins over the facts' engine; then the newest known. */
export function createContext(
  project: ComposeProject,
  facts: Facts,
  engineVersion?: string,
  others?: OtherClaims,
): RuleContext {
  const version = engineVersion ?? facts.engine?.version ?? newestVersion;
  const engine = profileOf(version) ?? newestProfile;
  const services = project.services.filter((service) => service.enabled);
  const liveByName = new Map((facts.networks ?? []).map((network) => [network.name, network]));
  const views = new Map<string, MutableView>();
  for (const declaration of project.networks) {
    views.set(declaration.key, viewOf(declaration, engine, liveByName));
  }
  const attachments: AttachmentView[] = [];
  for (const service of services) {
    for (const tie of service.networks) {
      let network = views.get(tie.key);
      if (!network && (tie.implicit || tie.key === "default")) {
        network = implicitDefault(project, liveByName);
        views.set(tie.key, network);
      }
      if (!network) continue;
      const attachment: AttachmentView = { service, tie, network };
      network.attachments.push(attachment);
      network.used = true;
      attachments.push(attachment);
    }
  }
  return {
    project,
    facts,
    engine,
    engineVersion: version,
    networks: [...views.values()],
    services,
    attachments,
    network: (key) => views.get(key),
    others,
  };
}

interface MutableView extends NetworkView {
  used: boolean;
  pools: readonly PoolView[];
  readonly attachments: AttachmentView[];
}

function viewOf(
  declaration: NetworkDeclaration,
  engine: EngineProfile,
  liveByName: ReadonlyMap<string, EngineNetwork>,
): MutableView {
  const live =
    declaration.realName === undefined ? undefined : liveByName.get(declaration.realName);
  const external = declaration.external === true;
  const driver = external ? live?.driver : driverOf(declaration);
  const onLan = isLanDriver(driver);
  const option = (key: string) => declaration.driverOpts.find((entry) => entry.key === key)?.value;
  const parent = external ? undefined : option("parent");
  const mode = onLan && !external ? option(modeOption(driver)) : undefined;
  const foreignIpam =
    declaration.ipamDriver !== undefined &&
    !(declaration.ipamDriver.known && ["default", ""].includes(declaration.ipamDriver.text));
  const view: MutableView = {
    key: declaration.key,
    declaration,
    realName: declaration.realName,
    driver,
    onLan,
    parent: external ? live?.parent : parent?.known ? parent.text || undefined : undefined,
    parentKnown: external ? live !== undefined : parent?.known !== false,
    mode: external
      ? live?.mode
      : mode
        ? mode.known
          ? mode.text || defaultMode(driver)
          : undefined
        : defaultMode(driver),
    external,
    internal: external ? live?.internal === true : declaration.internal === true,
    ipv6: external ? live?.enableIpv6 : declaration.enableIpv6,
    used: false,
    poolsKnown: external
      ? live?.ipam !== undefined
      : declaration.external === false && !foreignIpam && declaration.ipam.every(hasReadableSubnet),
    pools: [],
    attachments: [],
    live,
  };
  view.pools = external
    ? (live?.ipam ?? []).flatMap((pool) => livePool(view, pool) ?? [])
    : declaration.ipam.flatMap((entry) => poolOf(view, entry, engine) ?? []);
  return view;
}

/** False also for `0.0.0.0/24` and `::/64`: the engine takes a subnet of that size from its own (29.0). */
function hasReadableSubnet({ subnet }: IpamEntry): boolean {
  const prefix = subnet?.known ? subnet.prefix : undefined;
  return prefix !== undefined && prefix.address !== 0n;
}

function driverOf(declaration: NetworkDeclaration): string | undefined {
  if (!declaration.driver) return "bridge";
  if (!declaration.driver.known) return undefined;
  return declaration.driver.text || "bridge";
}

function defaultMode(driver: string | undefined): string | undefined {
  return driver === "macvlan" ? "bridge" : driver === "ipvlan" ? "l2" : undefined;
}

function implicitDefault(
  project: ComposeProject,
  liveByName: ReadonlyMap<string, EngineNetwork>,
): MutableView {
  const realName = project.name === undefined ? undefined : `${project.name}_default`;
  return {
    key: "default",
    declaration: undefined,
    realName,
    driver: "bridge",
    onLan: false,
    parent: undefined,
    parentKnown: true,
    mode: undefined,
    external: false,
    internal: false,
    ipv6: false,
    used: false,
    poolsKnown: false,
    pools: [],
    attachments: [],
    live: realName === undefined ? undefined : liveByName.get(realName),
  };
}
