import {
  type AddressRange,
  type Prefix,
  firstOf,
  formatRange,
  lastOf,
  prefixesOverlap,
  rangeOf,
} from "../model/cidr";
import type { Conditions, NetworkUse, NetworkView, PoolView, TableUse } from "./context";
import { takesGateway } from "./pools";
import type { ReportFunction, Rule } from "./rule";
import { containersOn, isTooSmall, knownPools } from "./support/capacity";
import { declaredPools } from "./support/declaredEntries";
import { dynamicPeers } from "./support/dynamicRange";
import { rangeFix } from "./support/rangeFix";
import { fullMessages, noneAvailable } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";
import { isSet } from "./support/staticAddresses";

export const ipRangeExhausted: Rule = {
  id: "ip-range-exhausted",
  severity: "error",
  summary: "An ip_range has fewer free addresses than containers without a static address need.",
  hasFix: true,
  checkNetwork(use, conditions, report) {
    const { network, attachments, tables } = use;
    const { engine } = conditions;
    reportNoGateway(network, conditions, report);
    reportNoBit(use, conditions, report);
    if (!network.used) return;
    for (const family of [4, 6] as const) {
      const pools = knownPools(network, family);
      const ranged = pools.find((pool) => pool.range);
      const value = ranged?.entry?.ipRange;
      if (!ranged || !value || isTooSmall(pools, containersOn(attachments))) continue;
      const peers = dynamicPeers(conditions, use, family);
      if (peers.count === 0 || pools.some((pool) => lacksGateway(conditions, pool))) continue;
      const free = pools.reduce((sum, pool) => sum + freeIn(pool, tables.get(pool)), 0n);
      if (free >= BigInt(peers.count)) continue;
      report({
        place: value.place,
        message:
          `Docker hands out only ${formatRange(rangeOf(ranged.range ?? ranged.subnet))} on "${network.key}", of which ` +
          `${free === 1n ? "1 address is" : `${free} addresses are`} free, and ${peers.count} ` +
          `${peers.count === 1 ? "container needs one" : "containers need one each"}: ` +
          `${free === 0n ? "none" : "not all"} of ${peers.names.map((name) => `"${name}"`).join(", ")} can start.`,
        engineMessage: `no available IPv${family} addresses on this network's address pools: ${network.realName ?? network.key} (<id>)`,
        otherMessages: fullMessages(engine),
        fixes: (context) => rangeFix(context, ranged, peers.count),
      });
    }
  },
};

/** A range of nothing but a reserved address, from which the engine wants to take a gateway first. */
function reportNoGateway(
  network: NetworkView,
  conditions: Conditions,
  report: ReportFunction,
): void {
  const { engine } = conditions;
  for (const { entry, pool } of declaredPools(network, engine)) {
    if (!entry.ipRange || !lacksGateway(conditions, pool)) continue;
    report({
      place: entry.ipRange.place,
      severity: refusalOf(network),
      message:
        `Docker refuses the network "${network.key}": no gateway is written, and the ip_range ` +
        `${entry.ipRange.text} has no address that it could take for one.`,
      engineMessage: `failed to allocate gateway (): ${noneAvailable(engine)}`,
    });
  }
}

/**
 * A range with the last of 64 host bits: where tables are rows of bits it reaches beyond them, wherever in a larger
 * subnet it is, as they count 64 bits and no more.
 */
function reportNoBit(use: NetworkUse, conditions: Conditions, report: ReportFunction): void {
  const { engine } = conditions;
  const { network } = use;
  for (const { entry, pool } of declaredPools(network, engine)) {
    const { missing } = pool;
    const range = pool.range ?? (engine.validatesIpam ? undefined : wholeSubnet(pool));
    if (!range || !missing || !entry.ipRange || (lastOf(range) & lowBits) !== lowBits) continue;
    const atOnce = !isSet(entry.gateway) && takesGateway(network, engine);
    if (!atOnce && dynamicPeers(conditions, use, 6).count === 0) continue;
    const words = `invalid bit range [${firstOf(range) & lowBits}, ${lowBits}`;
    report({
      place: entry.ipRange.place,
      severity: refusalOf(network),
      message:
        `The ip_range ${entry.ipRange.text} reaches to the last of 64 host bits, and no ` +
        `engine before 28 can hand out addresses of it: Docker refuses ${atOnce ? "the network" : "the containers"}.`,
      engineMessage: atOnce ? `failed to allocate gateway (): ${words}` : words,
    });
  }
}

/** What engines that let a range be bigger than its subnet take it for; undefined for other ranges. */
function wholeSubnet({ entry, subnet }: PoolView): Prefix | undefined {
  const written = entry?.ipRange?.prefix;
  const bigger = written && written.length < subnet.length && prefixesOverlap(subnet, written);
  return bigger ? subnet : undefined;
}

const lowBits = 0xffff_ffff_ffff_ffffn;

function lacksGateway({ engine }: Conditions, { entry, hiddenGateway, network, range }: PoolView) {
  return (
    range !== undefined &&
    !isSet(entry?.gateway) &&
    hiddenGateway === undefined &&
    takesGateway(network, engine)
  );
}

/** Addresses of the dynamic range that nothing reserves and no service of the file has. */
function freeIn(pool: PoolView, use: TableUse | undefined): bigint {
  const range: AddressRange = rangeOf(pool.range ?? pool.subnet);
  const within = (value: bigint) => value >= range.first && value <= range.last;
  const held = new Set<bigint>();
  for (const value of use?.table.reserved.keys() ?? []) if (within(value)) held.add(value);
  for (const { address } of use?.claims.holders() ?? []) {
    if (within(address.value) && use?.claims.isStarted(address.value)) held.add(address.value);
  }
  return range.last - range.first + 1n - BigInt(held.size);
}
