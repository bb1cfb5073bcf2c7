import { setValue } from "../compose/value";
import { canonicalPrefix, formatPrefix, hasHostBits } from "../model/cidr";
import type { Rule } from "./rule";
import { validatedPools } from "./support/declaredEntries";
import { hostBits } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const subnetHostBits: Rule = {
  id: "subnet-host-bits",
  severity: "error",
  summary: "A subnet is written with an address inside it instead of its first one.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry } of validatedPools(network, engine)) {
      const { subnet } = entry;
      if (!subnet?.prefix || !hasHostBits(subnet.prefix)) continue;
      const right = formatPrefix(canonicalPrefix(subnet.prefix));
      report({
        place: subnet.place,
        severity: engine.validatesIpam ? refusalOf(network) : "warning",
        message: engine.validatesIpam
          ? `Docker refuses the network "${network.key}": ${subnet.text} is an address inside the subnet ${right}.`
          : `Docker takes ${subnet.text} for ${right}, and from version 25 on refuses it: ` +
            `after an upgrade the network "${network.key}" cannot be created any more.`,
        engineMessage: hostBits(engine, "subnet", subnet.prefix),
        fixes: () => {
          const edit = setValue(subnet, right);
          if (!edit) return [];
          return [{ title: `Change to ${right}`, preferred: true, safe: true, edits: [edit] }];
        },
      });
    }
  },
};
