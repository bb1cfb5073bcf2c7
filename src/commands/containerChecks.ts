/** What running and connecting a container have in common. PURE. */
import { formatAddress } from "../model/cidr";
import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import { type Objection, addressToOffer, poolUses } from "../views/poolUse";

/** Why Docker would not take the name of a container, or undefined. Empty: one is made up. */
export function nameObjection(facts: Facts, name: string): Objection | undefined {
  if (name === "") return undefined;
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    return {
      message:
        "A name has two or more letters, digits, dots, dashes or underscores, and begins with a letter or digit.",
      severity: "error",
    };
  }
  return facts.containers?.some((container) => container.name === name) === true
    ? { message: `There already is a container ${name}.`, severity: "error" }
    : undefined;
}

/**
 * The address to offer on the network; empty when none is free. `instead`: the one that it takes the
 * place of, whose family it has then; else IPv4 comes before IPv6.
 */
export function offeredAddress(facts: Facts, network: EngineNetwork, instead?: string): string {
  const uses = poolUses(facts, network);
  const first = instead?.includes(":") ? 6 : 4;
  const address =
    addressToOffer(uses, first) ??
    (instead === undefined ? addressToOffer(uses, first === 4 ? 6 : 4) : undefined);
  return address ? formatAddress(address) : "";
}

/** The address in the field of its family. */
export function addressFields(address: string | undefined): { ipv4?: string; ipv6?: string } {
  if (!address) return {};
  return address.includes(":") ? { ipv6: address } : { ipv4: address };
}
