import { formatRange, parseAddress } from "../model/cidr";
import type { Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import { dhcpRanges, isReservedFor, lanAddresses } from "./support/lanAddresses";

export const addressInDhcpRange: Rule = {
  id: "address-in-dhcp-range",
  severity: "warning",
  summary: "A static address on the LAN is one that the router's DHCP server hands out.",
  hasFix: true,
  checkService(view, { facts }, report) {
    const ranges = dhcpRanges(facts);
    if (ranges.length === 0) return;
    const reserved = (facts.lan ?? []).flatMap((lan) => lan.reserved ?? []);
    for (const claim of lanAddresses(view)) {
      const { address, value, service, standing } = claim;
      const range = ranges.find(
        ({ family, first, last }) =>
          family === address.family && address.value >= first && address.value <= last,
      );
      if (!range) continue;
      const leased = reserved.some(
        (entry) =>
          parseAddress(entry.address)?.value === address.value && isReservedFor(claim, entry),
      );
      if (leased) continue;
      report({
        place: value.place,
        message:
          `${value.text} is in the range ${formatRange(range)} that the DHCP server of the LAN hands ` +
          `out. It knows nothing of "${service.key}" and may give the address to another device. ` +
          "Take an address outside that range, or reserve this one in the router.",
        fixes: (context) =>
          standing.kind === "available" ? nextFreeFix(context, value, standing.pool, address) : [],
      });
    }
  },
};
