/** Static addresses of the project that a container of the engine has. */
import { type Prefix, canonicalPrefix, containsAddress, parsePrefix } from "../../model/cidr";
import { type EngineNetwork, isLanDriver } from "../../model/network";
import type { Conditions } from "../context";
import type { Report } from "../rule";
import { nextFreeFix } from "./addressFixes";
import { networkIdentity } from "./addressTables";
import { type LiveClaim, liveClaims } from "./liveClaims";
import { describeContainer } from "./liveContainers";
import { liveNetworks } from "./liveNetworks";
import { remembering } from "./remembering";
import type { StaticAddress } from "./staticAddresses";

/** Each such address with its finding; the first container that has it. */
export function* duplicateOnEngine(
  claims: readonly StaticAddress[],
  conditions: Conditions,
): Generator<[claim: StaticAddress, finding: Report]> {
  const live = liveByAddress(conditions);
  if (live.size === 0) return;
  const networks = liveNetworks(conditions.facts);
  for (const claim of claims) {
    for (const other of live.get(claim.address.value) ?? []) {
      if (other.address.family !== claim.address.family) continue;
      const meeting = meet(claim, other, networks.get(other.attachment.network));
      if (!meeting) continue;
      yield [claim, finding(claim, other, meeting)];
      break;
    }
  }
}

const liveByAddress = remembering(
  (conditions: Conditions): ReadonlyMap<bigint, readonly LiveClaim[]> => {
    const byAddress = new Map<bigint, LiveClaim[]>();
    for (const claim of liveClaims(conditions)) {
      const same = byAddress.get(claim.address.value);
      if (same) same.push(claim);
      else byAddress.set(claim.address.value, [claim]);
    }
    return byAddress;
  },
);

/**
 * `table`: the engine gives the address to one of them only; `lan`: to both, on one wire.
 * Undefined when they are apart, or nothing says that they are not.
 */
function meet(
  claim: StaticAddress,
  { attachment, address }: LiveClaim,
  network: EngineNetwork | undefined,
): "table" | "lan" | undefined {
  if (attachment.network === networkIdentity(claim.network)) return "table";
  const { standing } = claim;
  if (!network || standing.kind !== "available") return undefined;
  const subnet = subnetHolding(network, address);
  if (!subnet) return undefined;
  const own = standing.pool.subnet;
  // A network that is still to be made may be refused for its subnet: another rule's matter.
  const made = claim.network.live !== undefined || standing.pool.range !== undefined;
  if (made && subnet.address === own.address && subnet.length === own.length) return "table";
  const { onLan, parent } = claim.network;
  const oneWire = onLan && isLanDriver(network.driver) && parent !== undefined;
  return oneWire && network.parent === parent ? "lan" : undefined;
}

function subnetHolding(network: EngineNetwork, address: LiveClaim["address"]): Prefix | undefined {
  return (network.ipam ?? [])
    .flatMap(({ subnet }) => (subnet === undefined ? [] : (parsePrefix(subnet) ?? [])))
    .map(canonicalPrefix)
    .find((subnet) => containsAddress(subnet, address));
}

function finding(
  claim: StaticAddress,
  { container, attachment }: LiveClaim,
  meeting: "table" | "lan",
): Report {
  const { service, value, standing } = claim;
  const who = `${describeContainer(container)} on network "${attachment.network}"`;
  const clash =
    meeting === "lan"
      ? `Docker does not see it, because the subnets differ, and both answer for one address on the LAN.`
      : container.running
        ? `Docker refuses to start "${service.key}" while that container runs.`
        : "It is stopped and will want its address back: whichever starts last is refused.";
  const refused = meeting === "table" && container.running && claim.started;
  return {
    place: value.place,
    severity: refused ? "error" : "warning",
    message: `${value.text} is the address of ${who}. ${clash}`,
    ...(meeting === "table" ? { engineMessage: "Address already in use" } : {}),
    fixes: (context) =>
      standing.kind === "available"
        ? nextFreeFix(context, value, standing.pool, claim.address)
        : [],
  };
}
