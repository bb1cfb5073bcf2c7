import type { Facts } from "../model/facts";
import type { HostInterface } from "../model/hostInterface";
import { parseMac } from "../model/mac";
import type { Conditions, NetworkView } from "./context";
import type { Report, Rule } from "./rule";
import { networkIdentity } from "./support/addressTables";
import { clashSeverity, worstHolder } from "./support/clash";
import { describeContainer } from "./support/liveContainers";
import { type MacClaim, numberOfMac } from "./support/macClaims";
import { newMacFix } from "./support/macFixes";
import { remembering } from "./support/remembering";

export const duplicateMac: Rule = {
  id: "duplicate-mac",
  severity: "error",
  summary: "Two interfaces on one parent interface or one network have the same MAC.",
  hasFix: true,
  checkLink({ macClaims }, conditions, report) {
    const live = liveMacs(conditions);
    const hosts = hostsByName(conditions.facts);
    const holders = new Map<number, MacClaim[]>();
    for (const claim of macClaims) {
      const earlier = holders.get(claim.mac);
      const first = earlier && worstHolder(claim, earlier);
      if (earlier) earlier.push(claim);
      else holders.set(claim.mac, [claim]);
      const finding = first
        ? inFile(claim, first)
        : (onEngine(claim, live.get(segmentName(claim.network))?.get(claim.mac)) ??
          ofParent(claim, hosts));
      if (finding) report(finding);
    }
  },
};

const hostsByName = remembering(
  ({ interfaces }: Facts): ReadonlyMap<string, HostInterface> =>
    new Map(interfaces?.map((host) => [host.name, host])),
);

/**
 * What shares one layer 2 with the network: all macvlan networks of a parent; else the network
 * itself. The same MAC elsewhere does no harm.
 */
function segmentName(network: NetworkView): string {
  return network.driver === "macvlan" && network.parent !== undefined
    ? `parent ${network.parent}`
    : `network ${networkIdentity(network)}`;
}

/** The kernel refuses a second one on a macvlan parent (EADDRINUSE), and only there. */
function isRefused(network: NetworkView): boolean {
  return network.driver === "macvlan";
}

const kernelWords = "address already in use";

function inFile(claim: MacClaim, first: MacClaim): Report {
  const { network, service, value } = claim;
  const refused = isRefused(network);
  const shared =
    value.place.path === first.value.place.path && value.place.from === first.value.place.from;
  const where =
    first.network === network
      ? `on network "${network.key}"`
      : `on networks "${first.network.key}" and "${network.key}" of one parent interface`;
  const who =
    first.service === service
      ? `both interfaces of "${service.key}"`
      : `both "${first.service.key}" and "${service.key}"`;
  return {
    place: shared ? (value.through[0] ?? claim.tie.place) : value.place,
    severity: clashSeverity(claim, first, refused ? "error" : "warning"),
    message:
      `${value.text} is the MAC of ${who} ${where}: ` +
      (refused
        ? "the parent interface takes a MAC once, and the later one does not start."
        : "their packets reach now the one, now the other."),
    related: [{ place: first.value.place, message: `"${first.service.key}" has the MAC here.` }],
    ...(refused ? { engineMessage: kernelWords } : {}),
    fixes: (context) =>
      shared ? [] : newMacFix(context, value, `${service.key}/${claim.tie.key}`),
  };
}

/** Running containers of others by segment and MAC. */
const liveMacs = remembering(({ facts, foreignContainers }: Conditions) => {
  const live = new Map<string, Map<number, string>>();
  const parents = new Map(
    facts.networks?.flatMap(({ name, driver, parent }) =>
      driver === "macvlan" && parent !== undefined ? [[name, parent] as const] : [],
    ),
  );
  for (const container of foreignContainers) {
    if (!container.running) continue;
    for (const { network, mac: text } of container.attachments) {
      const mac = text === undefined ? undefined : parseMac(text);
      if (!mac) continue;
      const parent = parents.get(network);
      const segment = parent === undefined ? `network ${network}` : `parent ${parent}`;
      const holders = live.get(segment) ?? new Map<number, string>();
      live.set(segment, holders.set(numberOfMac(mac), describeContainer(container)));
    }
  }
  return live;
});

function onEngine(claim: MacClaim, holder: string | undefined): Report | undefined {
  if (holder === undefined) return undefined;
  const { network, service, value, started } = claim;
  const refused = isRefused(network);
  return {
    place: value.place,
    severity: refused && started ? "error" : "warning",
    message:
      `${value.text} is the MAC of ${holder}, which runs ` +
      (refused
        ? `on the same parent interface: "${service.key}" does not start beside it.`
        : `on the same network: packets reach now the one, now the other.`),
    ...(refused ? { engineMessage: kernelWords } : {}),
    fixes: (context) => newMacFix(context, value, `${service.key}/${claim.tie.key}`),
  };
}

function ofParent(claim: MacClaim, hosts: ReadonlyMap<string, HostInterface>): Report | undefined {
  const { network, service, value, started } = claim;
  const { parent } = network;
  if (!isRefused(network) || parent === undefined) return undefined;
  const text = hosts.get(parent)?.mac;
  const mac = text === undefined ? undefined : parseMac(text);
  if (!mac || numberOfMac(mac) !== claim.mac) return undefined;
  return {
    place: value.place,
    severity: started ? "error" : "warning",
    message:
      `${value.text} is the MAC of the parent interface ${parent} itself: "${service.key}" cannot ` +
      "have it too.",
    engineMessage: kernelWords,
    fixes: (context) => newMacFix(context, value, `${service.key}/${claim.tie.key}`),
  };
}
