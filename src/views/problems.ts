/** What is wrong with networks and containers as they are now, without any compose file. PURE. */
import type { Attachment, EngineContainer } from "../model/attachment";
import type { Facts } from "../model/facts";
import type { HostInterface } from "../model/hostInterface";
import { parseMac } from "../model/mac";
import { type EngineNetwork, isLanDriver } from "../model/network";

/** Sentences by what they are about: a network's id, or `tieKey` of a container on a network. */
export type Problems = ReadonlyMap<string, readonly string[]>;

export function tieKey(network: EngineNetwork, container: EngineContainer): string {
  return `${network.id}:${container.id}`;
}

interface Tie {
  readonly network: EngineNetwork;
  readonly container: EngineContainer;
  readonly attachment: Attachment;
}

/** Every problem of the macvlan and ipvlan networks. What the facts do not tell is no problem. */
export function findProblems(facts: Facts): Problems {
  const problems = new Map<string, string[]>();
  const add = (key: string, text: string) => {
    problems.set(key, [...(problems.get(key) ?? []), text]);
  };
  const networks = (facts.networks ?? []).filter((network) => isLanDriver(network.driver));
  const hosts = facts.interfaces && new Map(facts.interfaces.map((host) => [host.name, host]));
  for (const network of networks) {
    const text = hosts && parentProblem(network, hosts);
    if (text) add(network.id, text);
  }
  const ties = tiesOf(facts, networks);
  reportShared(ties, ({ ipv4, ipv6 }) => [ipv4, ipv6], "address", add);
  reportShared(ties, ({ mac }) => [mac], "MAC address", add);
  for (const tie of ties) {
    for (const text of lanProblems(facts, tie)) add(tieKey(tie.network, tie.container), text);
  }
  return problems;
}

/** The parent that a network names; undefined for the dummy link that the engine makes itself. */
export function parentOf(network: EngineNetwork): string | undefined {
  const parent = network.parent;
  return parent === undefined || parent === "" || /^d[mi]-[0-9a-f]{12}$/.test(parent)
    ? undefined
    : parent;
}

function parentProblem(
  network: EngineNetwork,
  hosts: ReadonlyMap<string, HostInterface>,
): string | undefined {
  const parent = parentOf(network);
  if (parent === undefined) return undefined;
  const host = hosts.get(parent);
  if (!host)
    return `Its parent ${parent} does not exist on the host: no container can start on it.`;
  if (!host.up) return `Its parent ${parent} is down: containers start and reach nothing.`;
  if (host.master) {
    return `Its parent ${parent} is a port of ${host.master}: containers cannot start. Use ${host.master} as parent.`;
  }
  return undefined;
}

function tiesOf(facts: Facts, networks: readonly EngineNetwork[]): Tie[] {
  const byName = new Map(networks.map((network) => [network.name, network]));
  return (facts.containers ?? []).flatMap((container) =>
    container.attachments.flatMap((attachment) => {
      const network = byName.get(attachment.network);
      return network ? [{ network, container, attachment }] : [];
    }),
  );
}

/** Two networks on one parent are one LAN; the engine does not compare their addresses. */
function reportShared(
  ties: readonly Tie[],
  valuesOf: (attachment: Attachment) => readonly (string | undefined)[],
  what: string,
  add: (key: string, text: string) => void,
): void {
  const holders = new Map<string, Tie[]>();
  for (const tie of ties) {
    for (const value of valuesOf(tie.attachment)) {
      if (!value) continue;
      const key = `${parentOf(tie.network) ?? tie.network.id} ${value.toLowerCase()}`;
      holders.set(key, [...(holders.get(key) ?? []), tie]);
    }
  }
  for (const [key, sharing] of holders) {
    if (sharing.length < 2) continue;
    const value = key.slice(key.indexOf(" ") + 1);
    for (const tie of sharing) {
      const others = sharing
        .filter((other) => other !== tie)
        .map((other) => other.container.name)
        .join(", ");
      add(tieKey(tie.network, tie.container), `The ${what} ${value} is also claimed by ${others}.`);
    }
  }
}

function lanProblems(facts: Facts, { attachment }: Tie): string[] {
  const problems: string[] = [];
  const { ipv4, mac } = attachment;
  if (!ipv4) return problems;
  const host = facts.interfaces?.find((candidate) =>
    candidate.addresses.some((address) => address.split("/")[0] === ipv4),
  );
  if (host) problems.push(`${ipv4} is the host's own address (${host.name}).`);
  const neighbour = facts.neighbours?.find((candidate) => candidate.address === ipv4);
  // A locally administered MAC may be a former one of the container itself, still in the host's table.
  const byte = neighbour?.mac === undefined ? undefined : parseMac(neighbour.mac)?.[0];
  const isDevice = byte !== undefined && (byte & 2) === 0;
  if (isDevice && mac && neighbour?.mac && neighbour.mac.toLowerCase() !== mac.toLowerCase()) {
    problems.push(`Another device on the LAN answers for ${ipv4} (${neighbour.mac}).`);
  }
  return problems;
}
