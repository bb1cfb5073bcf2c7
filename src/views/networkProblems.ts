/** What is wrong with a macvlan or ipvlan network as it is now, without any compose file. PURE. */
import { type HostReach, hostReach } from "../hostAccess/reach";
import { commandIds } from "../ids";
import { formatPrefix, rangeOf, rangesOverlap } from "../model/cidr";
import { type EngineNetwork, isLanDriver } from "../model/network";
import { cloudNote } from "./machineNotes";
import type { PoolCounts } from "./poolCounts";
import { type Problem, pageOf } from "./problem";
import { type Tie, parentOf } from "./tie";
import { giveOtherRange, moveElsewhere, moveTo, removeIt } from "./ways";
import type { World } from "./world";

/** What the facts do not tell is no problem. */
export function networkProblems(
  network: EngineNetwork,
  ties: readonly Tie[],
  counts: readonly PoolCounts[],
  world: World,
): Problem[] {
  if (!isLanDriver(network.driver)) return [];
  return [
    parentProblem(network, ties, world),
    cloudProblem(network, world),
    exhausted(network, counts),
    handsOutDhcp(network, counts, world),
    cutOff(network, ties, reachOf(network, ties, world)),
  ].filter((problem) => problem !== undefined);
}

/** Whether the host reaches the running containers of the network. */
export function reachOf(network: EngineNetwork, ties: readonly Tie[], world: World): HostReach {
  const running = ties.filter(({ container }) => container.running);
  const addresses = running.flatMap((tie) => tie.addresses.slice(0, 1));
  const parent = parentOf(network);
  return world.hosts?.get(parent ?? "")?.up === true
    ? hostReach(network, addresses, world.routes)
    : { kind: "unknown" };
}

function parentProblem(
  network: EngineNetwork,
  ties: readonly Tie[],
  world: World,
): Problem | undefined {
  const { hosts } = world;
  const parent = parentOf(network);
  if (parent === undefined || !hosts) return undefined;
  const removal = ties.length === 0 ? [removeIt(network)] : [];
  const host = hosts.get(parent);
  if (!host) {
    return {
      kind: "parent-missing",
      level: "warning",
      short: `parent ${parent} missing`,
      text:
        `Its parent ${parent} does not exist on the host: no container can start on it. ` +
        `When ${parent} is back, restart Docker if starts still fail; if it has another name now, recreate the network on that.`,
      ways: [...moveElsewhere(network, world), pageOf("unknown-parent"), ...removal],
    };
  }
  if (host.master) {
    return {
      kind: "parent-port",
      level: "warning",
      short: `parent ${parent} is a port of ${host.master}`,
      text: `Its parent ${parent} is a port of ${host.master}: containers cannot start ("device or resource busy"). Use ${host.master} as parent.`,
      ways: [moveTo(network, host.master), pageOf("unsuitable-parent"), ...removal],
    };
  }
  if (host.up) return undefined;
  return {
    kind: "parent-down",
    level: "warning",
    short: `parent ${parent} down`,
    text: `Its parent ${parent} is down${host.carrier === false ? " (no cable, or nothing at its other end)" : ""}: containers start and reach nothing.`,
    ways: [pageOf("unsuitable-parent")],
  };
}

function cloudProblem(network: EngineNetwork, { machine }: World): Problem | undefined {
  // With ipvlan the MAC is the machine's own, and an address that the cloud gave to it as well works.
  const isCut = network.driver === "macvlan" && parentOf(network) !== undefined;
  const note = machine && isCut ? cloudNote(machine) : undefined;
  if (note === undefined) return undefined;
  return {
    kind: "cloud-drops-frames",
    level: "warning",
    short: "reaches no LAN in this cloud",
    text: note,
    ways: [pageOf("platform-without-macvlan")],
  };
}

/** The engine fills one pool after the other; addresses of a pool of IPv6 do not end. */
function exhausted(network: EngineNetwork, counts: readonly PoolCounts[]): Problem | undefined {
  const pools = counts.filter(({ subnet }) => subnet.family === 4);
  const isFull = pools.length > 0 && pools.every(({ left }) => left <= 0n);
  if (!isFull || network.mode === "passthru") return undefined;
  const ranges = pools.map(({ range, subnet }) => formatPrefix(range ?? subnet)).join(", ");
  const unseen = pools.reduce((sum, pool) => sum + (pool.unseen ?? 0n), 0n);
  const of = unseen === 0n ? "" : ` (${unseen} by nothing that the engine lists)`;
  return {
    kind: "range-exhausted",
    level: "information",
    short: "no address left",
    text: `Every address of ${ranges} is in use${of}. A container without a fixed address does not start any more ("no available IPv4 addresses on this network's address pools").`,
    ways: [giveOtherRange(network), pageOf("ip-range-exhausted")],
  };
}

function handsOutDhcp(
  network: EngineNetwork,
  counts: readonly PoolCounts[],
  { dhcp }: World,
): Problem | undefined {
  if (parentOf(network) === undefined) return undefined;
  const pool = counts.find(
    ({ range }) => range && dhcp.some((other) => rangesOverlap(other, rangeOf(range))),
  );
  if (!pool?.range) return undefined;
  return {
    kind: "range-in-dhcp",
    level: "warning",
    short: "hands out addresses of the DHCP range",
    text: `Docker hands out ${formatPrefix(pool.range)}, and so does the router's DHCP: two devices may get one address.`,
    ways: [giveOtherRange(network), pageOf("range-overlaps-dhcp")],
  };
}

function cutOff(
  network: EngineNetwork,
  ties: readonly Tie[],
  reach: HostReach,
): Problem | undefined {
  if (reach.kind !== "cutOff") return undefined;
  const names = ties
    .filter(({ addresses }) => addresses.some((address) => reach.addresses.includes(address)))
    .map(({ container }) => container.name);
  const who = names.length > 3 ? `${names.length} containers` : names.join(", ");
  const partly =
    reach.device === undefined ? "" : ` ${reach.device} leads to the other containers only.`;
  return {
    kind: "host-cut-off",
    level: "information",
    short: "not reached by the host",
    text: `The host itself does not reach ${who}: the kernel passes nothing between ${network.parent ?? "the parent"} and the containers on it. Other machines do.${partly}`,
    ways: [
      {
        title: "Let the host reach its containers",
        command: commandIds.hostAccess,
        args: [network.id],
      },
    ],
  };
}
