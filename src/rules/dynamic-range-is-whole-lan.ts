import { type AddressRange, formatAddress, rangeOf, rangesOverlap } from "../model/cidr";
import type { NetworkUse, NetworkView } from "./context";
import type { Rule } from "./rule";
import { declaredPools } from "./support/declaredEntries";
import { dynamicPeers, dynamicPool, firstFit } from "./support/dynamicRange";
import { dhcpRanges } from "./support/lanAddresses";
import { rangeFix } from "./support/rangeFix";
import { isSet } from "./support/staticAddresses";

export const dynamicRangeIsWholeLan: Rule = {
  id: "dynamic-range-is-whole-lan",
  severity: "information",
  summary: "Docker hands out addresses of the whole LAN, beginning with the lowest.",
  hasFix: true,
  checkNetwork(use, conditions, report) {
    const { network } = use;
    const dhcp = dhcpRanges(conditions.facts);
    for (const { entry, pool } of declaredPools(network, conditions.engine)) {
      // A key that Compose does not know is most likely a misspelt ip_range.
      if (!entry.subnet || isSet(entry.ipRange) || entry.unknownKeys.length > 0) continue;
      if (!reachesLan(network)) continue;
      if (pool.subnet.family !== 4 || dynamicPool(network, 4) !== pool) continue;
      if (!hasDynamicService(use)) continue;
      // What the LAN's DHCP server hands out is known: range-overlaps-dhcp has said what there is to say.
      if (dhcp.some((range: AddressRange) => rangesOverlap(range, rangeOf(pool.subnet)))) continue;
      const peers = dynamicPeers(conditions, use, 4).count;
      const fit = firstFit(use, pool, peers);
      if (!fit) continue;
      const last = formatAddress({ family: 4, value: fit.last });
      report({
        place: entry.subnet.place,
        message:
          `Without an ip_range, Docker gives containers of "${network.key}" the lowest addresses of the ` +
          `LAN, now those up to ${last}. It asks no DHCP server and no machine whether ` +
          "they are free. An ip_range keeps Docker in a part of the LAN that is left to it.",
        fixes: (context) => rangeFix(context, pool, peers),
      });
    }
  },
};

/** On a real interface, and in the LAN's own subnet: the routed modes of ipvlan have one to themselves. */
function reachesLan({ onLan, internal, parent, mode }: NetworkView): boolean {
  return onLan && !internal && parent !== undefined && mode !== undefined && !mode.startsWith("l3");
}

function hasDynamicService({ attachments }: NetworkUse): boolean {
  return attachments.some(({ service, tie }) => !isSet(tie.ipv4) && service.replicas !== 0);
}
