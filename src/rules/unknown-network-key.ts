import type { UnknownKey } from "../compose/project";
import type { Report, Rule } from "./rule";
import { nearest } from "./support/nearest";
import { renameKey } from "./support/renameKey";

export const unknownNetworkKey: Rule = {
  id: "unknown-network-key",
  severity: "error",
  summary: "A network, or a service's entry for one, has a key that Compose does not know.",
  hasFix: true,
  checkNetwork({ network }, _, report) {
    for (const entry of network.declaration?.unknownKeys ?? []) {
      const inside = entry.inside === "" ? "" : `.${entry.inside}`;
      const known = entry.inside === "ipam" ? ipamKeys : networkKeys;
      report(describe(entry, `networks.${network.key}${inside}`, known));
    }
  },
  checkService({ service }, _, report) {
    for (const tie of service.networks) {
      for (const entry of tie.unknownKeys) {
        report(describe(entry, `services.${service.key}.networks.${tie.key}`, tieKeys));
      }
    }
  },
};

/** The keys that a finding suggests, each with other names that people use for it. */
type KnownKeys = Readonly<Record<string, readonly string[]>>;

const networkKeys: KnownKeys = {
  attachable: [],
  driver: [],
  driver_opts: ["driver_options", "options", "opts"],
  enable_ipv4: ["ipv4"],
  enable_ipv6: ["ipv6"],
  external: [],
  internal: [],
  ipam: [],
  labels: [],
  name: [],
};
const ipamKeys: KnownKeys = { config: ["configs"], driver: [], options: ["driver_opts"] };
const tieKeys: KnownKeys = {
  aliases: [],
  driver_opts: [],
  gw_priority: ["gateway_priority"],
  interface_name: ["interface", "ifname"],
  ipv4_address: ["ip", "ip_address", "ip4_address", "ipv4", "address", "ipv4address"],
  ipv6_address: ["ip6_address", "ipv6", "ipv6address"],
  link_local_ips: [],
  mac_address: ["mac", "hwaddr", "macaddress"],
  priority: [],
};

function describe(entry: UnknownKey, path: string, known: KnownKeys): Report {
  const name = entry.key.toLowerCase().replaceAll("-", "_");
  const near =
    Object.keys(known).find((key) => known[key]?.includes(name)) ??
    nearest(entry.key, Object.keys(known));
  const meant = near === undefined || entry.beside.has(near) ? undefined : near;
  return {
    place: entry.keyPlace,
    message:
      `Compose refuses the file: ${path} has no key "${entry.key}". ` +
      (meant === undefined
        ? `It knows ${Object.keys(known).join(", ")}.`
        : `Did you mean ${meant}?`),
    engineMessage: `${path} additional properties ${entry.listed} not allowed`,
    fixes: () => renameKey(entry, meant),
  };
}
