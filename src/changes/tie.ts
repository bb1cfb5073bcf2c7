/** Changes of one container on one network: connect, disconnect, another or a fixed address. */
import { containsAddress, formatAddress, parseAddress, parsePrefix } from "../model/cidr";
import type { ContainerDetails, EndpointSettings } from "../model/endpoint";
import { endpointOn } from "../model/endpoint";
import type { NetworkDetails } from "../model/networkSettings";
import type { Addresses, Plan, Step } from "./change";
import { type Reconnection, composeContainerNote, reconnectionNotes } from "./notes";
import { disconnectStep } from "./disconnect";
import { type Member, type Situation, askForTheSame, refOf } from "./situation";

/** Plans to put a container on the network, with the addresses and MAC asked for. */
export function planConnection(
  { network, profile }: Situation,
  container: ContainerDetails,
  endpoint: EndpointSettings,
): Plan {
  const { name } = network.settings;
  const there = endpointOn(container, { name, id: network.id });
  if (there) {
    return {
      kind: "nothing",
      reason: `Container ${container.name} is on network ${name} already. To change its address there, use "Change Address".`,
    };
  }
  const reason = whyNotConnected(network, container, endpoint);
  if (reason !== undefined) return { kind: "impossible", reason };
  if (endpoint.mac !== undefined && profile.macOnConnect !== "asked") {
    return {
      kind: "impossible",
      reason: `Before version 29.3 Docker ignores a MAC address when an existing container is connected. To have ${endpoint.mac}, run a new container with it (docker run --mac-address=${endpoint.mac}).`,
    };
  }
  const step: Step = {
    kind: "connect",
    network: { id: network.id, name },
    container: refOf(container),
    endpoint,
  };
  const title = `connect ${container.name} to ${name}`;
  return { kind: "possible", change: { title, steps: [step], goal: [step], notes: [] } };
}

function whyNotConnected(
  { settings }: NetworkDetails,
  { name, networkMode }: ContainerDetails,
  endpoint: EndpointSettings,
): string | undefined {
  if (networkMode === "host" || networkMode.startsWith("container:")) {
    return `Container ${name} uses the network of ${networkMode === "host" ? "the host" : "another container"}: Docker connects it to no other.`;
  }
  for (const text of [endpoint.ipv4, endpoint.ipv6]) {
    const outside = text === undefined ? undefined : notInSubnets(settings.pools, text);
    if (outside !== undefined) return `${outside} of network ${settings.name}.`;
  }
  return undefined;
}

/** Plans to take a container off the network. */
export function planDisconnection(situation: Situation, containerId: string): Plan {
  const { name } = situation.network.settings;
  const member = memberOf(situation, containerId);
  if (!member) return { kind: "nothing", reason: `The container is not on network ${name}.` };
  const step = disconnectStep(situation, member);
  const address = member.endpoint.settings.ipv4 ?? member.endpoint.ipv4;
  const notes = [
    ...(address === undefined ? [] : [`It gives up its address ${address} there.`]),
    ...composeContainerNote([member], "disconnected"),
  ];
  const title = `disconnect ${member.container.name} from ${name}`;
  return { kind: "possible", change: { title, steps: [step], goal: [step], notes } };
}

/** Plans to give a container on the network these addresses; of a family that is absent it keeps what it has. */
export function planReaddress(
  situation: Situation,
  containerId: string,
  addresses: Addresses,
): Plan {
  const { network, profile } = situation;
  const { name } = network.settings;
  const member = memberOf(situation, containerId);
  if (!member) return { kind: "nothing", reason: `The container is not on network ${name}.` };
  const endpoint = { ...askForTheSame(member, profile), ...normalized(addresses) };
  const { settings } = member.endpoint;
  const who = member.container.name;
  if (endpoint.ipv4 === settings.ipv4 && endpoint.ipv6 === settings.ipv6) {
    const texts = [settings.ipv4, settings.ipv6].filter(Boolean).join(" and ");
    return { kind: "nothing", reason: `${who} asks for ${texts} already: it is fixed.` };
  }
  for (const text of [endpoint.ipv4, endpoint.ipv6]) {
    if (text === undefined) continue;
    const outside = notInSubnets(network.settings.pools, text);
    if (outside !== undefined) {
      return { kind: "impossible", reason: `${outside} of network ${name}.` };
    }
    const holder = situation.members.find(
      (other) => other !== member && holds(other, text) && other.container.running,
    );
    if (holder) {
      return { kind: "impossible", reason: `${holder.container.name} has ${text}: free it first.` };
    }
  }
  const reconnection: Reconnection = { member, endpoint };
  const connect: Step = {
    kind: "connect",
    network: { id: network.id, name },
    container: refOf(member.container),
    endpoint,
  };
  const steps = [disconnectStep(situation, member), connect];
  const now = member.endpoint;
  const isPin =
    endpoint.ipv4 === (settings.ipv4 ?? now.ipv4) && endpoint.ipv6 === (settings.ipv6 ?? now.ipv6);
  const texts = [endpoint.ipv4, endpoint.ipv6].filter(Boolean).join(" and ");
  const title = isPin ? `pin ${who} to ${texts} on ${name}` : `give ${who} ${texts} on ${name}`;
  const notes = [
    ...reconnectionNotes(situation, name, [reconnection]),
    ...composeContainerNote([member], "address"),
  ];
  return { kind: "possible", change: { title, steps, goal: [connect], notes } };
}

/** Plans to make the address that the engine chose for a container one that it asks for. */
export function planPin(situation: Situation, containerId: string): Plan {
  const { name } = situation.network.settings;
  const member = memberOf(situation, containerId);
  if (!member) return { kind: "nothing", reason: `The container is not on network ${name}.` };
  const { container, endpoint } = member;
  if (!container.running && !endpoint.settings.ipv4 && !endpoint.settings.ipv6) {
    return {
      kind: "impossible",
      reason: `${container.name} is not running, so it has no address to keep. Start it first, or give it a fixed one.`,
    };
  }
  return planReaddress(situation, containerId, {
    ...(endpoint.ipv4 !== undefined && { ipv4: endpoint.ipv4 }),
    ...(endpoint.ipv6 !== undefined && hasIpv6Pool(situation) && { ipv6: endpoint.ipv6 }),
  });
}

function hasIpv6Pool({ network }: Situation): boolean {
  return network.settings.pools.some(({ subnet }) => subnet?.includes(":") === true);
}

export function memberOf({ members }: Situation, containerId: string): Member | undefined {
  return members.find(({ container }) => container.id === containerId);
}

function holds({ endpoint }: Member, text: string): boolean {
  return [endpoint.settings.ipv4, endpoint.settings.ipv6, endpoint.ipv4, endpoint.ipv6].includes(
    text,
  );
}

/** As the engine writes them. */
function normalized(addresses: Addresses): Addresses {
  const write = (text: string) => {
    const address = parseAddress(text);
    return address ? formatAddress(address) : text;
  };
  return {
    ...(addresses.ipv4 !== undefined && { ipv4: write(addresses.ipv4) }),
    ...(addresses.ipv6 !== undefined && { ipv6: write(addresses.ipv6) }),
  };
}

/** "X is in none of the subnets" where that is so. */
function notInSubnets(pools: readonly { readonly subnet?: string }[], text: string) {
  const address = parseAddress(text);
  if (!address) return `"${text}" is no IP address, and so in none of the subnets`;
  const isIn = pools.some((pool) => {
    const subnet = parsePrefix(pool.subnet ?? "");
    return subnet !== undefined && containsAddress(subnet, address);
  });
  return isIn ? undefined : `${text} is in none of the subnets`;
}
