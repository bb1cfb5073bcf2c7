import { setValue } from "../compose/value";
import {
  type Prefix,
  canonicalPrefix,
  containsAddress,
  containsPrefix,
  formatPrefix,
  parsePrefix,
  prefixesOverlap,
} from "../model/cidr";
import type { NetworkUse } from "./context";
import type { Fix, Rule } from "./rule";
import { type DeclaredPool, declaredPools } from "./support/declaredEntries";
import { engineInterfaces } from "./support/parents";

export const subnetDiffersFromParent: Rule = {
  id: "subnet-differs-from-parent",
  severity: "warning",
  summary: "The subnet of a LAN network is not that of its parent interface.",
  hasFix: true,
  checkNetwork({ network }, { engine, facts }, report) {
    const interfaces = engineInterfaces(facts);
    if (!interfaces) return;
    for (const declared of declaredPools(network, engine)) {
      const { entry, pool } = declared;
      const { parent, mode } = network;
      if (
        !network.used ||
        !network.onLan ||
        network.internal ||
        parent === undefined ||
        !entry.subnet
      )
        continue;
      // Routed modes of ipvlan need another subnet; of IPv6 a link has many.
      if (mode === undefined || mode.startsWith("l3") || pool.subnet.family !== 4) continue;
      const lans = (interfaces.get(parent)?.addresses ?? []).flatMap(lanOf);
      const [lan] = lans;
      if (!lan || lans.some((prefix) => formatPrefix(prefix) === formatPrefix(pool.subnet)))
        continue;
      const near = lans.find((prefix) => prefixesOverlap(prefix, pool.subnet));
      const right = formatPrefix(near ?? lan);
      report({
        place: entry.subnet.place,
        severity: near ? "information" : "warning",
        message: near
          ? `${parent} is in ${right}, and "${network.key}" has ${formatPrefix(pool.subnet)}: its containers ` +
            "and the other machines do not agree on who can be reached without a router."
          : `${parent} is in ${right}, and "${network.key}" has ${formatPrefix(pool.subnet)}: machines of ` +
            "that LAN do not reach its containers, unless a router on it knows this subnet too.",
        fixes: ({ use }) => takeSubnet(declared, use(network), near ?? lan),
      });
    }
  },
};

/** The LAN of an interface's address; a single address (/32) is in none. */
function lanOf(text: string): Prefix[] {
  const prefix = parsePrefix(text);
  return prefix?.family === 4 && prefix.length < 31 ? [canonicalPrefix(prefix)] : [];
}

/** The LAN's subnet, where all that the network says of addresses is in it. */
function takeSubnet(
  { entry, network, pool }: DeclaredPool,
  { attachments }: NetworkUse,
  lan: Prefix,
): Fix[] {
  const addresses = [
    entry.gateway,
    ...entry.aux.map(({ value }) => value),
    ...attachments.map(({ tie }) => tie.ipv4),
  ].flatMap((value) => (value ? [value.known ? value.address : undefined] : []));
  const fits =
    addresses.every((address) => address && containsAddress(lan, address)) &&
    (!entry.ipRange || (pool.range !== undefined && containsPrefix(lan, pool.range)));
  const edit = fits && entry.subnet ? setValue(entry.subnet, formatPrefix(lan)) : undefined;
  if (!edit) return [];
  const title = `Change to ${edit.newText}, the subnet of ${network.parent ?? "the parent"}`;
  return [{ title, preferred: true, safe: false, edits: [edit] }];
}
