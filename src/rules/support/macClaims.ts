/** The MACs that services ask for, and where each would be in force. */
import type { ServiceDeclaration, ServiceNetwork } from "../../compose/project";
import type { Value } from "../../compose/value";
import type { Mac } from "../../model/mac";
import type { NetworkView, RuleContext } from "../context";
import { isSet, isStarted, staticAddresses } from "./staticAddresses";

/** A readable unicast MAC of a service that an interface of its container would get. */
export interface MacClaim {
  readonly service: ServiceDeclaration;
  readonly tie: ServiceNetwork;
  readonly network: NetworkView;
  readonly value: Value;
  /** The bytes as a number: equal for equal MACs, however they are written. */
  readonly mac: number;
  /** Compose makes a container of the service: its profile is active, and it is not scaled to 0. */
  readonly started: boolean;
}

/** A service that asks for a MAC, on its own level or on that of a network. */
export interface MacUser {
  readonly service: ServiceDeclaration;
  readonly main: ServiceNetwork | undefined;
  /** Ties with a MAC of their own. */
  readonly ties: readonly TieWithMac[];
}

export interface Macs {
  readonly users: readonly MacUser[];
  /** In the order of the file; without those that ipvlan refuses. */
  readonly claims: readonly MacClaim[];
}

const known = new WeakMap<RuleContext, Macs>();

/** Worked out once for all rules. */
export function macsOf(context: RuleContext): Macs {
  let macs = known.get(context);
  if (!macs) {
    const users = macUsers(context);
    const claims: MacClaim[] = [];
    for (const user of users) addClaims(claims, context, user);
    macs = { users, claims };
    known.set(context, macs);
  }
  return macs;
}

function macUsers(context: RuleContext): MacUser[] {
  const users: MacUser[] = [];
  for (const service of staticAddresses(context).withMac) {
    let ties: TieWithMac[] | undefined;
    for (const tie of service.networks) if (hasMac(tie)) (ties ??= []).push(tie);
    if (ties || isSet(service.mac)) {
      users.push({ service, ties: ties ?? [], main: mainTie(service) });
    }
  }
  return users;
}

type TieWithMac = ServiceNetwork & { readonly mac: Value };

function hasMac(tie: ServiceNetwork): tie is TieWithMac {
  return tie.mac !== undefined && isSet(tie.mac);
}

/**
 * The network that gets the service-level `mac_address`: the one of highest priority, of equal ones
 * the first by name (compose-go NetworksByPriority).
 */
function mainTie(service: ServiceDeclaration): ServiceNetwork | undefined {
  let main: ServiceNetwork | undefined;
  for (const tie of service.networks) if (!main || comesBefore(tie, main)) main = tie;
  return main;
}

function comesBefore(a: ServiceNetwork, b: ServiceNetwork): boolean {
  return a.priority !== b.priority ? a.priority > b.priority : a.key < b.key;
}

function addClaims(
  claims: MacClaim[],
  context: RuleContext,
  { service, ties, main }: MacUser,
): void {
  for (const tie of ties) {
    if (context.engine.endpointMac || tie === main)
      addClaim(claims, context, service, tie, tie.mac);
  }
  if (service.mac && main && !isSet(main.mac)) {
    addClaim(claims, context, service, main, service.mac);
  }
}

function addClaim(
  claims: MacClaim[],
  context: RuleContext,
  service: ServiceDeclaration,
  tie: ServiceNetwork,
  value: Value,
): void {
  const bytes = value.known ? value.mac : undefined;
  const network = bytes && context.network(tie.key);
  if (!network || bytes.length !== 6 || network.driver === "ipvlan") return;
  const mac = numberOfMac(bytes);
  if (mac === 0 || ((bytes[0] ?? 0) & 1) === 1) return;
  claims.push({ service, tie, network, value, mac, started: isStarted(service) });
}

/** 48 bits fit into a number. */
export function numberOfMac(mac: Mac): number {
  let number = 0;
  for (const byte of mac) number = number * 256 + byte;
  return number;
}
