/** The MACs that services ask for, and where each would be in force. */
import type { ServiceDeclaration, ServiceNetwork } from "../../compose/project";
import type { Value } from "../../compose/value";
import { type Mac, interfaceMac } from "../../model/mac";
import type { EngineProfile } from "../../model/engineProfile";
import type { AttachmentView, NetworkView, ServiceView } from "../context";
import { isSet, isStarted } from "./staticAddresses";

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

/** What a service asks for; undefined when that is nothing. `attachments`: its ties to declared networks. */
export function macUserOf(
  service: ServiceDeclaration,
  attachments: readonly AttachmentView[],
): MacUser | undefined {
  if (!service.mac && !attachments.some(({ tie }) => tie.mac)) return undefined;
  const ties = service.networks.filter(hasMac);
  if (ties.length === 0 && !isSet(service.mac)) return undefined;
  return { service, ties, main: mainTie(service) };
}

export type TieWithMac = ServiceNetwork & { readonly mac: Value };

function hasMac(tie: ServiceNetwork): tie is TieWithMac {
  return tie.mac !== undefined && isSet(tie.mac);
}

/** The network that gets the service-level `mac_address`: the first one. */
function mainTie(service: ServiceDeclaration): ServiceNetwork | undefined {
  let main: ServiceNetwork | undefined;
  for (const tie of service.networks) if (!main || compareTies(tie, main) < 0) main = tie;
  return main;
}

/** The order in which Compose takes them: highest priority first, of equal ones by key (compose-go NetworksByPriority). */
export function compareTies(a: ServiceNetwork, b: ServiceNetwork): number {
  return b.priority - a.priority || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** A MAC that is asked for, with the tie whose interface would get it. */
interface MacInForce {
  readonly value: Value;
  /** Absent for a service without networks of its own, `network_mode: bridge` say. */
  readonly tie: ServiceNetwork | undefined;
}

/**
 * The MACs that reach the engine. Engines that know no MAC of a network take the service's alone;
 * newer ones that of the main network if it is written, and none without networks (docker/compose
 * prepareContainerMACAddress).
 */
export function macsInForce(
  { service, ties, main }: MacUser,
  { endpointMac }: EngineProfile,
): MacInForce[] {
  const own = endpointMac ? ties.map((tie) => ({ value: tie.mac, tie })) : [];
  const { mac } = service;
  if (!mac || isSet(main?.mac) || (endpointMac && !main)) return own;
  return [{ value: mac, tie: main }, ...own];
}

/** The claims of a service, without those that ipvlan refuses. */
export function macClaimsOf(
  user: MacUser,
  attachments: readonly AttachmentView[],
  engine: EngineProfile,
): MacClaim[] {
  const claims: MacClaim[] = [];
  for (const { value, tie } of macsInForce(user, engine)) {
    const bytes = value.known && value.mac ? interfaceMac(value.mac) : undefined;
    const on = attachmentOf(tie, user.service, attachments);
    if (!bytes || !on || on.network.driver === "ipvlan") continue;
    const mac = numberOfMac(bytes);
    if (mac === 0 || ((bytes[0] ?? 0) & 1) === 1) continue;
    const { service } = user;
    claims.push({ ...on, value, mac, started: isStarted(service) });
  }
  return claims;
}

/** Where the MAC of a tie is in force; without one on the network that `network_mode` names, if that is of the file. */
function attachmentOf(
  tie: ServiceNetwork | undefined,
  { networks }: ServiceDeclaration,
  attachments: readonly AttachmentView[],
): AttachmentView | undefined {
  if (tie) return attachments.find((attachment) => attachment.tie === tie);
  return networks.length === 0 ? attachments[0] : undefined;
}

/** Whether the tie is to an ipvlan network, whose containers have the parent's MAC. */
export function isOnIpvlan({ attachments }: ServiceView, tie: ServiceNetwork): boolean {
  return attachments.some((one) => one.tie === tie && one.network.driver === "ipvlan");
}

/** 48 bits fit into a number. */
export function numberOfMac(mac: Mac): number {
  let number = 0;
  for (const byte of mac) number = number * 256 + byte;
  return number;
}
