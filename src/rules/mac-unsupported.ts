import type { ServiceDeclaration, ServiceNetwork } from "../compose/project";
import { type Value, setValue } from "../compose/value";
import { formatMac } from "../model/mac";
import type { Conditions, ServiceView } from "./context";
import type { Fix, Report, Rule } from "./rule";
import { type MacUser, type TieWithMac, isOnIpvlan, macsInForce } from "./support/macClaims";
import { isSet, isStarted } from "./support/staticAddresses";

export const macUnsupported: Rule = {
  id: "mac-unsupported",
  severity: "error",
  summary: "A mac_address stands where the driver, the engine or Compose does not take it.",
  hasFix: true,
  checkService(view, conditions, report) {
    if (!view.macs) return;
    for (const finding of findingsOf(view, view.macs, conditions)) {
      report(isStarted(view.service) ? finding : { ...finding, severity: "warning" });
    }
  },
};

function findingsOf(
  view: ServiceView,
  user: MacUser,
  { engine, engineVersion }: Conditions,
): Report[] {
  const { service, main, ties } = user;
  const { mac } = service;
  const found: Report[] = [];
  if (
    isSet(mac) &&
    mac.known &&
    main?.mac?.known &&
    isSet(main.mac) &&
    main.mac.text !== mac.text
  ) {
    found.push(differing(service, main, mac, main.mac));
  } else if (!engine.endpointMac && ties.length > 0) {
    found.push(...olderEngine(service, main, ties, { engine, engineVersion }));
  }
  if (!engine.endpointMac && isSet(mac) && mac.known) found.push(...ofAnother(service, mac));
  for (const { value, tie } of macsInForce(user, engine)) {
    if (value.known && value.mac && tie && isOnIpvlan(view, tie)) {
      found.push(onIpvlan(service, tie, value));
    }
  }
  return found;
}

/**
 * Before API 1.44 a container has one MAC, which is no matter of its networks. Compose (2.24 to 5.0)
 * refuses two, its client library refuses one of the main network, and nobody looks at another's.
 */
function olderEngine(
  service: ServiceDeclaration,
  main: ServiceNetwork | undefined,
  ties: MacUser["ties"],
  conditions: Pick<Conditions, "engine" | "engineVersion">,
): Report[] {
  const known = ties.filter((tie) => tie.mac.known);
  const [first, second] = known;
  if (second) return [onSeveral(service, known, second.mac)];
  if (!first) return [];
  return first === main
    ? [onMain(service, first, conditions)]
    : [ignored(service, first, conditions)];
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
    fixes: ({ engine }): readonly Fix[] => {
      // Older engines take none of a network.
      if (!engine.endpointMac) return [];
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

/** A container in the network of the host or of another container has no interface of its own. */
function ofAnother({ networkMode, key }: ServiceDeclaration, mac: Value): Report[] {
  if (!networkMode?.known || !/^(?:host$|service:|container:)/.test(networkMode.text)) return [];
  return [
    {
      place: mac.place,
      message:
        `"${key}" has network_mode "${networkMode.text}", so it has no interface that could have the MAC ` +
        `${mac.text}: Docker refuses to create it. Newer engines leave the MAC out.`,
      related: [{ place: networkMode.place, message: "The network_mode stands here." }],
      engineMessage: "conflicting options: mac-address and the network mode",
    },
  ];
}

function onSeveral(service: ServiceDeclaration, ties: MacUser["ties"], value: Value): Report {
  const keys = ties.map(({ key }) => key).sort();
  const words = (order: readonly string[]) =>
    `a MAC address is specified for multiple networks (${order.join(", ")}), but this feature requires ` +
    "Docker Engine v25 or later";
  return {
    place: value.place,
    message:
      `"${service.key}" has a MAC on each of the networks ${keys.join(", ")}, and an engine before 25.0 knows one ` +
      "for the whole container: Compose refuses to start it.",
    engineMessage: words(keys),
    otherMessages: [words([...keys].reverse())],
  };
}

function onMain(
  service: ServiceDeclaration,
  tie: TieWithMac,
  { engine, engineVersion }: Pick<Conditions, "engine" | "engineVersion">,
): Report {
  return {
    place: tie.mac.place,
    message:
      `Engine ${engineVersion} does not know the mac_address of a network, which came with 25.0 (API 1.44): ` +
      `Compose refuses to start "${service.key}". Write it as the service's mac_address.`,
    engineMessage:
      '"specify mac-address per network" requires API version 1.44, but the Docker daemon API version ' +
      `is ${engine.api}`,
  };
}

function ignored(
  service: ServiceDeclaration,
  tie: TieWithMac,
  { engineVersion }: Pick<Conditions, "engineVersion">,
): Report {
  return {
    place: tie.mac.place,
    severity: "warning",
    message:
      `Engine ${engineVersion} ignores the mac_address of a network, which Docker knows since 25.0 ` +
      `(API 1.44): "${service.key}" gets another MAC on network "${tie.key}".`,
  };
}
