/**
 * A compose project as Docker Compose would send it to the engine, with the place of everything
 * that a finding can be about. What cannot be known is marked so, never guessed.
 */
import type { AbsentFile } from "./fileNeeds";
import type { Place } from "./place";
import type { ServiceOption } from "./serviceOptions";
import type { ServiceNeeds } from "./serviceNeeds";
import type { Value } from "./value";

/** A key with a scalar value, such as one of driver_opts or aux_addresses. */
export interface Entry {
  readonly key: string;
  readonly keyPlace: Place;
  /** Key and value together: what to delete to be rid of the entry. */
  readonly place: Place;
  /** Type "null" when nothing is written. */
  readonly value: Value;
}

/** A key that the compose schema does not know (`x-` keys it does): Compose refuses the file. */
export interface UnknownKey {
  readonly key: string;
  readonly keyPlace: Place;
  /** Key and value together. */
  readonly place: Place;
  /** The mapping that it stands in, as Compose names it: `ipam`; "" for the entry itself. */
  readonly inside: string;
  /** Every key of that mapping. */
  readonly beside: ReadonlySet<string>;
  /** All unknown keys of that mapping, as Compose lists them: `'a', 'b'`. */
  readonly listed: string;
}

/** One item of `networks.*.ipam.config`. */
export interface IpamEntry {
  readonly place: Place;
  readonly subnet: Value | undefined;
  readonly ipRange: Value | undefined;
  readonly gateway: Value | undefined;
  readonly aux: readonly Entry[];
  /** Such as `aux_address` or `ip-range`. */
  readonly unknownKeys: readonly UnknownKey[];
  /** To add a line to: `gateway`, `ip_range`. */
  readonly body: Body | undefined;
}

/** An entry of the top-level `networks`. */
export interface NetworkDeclaration {
  readonly key: string;
  readonly keyPlace: Place;
  /** Key and everything below it. */
  readonly place: Place;
  /** Where a new line of this network would go: the offset after its last line's end, and its indent. */
  readonly body: Body | undefined;
  /**
   * Name of the network in the engine: `name:`, else the key of an external network, else
   * `<project>_<key>`. Undefined when it depends on an unknown variable.
   */
  readonly realName: string | undefined;
  readonly name: Value | undefined;
  readonly driver: Value | undefined;
  readonly driverOpts: readonly Entry[];
  /** True, false, or undefined when an unknown variable decides. */
  readonly external: boolean | undefined;
  readonly internal: boolean | undefined;
  readonly attachable: boolean | undefined;
  /** Name to text, both of its forms; undefined when an unknown variable is in one. */
  readonly labels: ReadonlyMap<string, string> | undefined;
  readonly enableIpv4: boolean | undefined;
  /** The scalar behind enable_ipv4, if written. */
  readonly enableIpv4Value: Value | undefined;
  readonly enableIpv6: boolean | undefined;
  /** The scalar behind enable_ipv6, if written. */
  readonly enableIpv6Value: Value | undefined;
  readonly ipamDriver: Value | undefined;
  readonly ipam: readonly IpamEntry[];
  /** The key `ipam`, where there is one. */
  readonly ipamPlace: Place | undefined;
  /** Keys of the network and of its `ipam` that the compose schema does not know. */
  readonly unknownKeys: readonly UnknownKey[];
}

/** A block mapping one can add a line to. */
export interface Body {
  readonly path: string;
  /** Offset just behind the last character of the mapping's last line (before its line break). */
  readonly end: number;
  /** Columns before the mapping's keys. */
  readonly indent: number;
}

/** A service's tie to one network. */
export interface ServiceNetwork {
  /** Key of the network. */
  readonly key: string;
  /** The key or list item; for the implicit default network the service's key. */
  readonly place: Place;
  /** True when nothing is written and Compose attaches the service to `default`. */
  readonly implicit: boolean;
  readonly ipv4: Value | undefined;
  readonly ipv6: Value | undefined;
  readonly mac: Value | undefined;
  readonly linkLocal: readonly Value[];
  readonly aliases: readonly Value[];
  /** `interface_name`. */
  readonly interfaceName: Value | undefined;
  readonly driverOpts: readonly Entry[];
  /** A mapping is written below the network's name, be it an empty one. */
  readonly written: boolean;
  /** Default 0. */
  readonly priority: number;
  readonly gwPriority: number;
  /** Body of the mapping form, to add a line to. */
  readonly body: Body | undefined;
  readonly unknownKeys: readonly UnknownKey[];
}

export interface ServiceDeclaration {
  readonly key: string;
  readonly keyPlace: Place;
  readonly place: Place;
  readonly networks: readonly ServiceNetwork[];
  /** `network_mode`, with which a service has no networks of its own. */
  readonly networkMode: Value | undefined;
  /** The key `networks`, where it is written. */
  readonly networksPlace: Place | undefined;
  /** False when a variable hides some of them: then there may be more than `networks` tells. */
  readonly networksKnown: boolean;
  /** Service-level `mac_address`. */
  readonly mac: Value | undefined;
  /** `scale` or `deploy.replicas`; 1 when neither is written, undefined when unknown. */
  readonly replicas: number | undefined;
  readonly replicasValue: Value | undefined;
  /** `scale` alone. */
  readonly scaleValue?: Value | undefined;
  /** Items of `ports`; `place` covers the item. */
  readonly ports: readonly {
    readonly place: Place;
    /** False when a variable or a template mark hides some of it. */
    readonly known: boolean;
    /** The short form; empty for the long one. */
    readonly text: string;
    /** The scalars of the long form. */
    readonly fields?: ReadonlyMap<string, string>;
  }[];
  /** The whole `ports` entry, key included. */
  readonly portsPlace: Place | undefined;
  readonly profiles: readonly string[];
  /** Whether a profile, if any, is active: only then does Compose create the service. */
  readonly enabled: boolean;
  readonly containerName: Value | undefined;
  /** Of `hostname`, `links`, `dns`, `extra_hosts`, `expose` and `sysctls` those that say something, in this order. */
  readonly options: readonly ServiceOption[];
  /** What has to be there for Compose to accept it. */
  readonly needs: ServiceNeeds;
}

/** Something Compose would refuse, or where the reading stopped. Becomes a finding as it is. */
export interface ReadProblem {
  readonly code:
    | "syntax"
    | "duplicate-key"
    | "limit"
    | "interpolation"
    | "type"
    | "consistency"
    | "cycle"
    | "extends"
    | "include"
    | "files";
  readonly message: string;
  /** Compose's own words. */
  readonly composeMessage?: string;
  readonly place: Place;
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** Compose's words, where they name lines, which change without the problem. */
  readonly words?: (lineOf: (place: Place) => number) => string;
}

/** A variable that is not set and has no default: Compose warns, and takes an empty text. */
export interface UnsetVariable {
  readonly name: string;
  /** Its name, or the whole value where that cannot be told. */
  readonly place: Place;
}

export interface ComposeProject {
  /** Undefined when it depends on an unknown variable. */
  readonly name: string | undefined;
  /** The same as Compose has it now, with nothing in the place of unset variables. */
  readonly nameNow: string;
  /** Files that were read, the first is the main one. */
  readonly paths: readonly string[];
  readonly networks: readonly NetworkDeclaration[];
  /** The top-level mapping `networks` of the main file, to add a network to; absent when it has none. */
  readonly networksBody: Body | undefined;
  readonly services: readonly ServiceDeclaration[];
  readonly problems: readonly ReadProblem[];
  /** The text of a file as it was read: one of `paths`, or a file of variables. */
  readonly textOf: (path: string) => string | undefined;
  /** What services need and nobody finds; empty where not the whole project is known. */
  readonly absentFiles: readonly AbsentFile[];
  /** Each variable once in a file. */
  readonly unsetVariables: readonly UnsetVariable[];
  /** The `include` or `extends` that led to a file; undefined for the project's own files. */
  readonly wayTo: (path: string) => Place | undefined;
  /** Files that are part of the project because they are included. */
  readonly included: ReadonlySet<string>;
  /** False for files that may be made to be put onto others, or included by them. */
  readonly whole: boolean;
  /** True when something could not be read: what is missing may be there. */
  readonly partial: boolean;
}
