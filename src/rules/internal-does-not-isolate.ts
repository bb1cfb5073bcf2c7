import type { Rule } from "./rule";
import { parentUses } from "./support/parents";

export const internalDoesNotIsolate: Rule = {
  id: "internal-does-not-isolate",
  severity: "information",
  summary:
    "An internal network with a parent loses its default route, and the LAN still reaches it.",
  hasFix: false,
  checkNetwork({ network }, _, report) {
    for (const { parent, driver } of parentUses([network])) {
      if (!network.internal || !network.declaration) continue;
      report({
        place: network.declaration.keyPlace,
        message:
          `internal: true does not isolate a ${driver} network: containers on "${network.key}" get no default route, and ` +
          `still reach, and are reached by, everything on the LAN of ${parent}. Without a parent they would be isolated.`,
      });
    }
  },
};
