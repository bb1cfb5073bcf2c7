/** Static addresses that a container takes on the LAN, where others than Docker give addresses too. */
import { type AddressRange, parseRange } from "../../model/cidr";
import type { Facts, LanPlan } from "../../model/facts";
import type { ServiceView } from "../context";
import { remembering } from "./remembering";
import type { StaticAddress } from "./staticAddresses";

/**
 * Those on macvlan and ipvlan networks, and on external networks of which nothing is known: an
 * address of the LAN is there for nothing else.
 */
export function lanAddresses({ service, addresses }: ServiceView): StaticAddress[] {
  return addresses.filter(
    ({ network, standing }) =>
      service.enabled &&
      (network.onLan || (network.external && network.driver === undefined)) &&
      (standing.kind === "available" || standing.kind === "unknown"),
  );
}

/** Whether the name of a reservation is that of the service: then the address is kept for it. */
export function isReservedFor(
  { service }: StaticAddress,
  { name }: NonNullable<LanPlan["reserved"]>[number],
): boolean {
  if (name === undefined) return false;
  const container = service.containerName?.known ? service.containerName.text : service.key;
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return [service.key, container].some((own) => plain(own) === plain(name));
}

/** What the LAN's DHCP servers hand out. */
export const dhcpRanges = remembering(({ lan }: Facts): readonly AddressRange[] =>
  (lan ?? []).flatMap(({ dhcp }) => (dhcp ?? []).flatMap((text) => parseRange(text) ?? [])),
);
