import { containsAddress, formatPrefix } from "../model/cidr";
import type { Rule } from "./rule";
import { nextFreeFix, sameHostIn } from "./support/addressFixes";
import { declaredPools } from "./support/declaredEntries";
import { foreignAux } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const auxOutsideSubnet: Rule = {
  id: "aux-outside-subnet",
  severity: "error",
  summary: "An auxiliary address is not in its subnet.",
  hasFix: true,
  check(context, report) {
    for (const { network, entry, pool } of declaredPools(context)) {
      const written = entry.subnet?.prefix;
      if (!entry.subnet || !written) continue;
      const { place } = entry.subnet;
      for (const { name, address, value } of pool.aux) {
        if (!value || containsAddress(pool.subnet, address)) continue;
        const near =
          address.family === pool.subnet.family ? sameHostIn(pool.subnet, address) : undefined;
        report({
          place: value.place,
          severity: refusalOf(network),
          message:
            `Docker refuses the network "${network.key}": the auxiliary address ${value.text} ` +
            `of "${name}" is not in the subnet ${formatPrefix(pool.subnet)}.`,
          related: [{ place, message: `The subnet of "${network.key}"` }],
          engineMessage: foreignAux(context.engine, name, address, written),
          fixes: () => nextFreeFix(context, value, pool, near),
        });
      }
    }
  },
};
