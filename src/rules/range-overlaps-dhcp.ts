import { formatRange, rangesOverlap } from "../model/cidr";
import type { Rule } from "./rule";
import { declaredPools } from "./support/declaredEntries";
import { dynamicPeers, dynamicPool, dynamicRange, firstFit } from "./support/dynamicRange";
import { dhcpRanges } from "./support/lanAddresses";
import { rangeFix } from "./support/rangeFix";

export const rangeOverlapsDhcp: Rule = {
  id: "range-overlaps-dhcp",
  severity: "warning",
  summary: "Docker hands out addresses that the DHCP server of the LAN hands out too.",
  hasFix: true,
  checkNetwork(use, conditions, report) {
    const { network } = use;
    const dhcp = dhcpRanges(conditions.facts);
    if (dhcp.length === 0) return;
    for (const { entry, pool } of declaredPools(network, conditions.engine)) {
      const { family } = pool.subnet;
      if (!network.used || !network.onLan || dynamicPool(network, family) !== pool) continue;
      const peers = dynamicPeers(conditions, use, family);
      // Without an ip_range only what the containers will get is at stake: the lowest addresses.
      const range = pool.range ? dynamicRange(pool) : firstFit(use, pool, peers.count);
      const value = pool.range ? entry.ipRange : entry.subnet;
      if (!range || !value || peers.count === 0) continue;
      const leased = dhcp.find((candidate) => rangesOverlap(candidate, range));
      if (!leased) continue;
      report({
        place: value.place,
        message:
          `Docker gives ${formatRange(range)} to containers of "${network.key}", and the DHCP server of ` +
          `the LAN hands out ${formatRange(leased)}. Neither asks the other: two machines get one ` +
          "address. Give Docker an ip_range of its own.",
        fixes: (context) => rangeFix(context, pool, peers.count),
      });
    }
  },
};
