import { type Family, prefixesOverlap } from "../model/cidr";
import type { Rule } from "./rule";
import { type DeclaredPool, declaredPools } from "./support/declaredEntries";
import { poolOverlap } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const bridgeWithSeveralSubnets: Rule = {
  id: "bridge-with-several-subnets",
  severity: "error",
  summary: "A bridge network has more than one subnet of a family.",
  hasFix: false,
  checkNetwork({ network }, { engine }, report) {
    if (network.driver !== "bridge") return;
    const first = new Map<Family, DeclaredPool>();
    for (const declared of declaredPools(network, engine)) {
      const { entry, pool } = declared;
      if (!entry.subnet) continue;
      const before = first.get(pool.subnet.family);
      if (!before) {
        first.set(pool.subnet.family, declared);
        continue;
      }
      report({
        place: entry.subnet.place,
        severity: refusalOf(network),
        message:
          `Docker refuses the network "${network.key}": a bridge has one IPv${pool.subnet.family} subnet, ` +
          "and this is another one. Make a second network of it.",
        ...(before.entry.subnet && {
          related: [{ place: before.entry.subnet.place, message: "The first subnet" }],
        }),
        engineMessage: "bridge driver doesn't support multiple subnets",
        // The pools are asked for first.
        otherMessages: prefixesOverlap(pool.subnet, before.pool.subnet)
          ? [poolOverlap(engine)]
          : [],
      });
    }
  },
};
