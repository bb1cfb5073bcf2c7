import { structuralParts } from "../model/addressPlan";
import { familyBits, formatPrefix } from "../model/cidr";
import type { Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import { declaredPools } from "./support/declaredEntries";
import { bitNotThere, gatewayRefused, gatewayTaken } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

const names = { network: "network address", broadcast: "broadcast address" } as const;

export const gatewayReserved: Rule = {
  id: "gateway-reserved",
  severity: "error",
  summary: "A gateway is the network or broadcast address of its subnet.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry, pool } of declaredPools(network, engine)) {
      const { gateway } = pool;
      const value = entry.gateway;
      if (!gateway || !value) continue;
      if (gateway.value === pool.missing?.value) {
        report({
          place: value.place,
          severity: refusalOf(network),
          message:
            `Docker refuses the network "${network.key}": the gateway ${value.text} is the last address of ` +
            `${formatPrefix(pool.subnet)}, which no engine before 28 can set aside.`,
          engineMessage: gatewayRefused(gateway, bitNotThere),
          fixes: (context) => nextFreeFix(context, value, pool),
        });
        continue;
      }
      const part = structuralParts(pool.subnet).find(({ range }) => range.first === gateway.value);
      if (part?.use !== "network" && part?.use !== "broadcast") continue;
      // A subnet of one IPv6 address has no other to offer: it is too small.
      if (pool.subnet.length === familyBits(pool.subnet.family)) continue;
      report({
        place: value.place,
        severity: refusalOf(network),
        message:
          `Docker refuses the network "${network.key}": the gateway ${value.text} is the ` +
          `${names[part.use]} of ${formatPrefix(pool.subnet)}, which no machine can have.`,
        engineMessage: gatewayTaken(gateway),
        fixes: (context) => nextFreeFix(context, value, pool),
      });
    }
  },
};
