import type { Value } from "../compose/value";
import type { EngineProfile } from "../model/engineProfile";
import { type Address, containsAddress, formatAddress, parsePrefix } from "../model/cidr";
import type { NetworkView } from "./context";
import type { Report, Rule } from "./rule";
import { addressIn } from "./support/staticAddresses";
import { startRefusal } from "./support/refusal";

export const invalidLinkLocal: Rule = {
  id: "invalid-link-local",
  severity: "error",
  summary: "One of link_local_ips is no link-local address, or none that the network can have.",
  hasFix: false,
  checkService({ service, attachments }, { engine }, report) {
    for (const { tie, network } of attachments) {
      for (const value of tie.linkLocal) {
        const fault = value.known
          ? (faultOf(value, network, engine, tie.linkLocal) ??
            withoutIpv6(value, network, tie.linkLocal))
          : undefined;
        if (fault) report({ place: value.place, severity: startRefusal(service), ...fault });
      }
    }
  },
};

type Fault = Omit<Report, "place">;

function faultOf(
  value: Value,
  network: NetworkView,
  engine: EngineProfile,
  all: readonly Value[],
): Fault | undefined {
  const { text } = value;
  const address = value.address && plain(value.address);
  if (!address) {
    return {
      message: `"${text}" is no IP address: Docker refuses it in link_local_ips.`,
      engineMessage: engine.validatesEndpointAtCreate
        ? `invalid link-local IP address: ${text}`
        : "invalid link local IP address: <nil>",
      // On the network that the container is created on, the engine looked at the whole list before 25.0.
      otherMessages: [`Invalid link-local IP address: [${all.map((each) => each.text).join(" ")}]`],
    };
  }
  if (isLinkLocal(address)) return undefined;
  return {
    message:
      `${text} is not link-local: in link_local_ips on "${network.key}" Docker takes addresses of 169.254.0.0/16 ` +
      "and fe80::/10 only.",
    engineMessage: `invalid link local IP address: ${text}`,
  };
}

/** The kernel's refusal: an interface on a network without IPv6 has it switched off. */
function withoutIpv6(
  { address, text }: Value,
  network: NetworkView,
  all: readonly Value[],
): Fault | undefined {
  if (!address || plain(address).family !== 6 || network.ipv6 !== false) return undefined;
  const addresses = all.flatMap((value) => (value.known ? (value.address ?? []) : []));
  const set = addresses.map((each) => `${formatAddress(each)}/${each.family === 4 ? 16 : 64}`);
  return {
    message:
      `"${network.key}" has no IPv6, so the container cannot have ${text}: Docker refuses to start it. ` +
      "Enable IPv6 for the network, or leave the address out.",
    engineMessage: `link local IPs to [${set.join(" ")}]: permission denied`,
  };
}

/** `::ffff:169.254.1.2` is an IPv4 address to the engine. */
function plain(address: Address): Address {
  return addressIn(address, 4) ?? address;
}

const ranges = ["169.254.0.0/16", "fe80::/10"].flatMap((text) => parsePrefix(text) ?? []);

function isLinkLocal(address: Address): boolean {
  return ranges.some((range) => range.family === address.family && containsAddress(range, address));
}
