import { setValue } from "../compose/value";
import { canonicalPrefix, formatPrefix, hasHostBits } from "../model/cidr";
import type { Rule } from "./rule";
import { validatedPools } from "./support/declaredEntries";
import { hostBits } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const ipRangeHostBits: Rule = {
  id: "ip-range-host-bits",
  severity: "error",
  summary: "An ip_range is written with an address inside it instead of its first one.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry, pool } of validatedPools(network, engine)) {
      const { ipRange } = entry;
      // A range that is elsewhere or too big is that first.
      if (!pool.range || !ipRange?.prefix || !hasHostBits(ipRange.prefix)) continue;
      const right = formatPrefix(canonicalPrefix(ipRange.prefix));
      report({
        place: ipRange.place,
        severity: engine.validatesIpam ? refusalOf(network) : "warning",
        message: engine.validatesIpam
          ? `Docker refuses the network "${network.key}": ${ipRange.text} is an address inside the block ${right}.`
          : `Docker takes ${ipRange.text} for ${right}, so containers get lower addresses than ` +
            "is written, and from version 25 on it refuses the network.",
        engineMessage: hostBits(engine, "ip-range", ipRange.prefix),
        fixes: () => {
          const edit = setValue(ipRange, right);
          if (!edit) return [];
          return [{ title: `Change to ${right}`, preferred: true, safe: true, edits: [edit] }];
        },
      });
    }
  },
};
