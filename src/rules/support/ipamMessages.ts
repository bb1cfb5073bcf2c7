/**
 * The engine's words about one entry of `ipam.config`, by version. Up to 24 they come from
 * libnetwork, from 25 from ValidateIPAM (moby api/types/network/ipam.go), from 29 from the decoding
 * of the request (httputils.ReadJSON) or validateIpamConfig (daemon/network.go).
 */
import {
  type Address,
  type Family,
  type Prefix,
  canonicalPrefix,
  formatAddress,
  formatPrefix,
} from "../../model/cidr";
import type { EngineProfile } from "../../model/engineProfile";
import type { Report } from "../rule";
import { addressError, prefixError } from "./netipErrors";

export function unreadableSubnet(engine: EngineProfile, text: string): string | undefined {
  if (engine.decodesAddresses) return undecodable(prefixError(text));
  return engine.validatesIpam
    ? `invalid subnet ${text}: invalid CIDR block notation`
    : `Invalid subnet ${text} : invalid CIDR address: ${text}`;
}

export function unreadableRange(
  engine: EngineProfile,
  text: string,
  subnet: string,
): string | undefined {
  if (engine.decodesAddresses) return undecodable(prefixError(text));
  return engine.validatesIpam
    ? `invalid ip-range ${text}: invalid CIDR block notation`
    : `failed to parse pool request for address space "LocalDefault" pool "${subnet}" subpool "${text}": Invalid Address SubPool`;
}

export function unreadableGateway(engine: EngineProfile, text: string): string | undefined {
  if (engine.decodesAddresses) return undecodable(addressError(text));
  return engine.validatesIpam
    ? `invalid gateway ${text}: invalid address`
    : `invalid gateway address ${text} in Ipam configuration`;
}

/** `network`: its name in the engine, where that is known. */
export function unreadableAux(
  engine: EngineProfile,
  name: string,
  text: string,
  network: string | undefined,
): string | undefined {
  if (engine.decodesAddresses && text !== "") return undecodable(addressError(text));
  if (engine.validatesIpam && text !== "")
    return `invalid auxiliary address ${name}: invalid address`;
  return network === undefined
    ? undefined
    : `non parsable secondary ip address (${name}:${text}) passed for network ${network}`;
}

/** Undefined for engines that mask the host bits. */
export function hostBits(
  engine: EngineProfile,
  what: "subnet" | "ip-range",
  prefix: Prefix,
): string | undefined {
  if (!engine.validatesIpam) return undefined;
  return `invalid ${what} ${formatPrefix(prefix)}: it should be ${formatPrefix(canonicalPrefix(prefix))}`;
}

/** `subnet` as written: the engine prints its host bits. */
export function foreignGateway(engine: EngineProfile, gateway: Address, subnet: Prefix): string {
  const text = formatAddress(gateway);
  return engine.validatesIpam
    ? `invalid gateway ${text}: ${notInSubnet(gateway.family, subnet)}`
    : `failed to allocate gateway (${text}): Requested address is out of range`;
}

export function foreignAux(
  engine: EngineProfile,
  name: string,
  address: Address,
  subnet: Prefix,
): string {
  return engine.validatesIpam
    ? `invalid auxiliary address ${name}: ${notInSubnet(address.family, subnet)}`
    : `auxiliary address: (${name}:${formatAddress(address)}) must belong to the master pool: ${formatPrefix(canonicalPrefix(subnet))}`;
}

/** Undefined where engines take the range's host part. */
export function foreignRange(
  engine: EngineProfile,
  range: Prefix,
  subnet: Prefix,
): string | undefined {
  if (!engine.validatesIpam) {
    if (!engine.checksRangeFamily || range.family === subnet.family) return undefined;
    return "cannot compute host portion ip address because ip and mask are not compatible";
  }
  const reason =
    range.family === subnet.family
      ? `parent subnet ${formatPrefix(subnet)} doesn't contain ip-range`
      : `parent subnet is an IPv${subnet.family} block`;
  return `invalid ip-range ${formatPrefix(range)}: ${reason}`;
}

export function bigRange(engine: EngineProfile, range: Prefix, subnet: Prefix): string | undefined {
  if (!engine.validatesIpam) return undefined;
  return `invalid ip-range ${formatPrefix(range)}: CIDR block is bigger than its parent subnet ${formatPrefix(subnet)}`;
}

/** The gateway is an address that the subnet keeps, or another network's. */
export function gatewayTaken(gateway: Address): string {
  return gatewayRefused(gateway, "Address already in use");
}

export function gatewayRefused(gateway: Address, reason: string): string {
  return `failed to allocate gateway (${formatAddress(gateway)}): ${reason}`;
}

export function auxTaken(name: string, address: Address): string {
  return auxRefused(name, address, "Address already in use");
}

export function auxRefused(name: string, address: Address, reason: string): string {
  return `failed to allocate secondary ip address (${name}:${formatAddress(address)}): ${reason}`;
}

/** What a full table says, whatever it is asked for (ErrNoAvailableIPs; in small letters since 25.0). */
export function noneAvailable(engine: EngineProfile): string {
  return `${engine.validatesIpam ? "no" : "No"} available addresses on this pool`;
}

/** What the engine says of an address that somebody has: of a full table something else, in some. */
export function addressTaken(
  engine: EngineProfile,
): Required<Pick<Report, "engineMessage" | "otherMessages">> {
  const otherMessages = engine.bitTables ? [noneAvailable(engine)] : [];
  return { engineMessage: "Address already in use", otherMessages };
}

/** What a container with a static address hears when others have filled the pool before it starts. */
export function fullMessages(engine: EngineProfile): string[] {
  const { engineMessage = "", otherMessages } = addressTaken(engine);
  return [engineMessage, ...otherMessages];
}

/** The last address of a table of 64 host bits or more, where tables are rows of bits. */
export const bitNotThere = "bit does not belong to the sequence";

export function poolOverlap(engine: EngineProfile): string {
  const words = "Pool overlaps with other one on this address space";
  return engine.wrapsPoolErrors ? `invalid pool request: ${words}` : words;
}

/** The bridge driver compares the networks that it has. */
export function bridgesOverlap(family: Family): string {
  return (
    "cannot create network <id> (br-<id>): conflicts with network <id> (br-<id>): " +
    `networks have overlapping IPv${family}`
  );
}

function notInSubnet(family: Family, subnet: Prefix): string {
  return family === subnet.family
    ? `parent subnet ${formatPrefix(subnet)} doesn't contain this address`
    : `parent subnet is an IPv${subnet.family} block`;
}

function undecodable(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : `invalid JSON: ${reason}`;
}
