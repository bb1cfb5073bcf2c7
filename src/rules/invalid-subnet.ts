import { setValue } from "../compose/value";
import type { Rule } from "./rule";
import { readEntries, writtenText } from "./support/declaredEntries";
import { unreadableSubnet } from "./support/ipamMessages";
import { meantPrefix, paddedPrefix } from "./support/prefixFixes";
import { refusalOf } from "./support/refusal";

export const invalidSubnet: Rule = {
  id: "invalid-subnet",
  severity: "error",
  summary: "A subnet is not an address with a prefix length, such as 192.168.1.0/24.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry } of readEntries(network, engine)) {
      const { subnet } = entry;
      const text = writtenText(subnet);
      if (!subnet || text === undefined || subnet.prefix) continue;
      const plain = engine.validatesIpam ? undefined : paddedPrefix(text);
      report({
        place: subnet.place,
        severity: plain === undefined ? refusalOf(network) : "warning",
        message:
          plain === undefined
            ? `Docker refuses the network "${network.key}": "${text}" is not a subnet. ` +
              "Write the network's address and the length of its prefix, such as 192.168.1.0/24."
            : `This engine reads ${text} as ${plain}; from version 25 on Docker refuses it.`,
        engineMessage: plain === undefined ? unreadableSubnet(engine, text) : undefined,
        fixes: () => {
          const meant = meantPrefix(text);
          const edit = meant && setValue(subnet, meant.text);
          if (!edit) return [];
          const title = `Change to ${meant.text}`;
          return [{ title, preferred: true, safe: meant.certain, edits: [edit] }];
        },
      });
    }
  },
};
