import { parseAddress } from "../model/cidr";
import { formatMac, parseMac } from "../model/mac";
import type { Facts } from "../model/facts";
import type { NetworkView } from "./context";
import type { Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import { isReservedFor, lanAddresses } from "./support/lanAddresses";
import { remembering } from "./support/remembering";
import type { StaticAddress } from "./support/staticAddresses";

export const addressOnLan: Rule = {
  id: "address-on-lan",
  severity: "warning",
  summary: "A static address on the LAN is that of the host or of another device.",
  hasFix: true,
  checkService(view, { facts }, report) {
    const holders = lanHolders(facts);
    if (holders.size === 0) return;
    for (const claim of lanAddresses(view)) {
      const { value, address, service, standing } = claim;
      const holder = holders.get(address.value)?.find((one) => one.meets(claim));
      if (!holder) continue;
      report({
        place: value.place,
        message:
          `${value.text} is the address of ${holder.name}. Docker does not ask the LAN and starts ` +
          `"${service.key}" with it; then both answer for one address.`,
        fixes: (context) =>
          standing.kind === "available" ? nextFreeFix(context, value, standing.pool, address) : [],
      });
    }
  },
};

interface LanHolder {
  /** For messages: `the host (eth0)`. */
  readonly name: string;
  /** Whether it is on the LAN of the service's network, and not the service itself. */
  readonly meets: (claim: StaticAddress) => boolean;
}

/** Who has an address already, by the address: the host, neighbours, reservations of the LAN plan. */
const lanHolders = remembering((facts: Facts): ReadonlyMap<bigint, readonly LanHolder[]> => {
  const holders = new Map<bigint, LanHolder[]>();
  const add = (text: string, holder: LanHolder) => {
    const value = parseAddress(text.split("/")[0] ?? "")?.value;
    if (value === undefined) return;
    const same = holders.get(value);
    if (same) same.push(holder);
    else holders.set(value, [holder]);
  };
  for (const { name, kind, addresses } of facts.interfaces ?? []) {
    if (kind === "loopback") continue;
    for (const text of addresses) add(text, { name: `the host (${name})`, meets: () => true });
  }
  for (const { reserved } of facts.lan ?? []) {
    for (const entry of reserved ?? []) {
      const name = entry.name ?? "a device that the LAN plan reserves it for";
      add(entry.address, { name, meets: (claim) => !isReservedFor(claim, entry) });
    }
  }
  const isContainer = containersOnLan(facts);
  for (const { address, mac, interface: link } of facts.neighbours ?? []) {
    if (mac === undefined || isContainer(address, mac)) continue;
    const meets = ({ network, service, tie }: StaticAddress) =>
      isReachedBy(facts, network, link) &&
      ![service.mac, tie.mac].some((own) => own && normalMac(own.text) === normalMac(mac));
    add(address, { name: `a device on the LAN (MAC ${mac})`, meets });
  }
  return holders;
});

/**
 * Whether a neighbour is one of the engine's containers: by its MAC, or by its address, because
 * the host remembers the MAC of a container's last life for a while. Where containers are not known,
 * any neighbour may be one.
 */
function containersOnLan({ containers }: Facts): (address: string, mac: string) => boolean {
  if (!containers) return () => true;
  const attachments = containers.flatMap((container) => container.attachments);
  const macs = new Set(attachments.flatMap(({ mac }) => (mac === undefined ? [] : normalMac(mac))));
  const addresses = new Set(attachments.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]));
  return (address, mac) => macs.has(normalMac(mac)) || addresses.has(address);
}

/** Whether a neighbour seen on `link` is on the LAN of the network's parent; true when not known. */
function isReachedBy(
  { interfaces }: Facts,
  { parent }: NetworkView,
  link: string | undefined,
): boolean {
  if (parent === undefined || link === undefined || parent === link) return true;
  const host = (name: string) => interfaces?.find((one) => one.name === name);
  // A bridge or bond over the parent, and a macvlan of the host beside the containers, see the same LAN.
  return host(parent)?.master === link || host(link)?.kind === "macvlan";
}

function normalMac(text: string): string {
  const mac = parseMac(text);
  return mac ? formatMac(mac) : text;
}
