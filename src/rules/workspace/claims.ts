/** What a project asks of the host it runs on, as far as other projects may ask for it too. */
import type { Place } from "../../compose/place";
import type { NetworkDeclaration, ServiceDeclaration } from "../../compose/project";
import { type Address, type Prefix, formatPrefix } from "../../model/cidr";
import type { NetworkUse, NetworkView, RuleContext, ServiceView } from "../context";
import type { Holder } from "../support/clash";
import { ownPools } from "../support/overlapCandidates";
import { optionOf } from "../support/parents";
import type { Pool } from "../support/poolClash";
import { isStarted } from "../support/staticAddresses";

/** Plain data, so that it can be worked out in another thread. */
export interface ProjectClaims {
  /** Undefined when it depends on an unknown variable. */
  readonly name: string | undefined;
  /** Files that were read, the main one first. */
  readonly files: readonly string[];
  /** Keys of all services. */
  readonly services: readonly string[];
  /** Networks that some service uses. */
  readonly networks: readonly NetworkClaim[];
  readonly pools: readonly PoolClaim[];
  readonly addresses: readonly AddressClaim[];
  readonly macs: readonly MacClaim[];
  readonly containers: readonly ContainerClaim[];
}

export interface NetworkClaim {
  readonly key: string;
  /** The name in the engine, where it is known. */
  readonly realName: string | undefined;
  /** Whether a name is written, so that other projects may mean the same network. */
  readonly named: boolean;
  /** Compose makes the network; false for an external one, and for one that may be external. */
  readonly made: boolean;
  readonly driver: string | undefined;
  /** macvlan or ipvlan. */
  readonly onLan: boolean;
  readonly parent: string | undefined;
  readonly parentKnown: boolean;
  readonly mode: string | undefined;
  /** Without host bits. */
  readonly subnets: readonly Prefix[];
  /** What is written of the network: equal for equal definitions, undefined while part of it is unknown. */
  readonly definition: string | undefined;
  readonly place: Place;
  readonly namePlace: Place | undefined;
  readonly parentPlace: Place | undefined;
}

/** A subnet of a network that Compose makes. */
export interface PoolClaim extends Pool {
  readonly network: NetworkClaim;
  readonly entry: undefined;
  /** In the engine already, as it is written. */
  readonly settled: boolean;
  readonly place: Place;
}

/** A service, as far as it decides whether its container runs. */
interface ServiceClaim extends Holder {
  readonly service: Holder["service"] & { readonly key: string };
  readonly place: Place;
}

export interface AddressClaim extends ServiceClaim {
  readonly address: Address;
  readonly network: NetworkClaim;
  /** The subnet that holds the address, where it is known. */
  readonly subnet: Prefix | undefined;
}

export interface MacClaim extends ServiceClaim {
  readonly text: string;
  readonly mac: number;
  readonly network: NetworkClaim;
}

export interface ContainerClaim extends ServiceClaim {
  readonly name: string;
}

/**
 * The claims of a project. `keep` is given every place: unless told, places stay those of the project,
 * which follow its edits.
 */
export function claimsOf(
  context: RuleContext,
  keep: (place: Place) => Place = (place) => place,
): ProjectClaims {
  const { project } = context;
  const services = enabledFirst(context.services);
  const networks = new Map<NetworkView, NetworkClaim>();
  const networkOf = (view: NetworkView): NetworkClaim => {
    const claim = networks.get(view) ?? networkClaim(view, context.use(view), keep);
    networks.set(view, claim);
    return claim;
  };
  for (const view of context.networks) if (view.used) networkOf(view);
  const serviceOf = serviceClaims();
  return {
    name: project.name,
    files: project.paths,
    services: project.services.map(({ key }) => key),
    pools: poolClaims(context, networkOf, keep),
    addresses: addressClaims(services, networkOf, serviceOf, keep),
    macs: services.flatMap(({ macClaims }) =>
      macClaims.map(({ service, value, network, mac, started }) => ({
        service: serviceOf(service),
        started,
        text: value.text,
        mac,
        network: networkOf(network),
        place: keep(value.place),
      })),
    ),
    containers: containerClaims(context, serviceOf, keep),
    networks: [...networks.values()],
  };
}

type NetworkOf = (view: NetworkView) => NetworkClaim;
type ServiceOf = (service: ServiceDeclaration) => ServiceClaim["service"];
type Keep = (place: Place) => Place;

/** Services that run come before those that do not. */
function enabledFirst(services: readonly ServiceView[]): readonly ServiceView[] {
  const enabled = ({ service }: ServiceView) => Number(service.enabled);
  return [...services].sort((a, b) => enabled(b) - enabled(a));
}

function networkClaim(view: NetworkView, { attachments }: NetworkUse, keep: Keep): NetworkClaim {
  const { declaration } = view;
  const parent = optionOf(view, "parent")?.place;
  const place = declaration?.keyPlace ?? attachments[0]?.tie.place;
  const name = declaration?.name?.place;
  return {
    key: view.key,
    realName: view.realName,
    named: declaration?.name !== undefined || declaration?.external !== false,
    made: declaration?.external === false,
    driver: view.driver,
    onLan: view.onLan,
    parent: view.parent,
    parentKnown: view.parentKnown,
    mode: view.mode,
    subnets: view.pools.map(({ subnet }) => subnet),
    definition: declaration && definitionOf(declaration),
    place: place ? keep(place) : { path: "", from: 0, to: 0 },
    namePlace: name && keep(name),
    parentPlace: parent && keep(parent),
  };
}

/** What Compose tells two definitions of one network apart by, without labels. */
function definitionOf(network: NetworkDeclaration): string | undefined {
  const entries = network.ipam.map(({ subnet, ipRange, gateway, aux }) => ({
    values: [subnet, ipRange, gateway],
    aux: [...aux].sort((a, b) => (a.key < b.key ? -1 : 1)),
  }));
  const options = [...network.driverOpts].sort((a, b) => (a.key < b.key ? -1 : 1));
  const flags = [network.external, network.internal, network.enableIpv4, network.enableIpv6];
  const values = [
    network.driver,
    network.ipamDriver,
    ...options.map(({ value }) => value),
    ...entries.flatMap((entry) => [...entry.values, ...entry.aux.map(({ value }) => value)]),
  ];
  if (flags.includes(undefined) || values.some((value) => value?.known === false)) return undefined;
  return JSON.stringify([
    flags,
    values.map((value) => value?.text ?? ""),
    options.map(({ key }) => key),
    entries.map(({ aux }) => aux.map(({ key }) => key)),
  ]);
}

function poolClaims(context: RuleContext, networkOf: NetworkOf, keep: Keep): PoolClaim[] {
  return ownPools(context.networks, context).flatMap((pool): PoolClaim[] => {
    const { subnet, range, wanted, bridge, link, declared, settled, entry } = pool;
    const place = entry?.subnet?.place;
    if (!declared || !place) return [];
    const network = networkOf(declared.network);
    const own = { subnet, range, wanted, bridge, link, settled };
    return [{ ...own, network, entry: undefined, place: keep(place) }];
  });
}

/** Of addresses that the network can give: what it refuses collides with nobody. */
function addressClaims(
  services: readonly ServiceView[],
  networkOf: NetworkOf,
  serviceOf: ServiceOf,
  keep: Keep,
): AddressClaim[] {
  const addresses = services.flatMap((service) => service.addresses);
  return addresses.flatMap((claim): AddressClaim[] => {
    const { standing, address, service, started, network, value } = claim;
    if (standing.kind !== "available" && standing.kind !== "unknown") return [];
    return [
      {
        service: serviceOf(service),
        started,
        address,
        network: networkOf(network),
        subnet: standing.kind === "available" ? standing.pool.subnet : undefined,
        place: keep(value.place),
      },
    ];
  });
}

function containerClaims(
  { services }: RuleContext,
  serviceOf: ServiceOf,
  keep: Keep,
): ContainerClaim[] {
  return services.flatMap(({ service }): ContainerClaim[] => {
    const { containerName } = service;
    if (!service.enabled || !containerName?.known || containerName.text === "") return [];
    return [
      {
        service: serviceOf(service),
        started: isStarted(service),
        name: containerName.text,
        place: keep(containerName.place),
      },
    ];
  });
}

/** One object for each service, however much it claims. */
function serviceClaims(): ServiceOf {
  const known = new Map<ServiceDeclaration, ServiceClaim["service"]>();
  return (service) => {
    let claim = known.get(service);
    if (!claim) {
      const { key, replicas, profiles } = service;
      claim = { key, replicas, profiles };
      known.set(service, claim);
    }
    return claim;
  };
}

/** Whether one subnet of the first is one of the second. */
export function shareSubnet(a: NetworkClaim, b: NetworkClaim): boolean {
  const texts = new Set(a.subnets.map(formatPrefix));
  return b.subnets.some((subnet) => texts.has(formatPrefix(subnet)));
}
