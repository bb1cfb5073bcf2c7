/** Two projects with one address. */
import { containsAddress, formatAddress, formatPrefix } from "../../model/cidr";
import type { AddressClaim, NetworkClaim } from "./claims";
import { shareSubnet } from "./claims";
import { serviceLevel } from "./level";
import { isOneNetwork, onOneLink } from "./meeting";
import type { Court, Judge, Party } from "./parties";

export const judgeAddress: Judge<AddressClaim> = (court, mine, theirs) => {
  if (mine.claim.address.family !== theirs.claim.address.family) return undefined;
  const level = serviceLevel(court, mine, theirs);
  const meeting = level && meetingOf(court, mine, theirs);
  if (!meeting) return undefined;
  return {
    severity: level,
    message: `${formatAddress(mine.claim.address)} is also the address of ${holder(theirs)}${meeting.words}`,
    ...(meeting.refused ? { engineMessage: "Address already in use" } : {}),
    related: `"${theirs.claim.service.key}" has the address here.`,
  };
};

interface Meeting {
  readonly words: string;
  readonly refused: boolean;
}

function holder({ claim, member }: Party<AddressClaim>): string {
  return `"${claim.service.key}" in ${member.where.shown}`;
}

/** Where the two addresses are one and the same; undefined where nothing says that they are. */
function meetingOf(
  court: Court,
  mine: Party<AddressClaim>,
  theirs: Party<AddressClaim>,
): Meeting | undefined {
  if (!court.relation(mine.member, theirs.member).oneHost) return acrossHosts(court, mine, theirs);
  const refusal = "Docker refuses to run both at the same time.";
  if (isOneNetwork(mine.claim.network, theirs.claim.network)) {
    const name = mine.claim.network.realName ?? "";
    return { words: `, on the same network "${name}". ${refusal}`, refused: true };
  }
  const [one, two] = definitions(court, mine, theirs);
  if (!onOneLink(one, two)) return undefined;
  const network = `on network "${theirs.claim.network.key}"`;
  if (shareSubnet(one, two)) {
    return { words: `, ${network}, which has the same subnet. ${refusal}`, refused: true };
  }
  return {
    words:
      `, ${network} with the same parent ${one.parent ?? ""}. Docker keeps a table for each subnet` +
      `${subnets(mine.claim, theirs.claim)} and starts both; on the LAN they then answer for one address.`,
    refused: false,
  };
}

/** No engine sees what another host runs: all depends on whether it is one LAN. */
function acrossHosts(
  court: Court,
  mine: Party<AddressClaim>,
  theirs: Party<AddressClaim>,
): Meeting | undefined {
  const lan = court.lans.find((prefix) => containsAddress(prefix, mine.claim.address));
  if (!lan || !definitions(court, mine, theirs).every(mayBeOnLan)) return undefined;
  const host = theirs.member.where.host;
  const there = host === undefined ? "another host" : `host "${host}"`;
  return {
    words:
      `, on ${there}. Neither engine sees the other's containers: both start, and answer for one ` +
      `address on the LAN ${formatPrefix(lan)}.`,
    refused: false,
  };
}

function definitions(
  court: Court,
  mine: Party<AddressClaim>,
  theirs: Party<AddressClaim>,
): [NetworkClaim, NetworkClaim] {
  return [
    court.definition(mine.claim.network, mine.member),
    court.definition(theirs.claim.network, theirs.member),
  ];
}

/** An address of the LAN on an external network that nobody knows is there for nothing else. */
function mayBeOnLan({ onLan, driver, made }: NetworkClaim): boolean {
  return onLan || (!made && driver === undefined);
}

function subnets(mine: AddressClaim, theirs: AddressClaim): string {
  if (!mine.subnet || !theirs.subnet) return "";
  return ` (${formatPrefix(theirs.subnet)}, ${formatPrefix(mine.subnet)})`;
}
