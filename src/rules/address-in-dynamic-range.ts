import { formatRange } from "../model/cidr";
import type { EngineProfile } from "../model/engineProfile";
import type { PoolView } from "./context";
import type { Report, Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import {
  type DynamicPeers,
  dynamicPeers,
  dynamicPool,
  dynamicRange,
  firstFit,
} from "./support/dynamicRange";
import { addressTaken } from "./support/ipamMessages";
import { rangeFix } from "./support/rangeFix";
import type { StaticAddress } from "./support/staticAddresses";

export const addressInDynamicRange: Rule = {
  id: "address-in-dynamic-range",
  severity: "warning",
  summary: "A static address is one that a container without a static address may get first.",
  hasFix: true,
  checkTable({ table, claims, networks }, conditions, report) {
    if (claims.size === 0) return;
    const reported = new Set<StaticAddress>();
    for (const use of networks) {
      const { network } = use;
      const pool = table.pools.find((each) => each.network === network);
      if (!pool || !network.used) continue;
      const { family } = pool.subnet;
      if (dynamicPool(network, family) !== pool) continue;
      const peers = dynamicPeers(conditions, use, family);
      const fit = firstFit(use, pool, peers.count);
      if (!fit) continue;
      const { first, last } = dynamicRange(pool);
      const zone = zoneOf(pool, peers);
      for (const claim of claims.holders()) {
        const { value } = claim.address;
        if (!claim.started || value < first || value > last) continue;
        if (reported.has(claim) || claims.isRepeated(claim)) continue;
        const threatened = zone.isPart || value <= fit.last;
        // Nobody uses up an IPv6 subnet.
        if (!threatened && family === 6) continue;
        reported.add(claim);
        report(threatened ? atRisk(conditions.engine, claim, zone) : behind(claim, zone));
      }
    }
  },
};

/** What dynamic addresses of a network come from, with the words for it. */
interface Zone {
  readonly pool: PoolView;
  readonly peers: number;
  /** An ip_range leaves a part of the subnet to static addresses. */
  readonly isPart: boolean;
  /** `"web" and "db", which get the lowest free address of the ip_range 192.168.1.128-...`. */
  readonly words: string;
  readonly wayOut: string;
}

function zoneOf(pool: PoolView, peers: DynamicPeers): Zone {
  const { range, subnet, network } = pool;
  const isPart = range !== undefined && range.length > subnet.length;
  const what = `the ${isPart ? "ip_range" : "subnet"} ${formatRange(dynamicRange(pool))}`;
  const get = peers.count > 1 ? "get the lowest free addresses" : "gets the lowest free address";
  return {
    pool,
    peers: peers.count,
    isPart,
    words: `${list(peers)}, which ${get} of ${what}`,
    wayOut: isPart
      ? "Take an address outside the ip_range."
      : `Give "${network.key}" an ip_range that leaves its static addresses out.`,
  };
}

/** In the part that is left to dynamic containers, or among the first addresses of the subnet. */
function atRisk(engine: EngineProfile, claim: StaticAddress, zone: Zone): Report {
  const { value, address } = claim;
  return {
    place: value.place,
    message:
      `Docker may give ${value.text} to ${zone.words}: whoever starts later, after a reboot for ` +
      `example, is refused. ${zone.wayOut}`,
    ...addressTaken(engine),
    fixes: (context) =>
      zone.isPart
        ? nextFreeFix(context, value, zone.pool, address)
        : rangeFix(context, zone.pool, zone.peers),
  };
}

/** Only when all lower addresses of the subnet are in use does a peer get it. */
function behind(claim: StaticAddress, zone: Zone): Report {
  const { value } = claim;
  return {
    place: value.place,
    severity: "hint",
    message:
      `Docker may give ${value.text} to ${zone.words}, once all lower ones are in use. ` +
      zone.wayOut,
    // Nothing is wrong yet: no reason to change a network without being asked.
    fixes: (context) =>
      rangeFix(context, zone.pool, zone.peers).map((fix) => ({ ...fix, preferred: false })),
  };
}

function list({ names, count }: DynamicPeers): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  const rest = names.length > 3 ? [`${names.length - 3} more`] : [];
  const parts = [...shown, ...rest];
  const last = parts.length > 1 ? ` or ${parts.pop() ?? ""}` : "";
  const containers = count > names.length ? ` (${count} containers)` : "";
  return `${parts.join(", ")}${last}${containers}`;
}
