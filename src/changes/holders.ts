/** Who has an address, a subnet or a network, from what is known now; for plans, and for the engine's refusals. */
import {
  type Address,
  canonicalPrefix,
  containsAddress,
  formatAddress,
  formatPrefix,
  parseAddress,
  parsePrefix,
  prefixesOverlap,
} from "../model/cidr";
import type { EngineContainer } from "../model/attachment";
import { newestProfile, profileOf } from "../model/engineProfile";
import type { Facts } from "../model/facts";
import { type EngineNetwork, isLanDriver } from "../model/network";
import { hiddenGateway } from "../rules/pools";
import type { Step } from "./change";
import { isOwn } from "./objections";

export interface Holder {
  /** Fit to stand behind "It belongs to": "container pihole on lan (stopped)". */
  readonly text: string;
  /** Absent where it is none: then nobody can be moved. */
  readonly container?: EngineContainer;
  /** Name of the network where that container has it. */
  readonly network?: string;
}

/** Everybody known who has the address, or will want it back. Containers come first. */
export function holdersOf(address: Address, facts: Facts): Holder[] {
  const is = (text: string | undefined) => {
    const other = text === undefined ? undefined : parseAddress(text.split("/")[0] ?? "");
    return other?.family === address.family && other.value === address.value;
  };
  const holders: Holder[] = [];
  for (const container of facts.containers ?? []) {
    for (const { network, ipv4, ipv6 } of container.attachments) {
      if (!is(ipv4) && !is(ipv6)) continue;
      const state = container.running ? "" : " (stopped: it asks for it when it starts)";
      const text = `container ${container.name} on network ${network}${state}`;
      holders.push({ text, container, network });
    }
  }
  for (const network of facts.networks ?? [])
    holders.push(...ofNetwork(network, address, facts, is));
  for (const { name, addresses } of facts.interfaces ?? []) {
    if (addresses.some(is)) holders.push({ text: `the engine's host (interface ${name})` });
  }
  const neighbour = facts.neighbours?.find((one) => is(one.address));
  if (neighbour) {
    const mac = neighbour.mac === undefined ? "" : ` (MAC ${neighbour.mac})`;
    const where = neighbour.old === true ? "that was on the LAN" : "on the LAN";
    holders.push({ text: `a machine ${where}${mac}` });
  }
  for (const { reserved } of facts.lan ?? []) {
    const one = reserved?.find((candidate) => is(candidate.address));
    if (one) holders.push({ text: `${one.name ?? "somebody"} by the setting macvlan.lan` });
  }
  return holders;
}

function ofNetwork(
  { name, driver, internal, ipam }: EngineNetwork,
  address: Address,
  facts: Facts,
  is: (text: string | undefined) => boolean,
): Holder[] {
  const holders: Holder[] = [];
  for (const pool of ipam ?? []) {
    const written = parsePrefix(pool.subnet ?? "");
    const subnet = written && canonicalPrefix(written);
    if (!subnet || !containsAddress(subnet, address)) continue;
    if (is(pool.gateway)) holders.push({ text: `network ${name}, as its gateway` });
    for (const [label, text] of Object.entries(pool.aux ?? {})) {
      if (is(text)) holders.push({ text: `network ${name}, which excludes it as "${label}"` });
    }
    const own = isOwn(subnet, address.value);
    if (own !== undefined) holders.push({ text: `network ${name}: it is ${own}` });
    if (pool.gateway) continue;
    const range = parsePrefix(pool.ipRange ?? "");
    const profile = profileOf(facts.engine?.version ?? "") ?? newestProfile;
    const taker = { driver, onLan: isLanDriver(driver), internal: internal === true };
    const hidden = hiddenGateway(taker, subnet, range && canonicalPrefix(range), profile);
    if (hidden?.value === address.value) {
      holders.push({ text: `network ${name}: the engine took it as gateway, as none was given` });
    }
  }
  return holders;
}

/** What was tried when the engine refused. */
export interface Tried {
  /** Name of the network. */
  readonly network?: string | undefined;
  readonly subnets?: readonly (string | undefined)[];
  readonly addresses?: readonly (string | undefined)[];
}

/** Who stands in the way, in one sentence, for a refusal in the engine's words; undefined when that is not known. */
export function whoIsInTheWay(words: string, tried: Tried, facts: Facts): string | undefined {
  if (words.includes("Pool overlaps")) return ofPool(tried, facts);
  if (words.includes("has active endpoints")) return onNetwork(words, tried, facts);
  const user = /(?:\b(?:dm|di)-([0-9a-f]{12})|network ([0-9a-f]{64})) is already using parent/.exec(
    words,
  );
  if (user) {
    const id = user[1] ?? user[2] ?? "";
    const network = facts.networks?.find((candidate) => candidate.id.startsWith(id));
    return network && `It is network ${describe(network)}.`;
  }
  return words.includes("MAC to") || !words.includes("ddress already in use")
    ? undefined
    : ofAddress(words, tried, facts);
}

function ofPool({ subnets = [] }: Tried, { networks }: Facts): string | undefined {
  if (!networks) return undefined;
  const wanted = subnets.flatMap((text) => parsePrefix(text ?? "") ?? []).map(canonicalPrefix);
  if (wanted.length === 0) return undefined;
  const found = networks.flatMap((network) =>
    (network.ipam ?? []).flatMap(({ subnet }) => {
      const prefix = parsePrefix(subnet ?? "");
      if (!prefix) return [];
      return wanted.some((other) => prefixesOverlap(other, canonicalPrefix(prefix)))
        ? [`${formatPrefix(canonicalPrefix(prefix))} of network ${describe(network)}`]
        : [];
    }),
  );
  return found.length === 0
    ? "No network that the engine lists has it."
    : `It overlaps ${found.join(", and ")}.`;
}

function describe({ name, driver, parent, project }: EngineNetwork): string {
  const about = [
    parent === undefined ? driver : `${driver} on ${parent}`,
    ...(project === undefined ? [] : [`made by Compose for ${project}`]),
  ];
  return `${name} (${about.join(", ")})`;
}

function onNetwork(words: string, tried: Tried, facts: Facts): string | undefined {
  const name = tried.network ?? /network (\S+) id \S+ has active endpoints/.exec(words)?.[1];
  const network = facts.networks?.find((one) => one.name === name);
  const users = (facts.containers ?? []).flatMap((container) =>
    container.attachments.flatMap((tie) => {
      if (tie.network !== name && tie.network !== network?.id) return [];
      const about = [container.running ? "running" : "stopped", tie.ipv4 ?? tie.ipv6];
      return [`${container.name} (${about.filter(Boolean).join(", ")})`];
    }),
  );
  return users.length === 0 ? undefined : `Connected: ${users.join(", ")}.`;
}

function ofAddress(words: string, { addresses = [] }: Tried, facts: Facts): string | undefined {
  const said = /\((?:[^():]+:)?([0-9a-fA-F.:]+)\): [Aa]ddress already in use/.exec(words)?.[1];
  for (const text of said === undefined ? addresses : [said]) {
    const address = text === undefined ? undefined : parseAddress(text);
    const holders = address ? holdersOf(address, facts) : [];
    if (!address || holders.length === 0) continue;
    const who = holders.map((holder) => holder.text).join(", and to ");
    return `${formatAddress(address)} belongs to ${who}.`;
  }
  return undefined;
}

/** What a step of a change tries. */
export function triedBy(step: Step): Tried {
  switch (step.kind) {
    case "createNetwork":
      return {
        subnets: step.settings.pools.map(({ subnet }) => subnet),
        addresses: step.settings.pools.map(({ gateway }) => gateway),
      };
    case "removeNetwork":
      return { network: step.settings.name };
    case "connect":
    case "disconnect":
      return {
        network: step.network.name,
        addresses: [step.endpoint.ipv4, step.endpoint.ipv6],
      };
    case "createContainer":
    case "startContainer":
    case "removeContainer":
      return { network: step.network.name, addresses: [step.run.ipv4, step.run.ipv6] };
  }
}
