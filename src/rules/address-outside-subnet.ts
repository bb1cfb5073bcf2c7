import { type Address, formatAddress, formatPrefix } from "../model/cidr";
import type { EngineProfile } from "../model/engineProfile";
import type { Rule } from "./rule";
import { nextFreeFix, sameHostIn } from "./support/addressFixes";
import { startRefusal } from "./support/refusal";

export const addressOutsideSubnet: Rule = {
  id: "address-outside-subnet",
  severity: "error",
  summary: "A service's static address is in none of the network's subnets.",
  hasFix: true,
  checkService({ service, addresses }, { engine }, report) {
    for (const { network, value, address, standing } of addresses) {
      if (standing.kind !== "outside") continue;
      const { pools } = standing;
      const subnets = pools.map(({ subnet }) => formatPrefix(subnet)).join(" or ");
      report({
        place: value.place,
        severity: startRefusal(service),
        message:
          `${value.text} is not in ${subnets}, the subnet of network "${network.key}": ` +
          `Docker refuses to start "${service.key}".`,
        related: pools.flatMap(({ entry }) =>
          entry?.subnet
            ? [{ place: entry.subnet.place, message: `Subnet of "${network.key}".` }]
            : [],
        ),
        engineMessage: refusal(engine, address, value.text),
        fixes: (context) => {
          const pool = pools[0];
          return nextFreeFix(context, value, pool, pool && sameHostIn(pool.subnet, address));
        },
      });
    }
  },
};

/** moby: endpoint.go until 24, EndpointIPAMConfig.IsInRange since 25; reworded with 84a251d039. */
function refusal(engine: EngineProfile, address: Address, text: string): string {
  if (!engine.validatesEndpointAtCreate) {
    return `Invalid address ${formatAddress(address)}: It does not belong to any of this network's subnets`;
  }
  return engine.staticNeedsSubnet
    ? `no configured subnet or ip-range contain the IP address ${text}`
    : `no configured subnet contains IP address ${text}`;
}
