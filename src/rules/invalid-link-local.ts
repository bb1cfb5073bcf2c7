import type { Value } from "../compose/value";
import type { EngineProfile } from "../model/engineProfile";
import { type Address, containsAddress, parsePrefix } from "../model/cidr";
import type { NetworkView } from "./context";
import type { Report, Rule } from "./rule";
import { startRefusal } from "./support/refusal";

export const invalidLinkLocal: Rule = {
  id: "invalid-link-local",
  severity: "error",
  summary: "One of link_local_ips is no link-local address.",
  hasFix: false,
  checkService({ service, attachments }, { engine }, report) {
    for (const { tie, network } of attachments) {
      for (const value of tie.linkLocal) {
        const fault = value.known ? faultOf(value, network, engine) : undefined;
        if (fault) report({ place: value.place, severity: startRefusal(service), ...fault });
      }
    }
  },
};

type Fault = Omit<Report, "place">;

function faultOf(value: Value, network: NetworkView, engine: EngineProfile): Fault | undefined {
  const { address, text } = value;
  if (!address) {
    return {
      message: `"${text}" is no IP address: Docker refuses it in link_local_ips.`,
      engineMessage: engine.validatesEndpointAtCreate
        ? `invalid link-local IP address: ${text}`
        : "invalid link local IP address: <nil>",
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

const ranges = ["169.254.0.0/16", "fe80::/10"].flatMap((text) => parsePrefix(text) ?? []);

function isLinkLocal(address: Address): boolean {
  return ranges.some((range) => range.family === address.family && containsAddress(range, address));
}
