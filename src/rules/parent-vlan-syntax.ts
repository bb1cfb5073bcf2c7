import type { Rule } from "./rule";
import { engineInterfaces, ownBridges, parentUses } from "./support/parents";
import { refusalOf } from "./support/refusal";
import { readSubInterface } from "./support/subInterface";

export const parentVlanSyntax: Rule = {
  id: "parent-vlan-syntax",
  severity: "warning",
  summary: "The parent reads like a VLAN sub-interface that Docker cannot make.",
  hasFix: false,
  checkNetworks(networks, { facts }, report) {
    const interfaces = engineInterfaces(facts);
    const bridges = ownBridges(networks);
    const exists = (name: string) => interfaces?.has(name) === true || bridges.has(name);
    for (const { network, parent, value } of parentUses(networks)) {
      const sub = readSubInterface(parent);
      if (sub?.kind !== "unusable" || exists(parent)) continue;
      // The engine misses the base before it looks at the id: unknown-parent speaks.
      if (interfaces && sub.base !== undefined && !exists(sub.base)) continue;
      report({
        place: value.place,
        severity: interfaces ? refusalOf(network) : "warning",
        message: interfaces
          ? `The host has no interface "${parent}", and Docker cannot make it: ${sub.reason}.`
          : `Unless the host already has an interface "${parent}", Docker refuses the network: ${sub.reason}.`,
        engineMessage: sub.engineMessage,
      });
    }
  },
};
