import type { UnknownKey } from "../compose/project";
import type { Rule } from "./rule";
import { nearest } from "./support/nearest";
import { renameKey } from "./support/renameKey";

export const unknownIpamKey: Rule = {
  id: "unknown-ipam-key",
  severity: "error",
  summary: "An entry of ipam.config has a key that Compose does not know.",
  hasFix: true,
  checkNetwork({ network }, _, report) {
    const { declaration, key } = network;
    for (const [index, pool] of (declaration?.ipam ?? []).entries()) {
      for (const entry of pool.unknownKeys) {
        const meant = meantKey(entry);
        report({
          place: entry.keyPlace,
          message:
            `Compose refuses the file: an entry of ipam.config has no key "${entry.key}", only ${knownKeys.join(", ")}.` +
            (meant === undefined ? "" : ` Did you mean ${meant}?`),
          engineMessage: `networks.${key}.ipam.config.${index} additional properties ${entry.listed} not allowed`,
          fixes: () => renameKey(entry, meant),
        });
      }
    }
  },
};

const knownKeys = ["subnet", "ip_range", "gateway", "aux_addresses"];

/** Names that people use and that are no misspelling. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["cidr", "subnet"],
  ["network", "subnet"],
  ["range", "ip_range"],
  ["ip_ranges", "ip_range"],
  ["iprange", "ip_range"],
  ["gw", "gateway"],
  ["gateway4", "gateway"],
  ["router", "gateway"],
  ["aux", "aux_addresses"],
  ["aux_address", "aux_addresses"],
  ["auxaddress", "aux_addresses"],
  ["auxiliary_address", "aux_addresses"],
  ["auxiliary_addresses", "aux_addresses"],
  ["auxiliaryaddresses", "aux_addresses"],
]);

/** What the key should read; undefined too when the entry has that key already. */
function meantKey({ key, beside }: UnknownKey): string | undefined {
  const meant = otherNames.get(key.toLowerCase().replaceAll("-", "_")) ?? nearest(key, knownKeys);
  return meant === undefined || beside.has(meant) ? undefined : meant;
}
