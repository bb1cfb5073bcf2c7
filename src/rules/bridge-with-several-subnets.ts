import type { Rule } from "./rule";
import { declaredPools } from "./support/declaredEntries";
import { refusalOf } from "./support/refusal";

export const bridgeWithSeveralSubnets: Rule = {
  id: "bridge-with-several-subnets",
  severity: "error",
  summary: "A bridge network has more than one subnet of a family.",
  hasFix: false,
  check(context, report) {
    const first = new Map<string, ReturnType<typeof declaredPools>[number]>();
    for (const declared of declaredPools(context)) {
      const { network, entry, pool } = declared;
      if (network.driver !== "bridge" || !entry.subnet) continue;
      const key = `${network.key} ${pool.subnet.family}`;
      const before = first.get(key);
      if (!before) {
        first.set(key, declared);
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
      });
    }
  },
};
