import type { Fix, Rule } from "./rule";
import { nearest } from "./support/nearest";
import { engineInterfaces, ownBridges, parentUses } from "./support/parents";
import { refusalOf } from "./support/refusal";
import { readSubInterface } from "./support/subInterface";
import { setValue } from "../compose/value";

export const unknownParent: Rule = {
  id: "unknown-parent",
  severity: "error",
  summary: "The parent interface does not exist on the engine's host.",
  hasFix: true,
  checkNetworks(networks, { engine, facts }, report) {
    const interfaces = engineInterfaces(facts);
    if (!interfaces) return;
    const bridges = ownBridges(networks);
    const exists = (name: string) => interfaces.has(name) || bridges.has(name);
    for (const { network, parent, value } of parentUses(networks)) {
      if (exists(parent)) continue;
      const sub = readSubInterface(parent);
      // A name that no base could save is parent-vlan-syntax's.
      if (sub?.base === undefined ? sub !== undefined : exists(sub.base)) continue;
      const missing = sub?.base ?? parent;
      const meant = nearest(missing, interfaces.keys());
      const others = [...interfaces.values()]
        .filter(({ kind, master }) => kind !== "loopback" && kind !== "veth" && !master)
        .map(({ name }) => name);
      report({
        place: value.place,
        severity: refusalOf(network),
        message:
          `The engine's host has no interface "${missing}"` +
          (sub ? `, so Docker cannot make the sub-interface "${parent}"` : "") +
          (others.length > 0 ? `. It has ${list(others)}.` : "."),
        engineMessage: sub
          ? `${engine.missingBaseWords}: ${missing}`
          : `invalid subinterface vlan name ${parent}, example formatting is eth0.10`,
        fixes: (): readonly Fix[] => {
          const name = meant ?? (others.length === 1 ? others[0] : undefined);
          if (name === undefined || name === "lo" || sub?.kind === "unusable") return [];
          const text = sub?.base === undefined ? name : `${name}${parent.slice(sub.base.length)}`;
          const edit = setValue(value, text);
          const sameName = name.toLowerCase() === missing.trim().toLowerCase();
          return edit
            ? [{ title: `Use parent ${text}`, preferred: sameName, safe: false, edits: [edit] }]
            : [];
        },
      });
    }
  },
};

function list(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(", ");
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}
