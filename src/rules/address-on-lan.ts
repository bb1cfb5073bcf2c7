import { parseAddress } from "../model/cidr";
import type { Facts } from "../model/facts";
import { lansOf } from "../model/lans";
import { type HostLans, isOtherMachine, plainMac } from "../model/otherMachine";
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
  // Where containers are not known, any neighbour may be one.
  const { containers } = facts;
  const lans = hostLans(facts);
  for (const neighbour of containers ? (facts.neighbours ?? []) : []) {
    const { address, mac } = neighbour;
    const meets = (claim: StaticAddress) =>
      hasLan(claim.network) &&
      isOtherMachine(neighbour, claim.network.parent, ownMacs(facts, claim), lans);
    add(address, { name: `a device on the LAN (MAC ${mac ?? "unknown"})`, meets });
  }
  return holders;
});

const hostLans = remembering(({ interfaces }: Facts): HostLans => ({
  lanOfInterface: lansOf(interfaces),
  hosts: interfaces && new Map(interfaces.map((one) => [one.name, one])),
}));

/** Without a parent the engine makes a link of its own, which leads to no LAN. */
function hasLan({ parent, parentKnown }: NetworkView): boolean {
  return parent !== undefined || !parentKnown;
}

/** MACs of the engine's containers, and those that the service asks for. */
function ownMacs(facts: Facts, { service, tie }: StaticAddress): ReadonlySet<string> {
  const asked = [service.mac, tie.mac].flatMap((mac) => (mac ? [plainMac(mac.text)] : []));
  return asked.length === 0 ? containerMacs(facts) : new Set([...containerMacs(facts), ...asked]);
}

const containerMacs = remembering(
  ({ containers }: Facts): ReadonlySet<string> =>
    new Set(
      (containers ?? []).flatMap(({ attachments }) =>
        attachments.flatMap(({ mac }) => (mac === undefined ? [] : plainMac(mac))),
      ),
    ),
);
