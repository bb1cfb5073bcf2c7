import type { Rule } from "./rule";
import { type ParentUse, engineInterfaces, ownBridges, parentUses } from "./support/parents";
import { refusalOf } from "./support/refusal";
import { fileExistsText, readSubInterface } from "./support/subInterface";

export const parentVlanSyntax: Rule = {
  id: "parent-vlan-syntax",
  severity: "warning",
  summary: "The parent reads like a VLAN sub-interface that Docker cannot make.",
  hasFix: false,
  checkNetworks(networks, { facts }, report) {
    const interfaces = engineInterfaces(facts);
    const bridges = ownBridges(networks);
    const exists = (name: string) => interfaces?.has(name) === true || bridges.has(name);
    /** By interface and VLAN id, the first network that has Docker make it. */
    const made = new Map<string, ParentUse>();
    for (const use of parentUses(networks)) {
      const { network, parent, value } = use;
      const sub = readSubInterface(parent);
      if (!sub || exists(parent)) continue;
      // The engine misses the base before it looks at the id: unknown-parent speaks.
      if (interfaces && sub.base !== undefined && !exists(sub.base)) continue;
      const severity = interfaces ? refusalOf(network) : "warning";
      if (sub.kind === "usable") {
        const vlan = `${sub.base}.${sub.vlan}`;
        const other = made.get(vlan);
        if (!other && network.used) made.set(vlan, use);
        // The kernel has one sub-interface for a VLAN; the drivers compare the texts.
        if (!other || other.parent === parent) continue;
        report({
          place: value.place,
          severity,
          message:
            `"${parent}" and "${other.parent}" of "${other.network.key}" are both VLAN ${sub.vlan} of ${sub.base}, which ` +
            `can have one interface only: Docker cannot make the second. Write one name for both, or another VLAN.`,
          related: [
            {
              place: other.value.place,
              message: `Network "${other.network.key}" is on ${other.parent}.`,
            },
          ],
          engineMessage: fileExistsText(parent),
          otherMessages: [fileExistsText(other.parent)],
        });
        continue;
      }
      report({
        place: value.place,
        severity,
        message: interfaces
          ? `The host has no interface "${parent}", and Docker cannot make it: ${sub.reason}.`
          : `Unless the host already has an interface "${parent}", Docker refuses the network: ${sub.reason}.`,
        engineMessage: sub.engineMessage,
      });
    }
  },
};
