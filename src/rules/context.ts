/**
 * What rules are given: views of the project and the facts. What declarations, facts and engine make
 * of a network or a service (`NetworkView`, `ServiceView`) is apart from who uses it (`NetworkUse`,
 * `TableUse`), because people edit services far more often than networks.
 */
import type {
  ComposeProject,
  IpamEntry,
  NetworkDeclaration,
  ServiceDeclaration,
  ServiceNetwork,
} from "../compose/project";
import type { Value } from "../compose/value";
import type { EngineContainer } from "../model/attachment";
import type { Address, Prefix } from "../model/cidr";
import type { EngineProfile } from "../model/engineProfile";
import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import type { AddressTable } from "./support/addressTables";
import type { Claims } from "./support/claims";
import type { MacClaim, MacUser } from "./support/macClaims";
import type { MalformedAddress, StaticAddress } from "./support/staticAddresses";
import type { Holders } from "./views/holders";
import type { OtherClaims } from "./workspace/otherClaims";

/** What holds for a whole run, whatever the file says of networks and services. */
export interface Conditions {
  /** Undefined when it depends on an unknown variable. */
  readonly projectName: string | undefined;
  readonly facts: Facts;
  readonly engine: EngineProfile;
  /** As the user or the engine named it, for messages: `28.5.2`. */
  readonly engineVersion: string;
  /** Containers of the engine that Compose does not replace when it starts the project. */
  readonly foreignContainers: readonly EngineContainer[];
}

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
  /** An address of the subnet that the engine's table lacks (engine profile `bitTables`). */
  readonly missing: Address | undefined;
  /** False for a pool of a family that the network does not have: the engine allocates none of it. */
  readonly active: boolean;
}

/** A network as its declaration, the facts and the engine make it. */
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
  /** False only where it is switched off and the engine can do so (engine profile `ipv4Optional`). */
  readonly ipv4: boolean | undefined;
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
  /** The engine's network of this name, where facts have one. */
  readonly live: EngineNetwork | undefined;
}

export interface AttachmentView {
  readonly service: ServiceDeclaration;
  readonly tie: ServiceNetwork;
  readonly network: NetworkView;
}

/** A service, enabled or not, with what its networks make of what it asks for. */
export interface ServiceView {
  readonly service: ServiceDeclaration;
  /** Its ties to networks that are declared, and to `default` where that is implied. */
  readonly attachments: readonly AttachmentView[];
  /** Its readable static addresses. */
  readonly addresses: readonly StaticAddress[];
  readonly malformed: readonly MalformedAddress[];
  /** Absent when it asks for no MAC. */
  readonly macs: MacUser | undefined;
  /** The MACs that its interfaces would get. */
  readonly macClaims: readonly MacClaim[];
}

/** A network with who is on it. */
export interface NetworkUse {
  readonly network: NetworkView;
  /** Ties of services that Compose would create, in the order of the file. */
  readonly attachments: readonly AttachmentView[];
  /** The table of each of its pools that the engine allocates. */
  readonly tables: ReadonlyMap<PoolView, TableUse>;
}

/** A table of addresses with who draws from it. */
export interface TableUse {
  readonly table: AddressTable;
  /** The networks of its pools, in the order of the file. */
  readonly networks: readonly NetworkUse[];
  readonly claims: Claims;
}

/** What shares one layer 2: the LAN networks of one parent interface, else a network by itself. */
export interface LinkUse {
  /** The parent; undefined where the network is alone. */
  readonly parent: string | undefined;
  /** In the order of the file. */
  readonly networks: readonly NetworkUse[];
  /** The MACs of its services; first those of services that are enabled. */
  readonly macClaims: readonly MacClaim[];
}

/** Everything. */
export interface RuleContext extends Conditions {
  readonly project: ComposeProject;
  /** Declared networks and, where used, the implicit `default`, in the file's order. */
  readonly networks: readonly NetworkView[];
  /** All services, enabled or not, in the file's order. */
  readonly services: readonly ServiceView[];
  /** The table of each pool that the engine allocates. */
  readonly tables: ReadonlyMap<PoolView, TableUse>;
  /** Services with a tie to a network that is not declared. The same list while it holds the same. */
  readonly untied: readonly ServiceView[];
  /** By the container_name they ask for. */
  readonly containerNames: Holders;
  /** By the ports of the host that they publish: `8080/tcp`. */
  readonly publishedPorts: Holders;
  readonly network: (key: string) => NetworkView | undefined;
  readonly use: (network: NetworkView) => NetworkUse;
  /** What other projects of the workspace claim, where somebody looked. */
  readonly others: OtherClaims | undefined;
}
