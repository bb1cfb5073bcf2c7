/** A container on a network, with what of it is compared with others. PURE. */
import type { Attachment, EngineContainer } from "../model/attachment";
import { type Address, formatAddress, parseAddress } from "../model/cidr";
import type { EngineNetwork } from "../model/network";

export interface Tie {
  readonly key: string;
  readonly network: EngineNetwork;
  readonly container: EngineContainer;
  readonly attachment: Attachment;
  /** IPv4 and IPv6, as far as it has them. */
  readonly addresses: readonly Address[];
}

export function tieKey(network: EngineNetwork, container: EngineContainer): string {
  return `${network.id}:${container.id}`;
}

export function makeTie(
  network: EngineNetwork,
  container: EngineContainer,
  attachment: Attachment,
): Tie {
  const addresses = [attachment.ipv4, attachment.ipv6].flatMap((text) => {
    const address = text === undefined ? undefined : parseAddress(text);
    return address ? [address] : [];
  });
  return { key: tieKey(network, container), network, container, attachment, addresses };
}

/** The same text for every spelling of an address. */
export function addressKey(address: Address): string {
  return formatAddress(address);
}

/** The parent that a network names; undefined for the dummy link that the engine makes itself. */
export function parentOf(network: EngineNetwork): string | undefined {
  const parent = network.parent;
  return parent === undefined || parent === "" || /^d[mi]-[0-9a-f]{12}$/.test(parent)
    ? undefined
    : parent;
}
