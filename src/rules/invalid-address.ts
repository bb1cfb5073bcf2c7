import { type Value, setValue } from "../compose/value";
import { type Family, formatAddress, parseAddress } from "../model/cidr";
import type { RuleContext } from "./context";
import type { Fix, Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import { dynamicPool } from "./support/dynamicRange";
import { type MalformedAddress, isAddressOf, isMapped } from "./support/staticAddresses";
import { startRefusal } from "./support/refusal";

export const invalidAddress: Rule = {
  id: "invalid-address",
  severity: "error",
  summary: "A service's ipv4_address or ipv6_address is not an address of that kind.",
  hasFix: true,
  checkService(view, { engine }, report) {
    for (const malformed of view.malformed) {
      const { service, value, family } = malformed;
      const repaired = repair(value.text, family);
      report({
        place: value.place,
        severity: startRefusal(service),
        message:
          `"${value.text}" is no IPv${family} address: ${reason(value, family, repaired)}. ` +
          `Docker refuses to create the container of "${service.key}".`,
        engineMessage: `invalid IPv${family} address: ${value.text}`,
        otherMessages: engine.validatesEndpointAtCreate ? [] : connectMessages(malformed),
        fixes: (context) => fixes(context, malformed, repaired),
      });
    }
  },
};

/** What engines up to 24 say of a network that is not the container's main one (moby v24: container_operations.go). */
function connectMessages({ value, family }: MalformedAddress): string[] {
  const address = value.address && formatAddress(value.address);
  return [
    `Invalid IPv${family} address: ${value.text}`,
    ...(address === undefined
      ? []
      : [`Invalid address ${address}: It does not belong to any of this network's subnets`]),
    "user specified IP address is supported only when connecting to networks with user configured subnets",
  ];
}

interface Repaired {
  readonly text: string;
  readonly reason: string;
  /** No other reading of the text is possible. */
  readonly certain: boolean;
}

/** The address that the text holds besides what makes it unreadable. */
function repair(text: string, family: Family): Repaired | undefined {
  const readable = (candidate: string, why: string, certain: boolean): Repaired | undefined => {
    const address = parseAddress(candidate);
    return address && isAddressOf(address, family)
      ? { text: candidate, reason: why, certain }
      : undefined;
  };
  const trimmed = text.trim();
  const slash = trimmed.indexOf("/");
  const bare = slash < 0 ? trimmed : trimmed.slice(0, slash);
  const decimal = bare.replace(/(^|\.)0+(?=[0-9])/g, "$1");
  return (
    (slash < 0 ? undefined : readable(bare, "it must be written without a prefix length", true)) ??
    readable(trimmed, "it has blanks around it", true) ??
    readable(decimal, "its numbers must not begin with 0, which could be read as octal", false)
  );
}

function reason(value: Value, family: Family, repaired: Repaired | undefined): string {
  if (repaired) return repaired.reason;
  const { address, text } = value;
  if (address?.value === 0n) return "it stands for no address";
  if (address && isMapped(address)) return "it stands for an IPv4 address";
  if (address && address.family !== family) {
    return `it is an IPv${address.family} address, which belongs in ipv${address.family}_address`;
  }
  if (text.includes("%")) return "it must be written without a zone";
  if (family === 6 || text.includes(":")) return "it does not read as one";
  const parts = text.split(".");
  const tooBig = parts.find((part) => /^[0-9]+$/.test(part) && Number(part) > 255);
  if (tooBig !== undefined) return `${tooBig} is more than 255`;
  return parts.length === 4 ? "it does not read as one" : "it must have four numbers";
}

function fixes(
  context: RuleContext,
  { network, value, family }: MalformedAddress,
  repaired: Repaired | undefined,
): Fix[] {
  const address = repaired && parseAddress(repaired.text);
  if (!address) {
    const pool = dynamicPool(network, family);
    return nextFreeFix(context, value, pool).map((fix) => ({ ...fix, preferred: false }));
  }
  const text = formatAddress(address);
  const edit = setValue(value, text);
  const title = `Change to ${text}`;
  return edit ? [{ title, preferred: true, safe: repaired.certain, edits: [edit] }] : [];
}
