import { containsAddress, formatPrefix } from "../model/cidr";
import type { Rule } from "./rule";
import { nextFreeFix, sameHostIn } from "./support/addressFixes";
import { validatedPools } from "./support/declaredEntries";
import { foreignAux } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const auxOutsideSubnet: Rule = {
  id: "aux-outside-subnet",
  severity: "error",
  summary: "An auxiliary address is not in its subnet.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry, pool } of validatedPools(network, engine)) {
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
          engineMessage: foreignAux(engine, name, address, written),
          fixes: (context) => nextFreeFix(context, value, pool, near),
        });
      }
    }
  },
};
