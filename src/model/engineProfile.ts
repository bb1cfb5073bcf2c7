/**
 * What differs between versions of the Docker Engine, as data. Rules read these fields and never
 * compare versions. Sources: moby at the tagged releases; each field names the change.
 */
export interface EngineProfile {
  /** First release with these properties, `major.minor`. */
  readonly since: string;
  /** Network create validates IPAM as a whole (ValidateIPAM): host bits, ranges, gateways. 25.0, moby 4f47013feb. */
  readonly validatesIpam: boolean;
  /** An ip_range of the other family than its subnet is refused. Only 24 took it. */
  readonly checksRangeFamily: boolean;
  /**
   * The request itself is decoded to addresses (netip types), so an unreadable one is refused wherever
   * it stands, and an entry without a subnet means a subnet of the engine's own. 29.0.
   */
  readonly decodesAddresses: boolean;
  /** Refusals of a pool begin with "invalid pool request: ". 27.0. */
  readonly wrapsPoolErrors: boolean;
  /** Static addresses and MACs are checked at create, not only at start. 25.0. */
  readonly validatesEndpointAtCreate: boolean;
  /** Several macvlan networks may share a parent unless one is passthru. 27.0, moby 528ffa9cae. */
  readonly macvlanSharesParent: boolean;
  /**
   * When macvlan and ipvlan take an address as gateway though none is configured: 28.0 no longer for
   * internal networks and routed ipvlan (2f60d15ddf), 29.0 for none (468e3521b0).
   */
  readonly hiddenGateway: "always" | "unless-internal" | "never";
  /** /31 and /32 pools can be used (RFC 3021). 23.0, moby 3a938df4b5. */
  readonly usesTinyPools: boolean;
  readonly ipvlanModes: readonly string[];
  /** ipvlan_flag is checked. 23.0, moby f70a9788c5. */
  readonly validatesIpvlanFlag: boolean;
  /** enable_ipv6 without a v6 subnet gets a ULA pool; before, it is refused. 27.0. */
  readonly allocatesIpv6Pool: boolean;
  /** How a missing interface below a VLAN sub-interface is reported. Worded anew in 23.0. */
  readonly missingBaseWords: string;
  /** `enable_ipv4: false` makes a network without IPv4; before, it is not known and ignored. 28.0, API 1.48. */
  readonly ipv4Optional: boolean;
  /** `gw_priority` chooses the default route. 28.0, API 1.48. */
  readonly gwPriority: boolean;
  /** A network without parent is made internal. 26.0.1. */
  readonly noParentIsInternal: boolean;
  /** Static addresses need a user-given subnet. Until 29.0; 29.1 dropped it (84a251d039). */
  readonly staticNeedsSubnet: boolean;
  /** A static address of a family that the network does not have is refused; before, silently ignored. 29.1. */
  readonly refusesDisabledFamily: boolean;
  /** Per-endpoint MAC is honoured: API 1.44, 25.0. */
  readonly endpointMac: boolean;
  /** Takes all networks of a container when it is made, from which Compose lets the main one win: API 1.44, 25.0. */
  readonly endpointsAtCreate: boolean;
  /**
   * Which MAC address a container gets that is connected anew. `primary`: the one asked for when it was
   * created, on the network that it was created on. `none`: another one. `asked`: what the request
   * says; API 1.54, 29.3.
   */
  readonly macOnConnect: "primary" | "none" | "asked";
  /** Where no MAC was asked for, it is made of the IPv4 address, 02:42 and its bytes. Until 27. */
  readonly macFromAddress: boolean;
  /** A container can neither start nor be connected when the network it was created on is gone. 25.0. */
  readonly needsNetworkMode: boolean;
  /**
   * A table of addresses is a row of bits: full, it knows no better word than "no available
   * addresses", and of 64 host bits or more it lacks the last address. 28.0 keeps sets.
   */
  readonly bitTables: boolean;
  /** What it says of an alias on `bridge`, `host` or `none`, which Compose always asks for. Worded anew in 29.0. */
  readonly predefinedWords: string;
  /** A MAC that is longer than an interface's six bytes is refused; before, its first six are taken. 28.0. */
  readonly comparesMac: boolean;
  /**
   * Twelve digits without separators may be a MAC: it depends on the Go release that the engine was built with
   * (net.ParseMAC). Debian's 28.5.2 takes them, its 26.1 and 20.10 do not.
   */
  readonly maybeBareMac: boolean;
  /** The bridge itself gets the MTU of its network, and not only the containers' interfaces. 25.0. */
  readonly bridgeMtu: boolean;
  /** A network cannot have the engine's own bridge, docker0; before, its owner is thrown away. 25.0. */
  readonly keepsDefaultBridge: boolean;
  /** The bridge driver reads com.docker.network.host_ipv6. 25.0. */
  readonly hostIpv6: boolean;
  /** Values of com.docker.network.bridge.gateway_mode_ipv4 and _ipv6; empty where they are not read. 27.0, 28.0. */
  readonly gatewayModes: readonly string[];
  /** An endpoint's com.docker.network.endpoint.sysctls are read, and checked. 27.0. */
  readonly endpointSysctls: boolean;
  /** A `dns` that is no address keeps the container from starting. 26.0. */
  readonly checksDns: boolean;
  /** `interface_name` is known: API 1.49, 28.1. */
  readonly interfaceName: boolean;
  /** Newest API version of the release. */
  readonly api: string;
}

const v20: EngineProfile = {
  since: "20.10",
  validatesIpam: false,
  checksRangeFamily: true,
  decodesAddresses: false,
  wrapsPoolErrors: false,
  validatesEndpointAtCreate: false,
  macvlanSharesParent: false,
  hiddenGateway: "always",
  usesTinyPools: false,
  ipvlanModes: ["l2", "l3"],
  validatesIpvlanFlag: false,
  allocatesIpv6Pool: false,
  missingBaseWords: "-o parent interface does was not found on the host",
  ipv4Optional: false,
  gwPriority: false,
  noParentIsInternal: false,
  staticNeedsSubnet: true,
  refusesDisabledFamily: false,
  endpointMac: false,
  endpointsAtCreate: false,
  macOnConnect: "primary",
  macFromAddress: true,
  needsNetworkMode: false,
  bitTables: true,
  predefinedWords: "network-scoped alias is supported only for containers in user defined networks",
  comparesMac: false,
  maybeBareMac: false,
  bridgeMtu: false,
  keepsDefaultBridge: false,
  hostIpv6: false,
  gatewayModes: [],
  endpointSysctls: false,
  checksDns: false,
  interfaceName: false,
  api: "1.41",
};
const v23: EngineProfile = {
  ...v20,
  since: "23.0",
  usesTinyPools: true,
  ipvlanModes: ["l2", "l3", "l3s"],
  validatesIpvlanFlag: true,
  missingBaseWords: "-o parent interface was not found on the host",
  api: "1.42",
};
const v24: EngineProfile = { ...v23, since: "24.0", checksRangeFamily: false, api: "1.43" };
const v25: EngineProfile = {
  ...v24,
  since: "25.0",
  validatesIpam: true,
  checksRangeFamily: true,
  validatesEndpointAtCreate: true,
  endpointMac: true,
  endpointsAtCreate: true,
  macOnConnect: "none",
  needsNetworkMode: true,
  bridgeMtu: true,
  keepsDefaultBridge: true,
  hostIpv6: true,
  api: "1.44",
};
const v26: EngineProfile = {
  ...v25,
  since: "26.0",
  noParentIsInternal: true,
  checksDns: true,
  api: "1.45",
};
const v27: EngineProfile = {
  ...v26,
  since: "27.0",
  wrapsPoolErrors: true,
  macvlanSharesParent: true,
  allocatesIpv6Pool: true,
  gatewayModes: ["nat", "routed"],
  endpointSysctls: true,
  api: "1.47",
};
const v28: EngineProfile = {
  ...v27,
  since: "28.0",
  hiddenGateway: "unless-internal",
  ipv4Optional: true,
  gwPriority: true,
  macFromAddress: false,
  bitTables: false,
  comparesMac: true,
  gatewayModes: ["nat", "nat-unprotected", "routed", "isolated"],
  maybeBareMac: true,
  api: "1.48",
};
const v28_1: EngineProfile = { ...v28, since: "28.1", interfaceName: true, api: "1.51" };
const v29: EngineProfile = {
  ...v28_1,
  since: "29.0",
  decodesAddresses: true,
  hiddenGateway: "never",
  predefinedWords: "network-scoped aliases are only supported for user-defined networks",
  api: "1.52",
};
const v29_1: EngineProfile = {
  ...v29,
  since: "29.1",
  staticNeedsSubnet: false,
  refusesDisabledFamily: true,
};

const v29_3: EngineProfile = { ...v29_1, since: "29.3", macOnConnect: "asked", api: "1.54" };

/** Ascending. */
export const engineProfiles: readonly EngineProfile[] = [
  v20,
  v23,
  v24,
  v25,
  v26,
  v27,
  v28,
  v28_1,
  v29,
  v29_1,
  v29_3,
];
export const newestProfile: EngineProfile = v29_3;
export const newestVersion = "29.7";

/**
 * The profile in force for an engine version (`28.5.2`, `20.10.24+dfsg1`, `29`): the newest that is
 * not newer than it, or the oldest. A text without a leading number gives undefined.
 */
export function profileOf(version: string): EngineProfile | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?/.exec(version.trim());
  if (!match) return undefined;
  const [major, minor] = [Number(match[1]), match[2] === undefined ? 999 : Number(match[2])];
  return (
    engineProfiles.findLast((profile) => {
      const [sinceMajor = 0, sinceMinor = 0] = profile.since.split(".").map(Number);
      return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
    }) ?? v20
  );
}
