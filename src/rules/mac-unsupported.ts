import type { ServiceDeclaration, ServiceNetwork } from "../compose/project";
import { type Value, setValue } from "../compose/value";
import { formatMac } from "../model/mac";
import type { EngineProfile } from "../model/engineProfile";
import type { Conditions, ServiceView } from "./context";
import type { Fix, Report, Rule } from "./rule";
import { type MacUser, isOnIpvlan } from "./support/macClaims";

export const macUnsupported: Rule = {
  id: "mac-unsupported",
  severity: "error",
  summary: "A mac_address stands where the driver, the engine or Compose does not take it.",
  hasFix: true,
  checkService(view, conditions, report) {
    if (!view.macs) return;
    for (const finding of findingsOf(view, view.macs, conditions)) {
      report(view.service.enabled ? finding : { ...finding, severity: "warning" });
    }
  },
};

function findingsOf(
  view: ServiceView,
  { service, main, ties }: MacUser,
  { engine, engineVersion }: Conditions,
): Report[] {
  const found: Report[] = [];
  const { mac } = service;
  if (mac?.known && mac.mac && main) {
    if (isOnIpvlan(view, main)) found.push(onIpvlan(service, main, mac));
    else if (main.mac?.known && main.mac.mac && main.mac.text !== mac.text) {
      found.push(differing(service, main, mac, main.mac));
    }
  }
  const { endpointMac } = engine;
  for (const tie of ties) {
    if (!tie.mac.known) continue;
    if (isOnIpvlan(view, tie) && (endpointMac || tie === main)) {
      if (tie.mac.mac) found.push(onIpvlan(service, tie, tie.mac));
    } else if (!endpointMac && ties.length > 1) {
      if (tie === ties[1]) found.push(onSeveral(engine, service, ties, tie.mac));
    } else if (!endpointMac && !(tie === main && mac)) {
      // Both levels written: either they agree, which works, or that is reported already.
      found.push(ignored(engineVersion, service, tie, tie.mac, main));
    }
  }
  return found;
}

function onIpvlan(service: ServiceDeclaration, tie: ServiceNetwork, value: Value): Report {
  return {
    place: value.place,
    message:
      `Network "${tie.key}" is an ipvlan network, whose containers all have the parent's MAC: Docker ` +
      `refuses to start "${service.key}" with ${value.text}. Remove the mac_address, or use macvlan.`,
    engineMessage: "ipvlan interfaces do not support custom mac address assignment",
  };
}

/** Compose compares the two texts as they are written (docker/compose prepareContainerMACAddress). */
function differing(
  service: ServiceDeclaration,
  main: ServiceNetwork,
  mac: Value,
  own: Value,
): Report {
  const same = mac.mac && own.mac && formatMac(mac.mac) === formatMac(own.mac);
  return {
    place: mac.place,
    message:
      `Compose gives the service's mac_address to network "${main.key}", which has another one ` +
      `${same ? "in its text, though it is the same MAC" : `(${own.text})`}, and refuses to start ` +
      `"${service.key}". Write it once.`,
    related: [{ place: own.place, message: `The MAC on network "${main.key}".` }],
    engineMessage: `the service-level mac_address should have the same value as network ${main.key}`,
    fixes: (): readonly Fix[] => {
      const write = (value: Value, text: string, preferred: boolean): Fix[] => {
        const edit = setValue(value, text);
        const level = value === mac ? "service" : "network";
        const title = `Change the ${level}'s MAC to ${text}`;
        return edit ? [{ title, preferred, safe: preferred, edits: [edit] }] : [];
      };
      return [...write(mac, own.text, same === true), ...write(own, mac.text, false)];
    },
  };
}

/** Before API 1.44 a container has one MAC, which is no matter of its networks: Compose refuses two. */
function onSeveral(
  engine: EngineProfile,
  service: ServiceDeclaration,
  ties: readonly ServiceNetwork[],
  value: Value,
): Report {
  const keys = ties
    .map(({ key }) => key)
    .sort()
    .join(", ");
  return {
    place: value.place,
    message:
      `"${service.key}" has a MAC on each of the networks ${keys}, and an engine before 25.0 knows one ` +
      "for the whole container: Compose refuses to start it.",
    engineMessage:
      `a MAC address is specified for multiple networks (${keys}), but this feature requires ` +
      `Docker Engine 1.44 or later (currently: ${engine.api})`,
  };
}

function ignored(
  engineVersion: string,
  service: ServiceDeclaration,
  tie: ServiceNetwork,
  value: Value,
  main: ServiceNetwork | undefined,
): Report {
  const except =
    tie === main ? ", unless Compose 2.24 to 5.0 starts it." : ` on network "${tie.key}".`;
  return {
    place: value.place,
    severity: "warning",
    message:
      `Engine ${engineVersion} ignores the mac_address of a network, which Docker knows since 25.0 ` +
      `(API 1.44): "${service.key}" gets another MAC${except}`,
  };
}
