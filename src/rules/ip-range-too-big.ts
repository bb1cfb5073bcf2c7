import { setValue } from "../compose/value";
import { formatPrefix, prefixesOverlap } from "../model/cidr";
import type { Rule } from "./rule";
import { validatedPools } from "./support/declaredEntries";
import { bigRange } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const ipRangeTooBig: Rule = {
  id: "ip-range-too-big",
  severity: "error",
  summary: "An ip_range is bigger than its subnet.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry, pool } of validatedPools(network, engine)) {
      const { ipRange } = entry;
      const range = ipRange?.known ? ipRange.prefix : undefined;
      if (!ipRange || !range || !entry.subnet?.prefix) continue;
      if (range.length >= pool.subnet.length || !prefixesOverlap(pool.subnet, range)) continue;
      const subnet = formatPrefix(pool.subnet);
      report({
        place: ipRange.place,
        severity: engine.validatesIpam ? refusalOf(network) : "warning",
        message: engine.validatesIpam
          ? `Docker refuses the network "${network.key}": the ip_range ${ipRange.text} is bigger than the subnet ${subnet}.`
          : `The ip_range ${ipRange.text} is bigger than the subnet ${subnet}: Docker takes the whole ` +
            "subnet for it, and from version 25 on it refuses the network.",
        engineMessage: bigRange(engine, range, entry.subnet.prefix),
        fixes: () => {
          // Engines before 28 want no range that has the last of 64 host bits.
          const edit = pool.missing ? undefined : setValue(ipRange, subnet);
          if (!edit) return [];
          const title = `Change to ${subnet}, the whole subnet`;
          return [{ title, preferred: true, safe: true, edits: [edit] }];
        },
      });
    }
  },
};
