/** Making a network anew: on another parent, with other pools, under another name. Its containers keep their addresses. */
import {
  type Prefix,
  canonicalPrefix,
  containsAddress,
  formatAddress,
  parseAddress,
  parsePrefix,
} from "../model/cidr";
import type { EndpointSettings } from "../model/endpoint";
import type { Facts } from "../model/facts";
import type { IpamPool } from "../model/network";
import { type NetworkSettings, sameSettings } from "../model/networkSettings";
import type { Plan, Step } from "./change";
import { type Move, moveAddress, movesOf } from "./moves";
import {
  type Reconnection,
  composeContainerNote,
  composeNetworkNote,
  reconnectionNotes,
} from "./notes";
import { disconnectSteps } from "./disconnect";
import { isOwn, objectionsTo, parentObjections } from "./objections";
import { type Member, type Situation, askForTheSame, refOf, wasCreatedOn } from "./situation";

/** Plans to put a network with the settings `wanted` in the place of the one there is. */
export function planRecreation(situation: Situation, wished: NetworkSettings, facts: Facts): Plan {
  const { network, members, profile } = situation;
  const old = network.settings;
  const wanted = { ...wished, pools: withGateways(wished.pools, situation) };
  if (sameSettings(old, wished)) {
    return { kind: "nothing", reason: `Network ${old.name} is as you want it already.` };
  }
  const reasons = [
    ...whyNotAnew(old),
    ...objectionsTo(wanted, situation, facts),
    ...strandedReasons(situation, wanted.name),
  ];
  const moves = movesOf(old.pools, wanted.pools);
  const reconnections = members.map((member) => {
    const asked = askForTheSame(member, profile);
    return { member, endpoint: moved(member, asked, wanted, moves, reasons) };
  });
  reasons.push(...takenTwice(reconnections, wanted));
  if (reasons.length > 0) return { kind: "impossible", reason: reasons.join(" ") };
  const after = { name: wanted.name };
  const connects: Step[] = reconnections.map(({ member, endpoint }) => ({
    kind: "connect",
    network: after,
    container: refOf(member.container),
    endpoint,
  }));
  const steps: Step[] = [
    ...disconnectSteps(situation),
    { kind: "removeNetwork", id: network.id, settings: old },
    { kind: "createNetwork", settings: wanted },
    ...connects,
  ];
  const isRenamed = wanted.name !== old.name;
  const notes = [
    ...reconnectionNotes(situation, wanted.name, reconnections),
    ...gatewayNotes(wished.pools, wanted.pools),
    ...parentObjections(old, [], facts, profile).map(
      (reason) => `If a step fails, ${old.name} cannot be made again as it is now. ${reason}`,
    ),
    ...composeNetworkNote(situation, isRenamed ? "renamed" : "changed"),
    ...(reconnections.some(({ member, endpoint }) => isOtherAddress(member, endpoint))
      ? composeContainerNote(members, "address")
      : []),
  ];
  const what = isRenamed
    ? `rename network ${old.name} to ${wanted.name}`
    : `recreate network ${old.name}`;
  const goal: Step[] = [
    ...(isRenamed ? [{ kind: "removeNetwork" as const, id: network.id, settings: old }] : []),
    { kind: "createNetwork", settings: wanted },
    ...connects,
  ];
  return { kind: "possible", change: { title: what, steps, goal, notes } };
}

/** Why the engine's network is not one that can be made again. */
function whyNotAnew({ name, kind }: NetworkSettings): string[] {
  if (["bridge", "host", "none"].includes(name)) {
    return [`${name} is the engine's own network: it cannot be removed.`];
  }
  if (kind === "swarm") return [`${name} belongs to a swarm: change it with its stack.`];
  return kind === "template"
    ? [`${name} takes its settings from elsewhere (a config-only network): make it anew by hand.`]
    : [];
}

/**
 * Since 25.0 an engine can neither connect a container nor start it when the network that it was
 * created on is gone; the same name will do.
 */
function strandedReasons({ network, members, profile }: Situation, name: string): string[] {
  if (!profile.needsNetworkMode) return [];
  const isRenamed = name !== network.settings.name;
  const stranded = members.filter(({ container }) => {
    const how = wasCreatedOn(container, network);
    return how === "byId" || (how === "byName" && isRenamed);
  });
  if (stranded.length === 0) return [];
  const who = stranded.map(({ container }) => container.name).join(", ");
  const how = isRenamed ? "under its old name" : "by its id";
  return [
    `${who} ${stranded.length === 1 ? "was" : "were"} created on ${network.settings.name} ${how}, and since version 25.0 Docker neither connects nor starts a container whose network of creation is gone. Remove ${stranded.length === 1 ? "it" : "them"} first and make ${stranded.length === 1 ? "it" : "them"} anew afterwards (with Compose: "docker compose down", then "up").`,
  ];
}

/** What to ask for on the new network. Notes in `reasons` what the new network cannot give. */
function moved(
  { container }: Member,
  asked: EndpointSettings,
  wanted: NetworkSettings,
  moves: readonly Move[],
  reasons: string[],
): EndpointSettings {
  const result: { -readonly [K in keyof EndpointSettings]: EndpointSettings[K] } = { ...asked };
  const subnets = wanted.pools.flatMap((pool) => parsePrefix(pool.subnet ?? "") ?? []);
  for (const family of ["ipv4", "ipv6"] as const) {
    const text = asked[family];
    const address = text === undefined ? undefined : parseAddress(text);
    if (!address) continue;
    const isIn = subnets.some((subnet) => containsAddress(subnet, address));
    const there = isIn ? address : moveAddress(address, moves);
    const subnet = subnets.find((candidate) => containsAddress(candidate, there));
    if (!subnet) {
      reasons.push(
        `${container.name} has ${formatAddress(address)}, which the new network cannot give: it is in none of its subnets.`,
      );
      continue;
    }
    const holder = heldBy(wanted, subnet, there.value);
    if (holder !== undefined) {
      reasons.push(
        `${container.name} would have ${formatAddress(there)}, which is ${holder} of the new network.`,
      );
    }
    result[family] = formatAddress(there);
  }
  return result;
}

function heldBy(wanted: NetworkSettings, subnet: Prefix, value: bigint): string | undefined {
  const is = (text: string | undefined) => {
    const address = text === undefined ? undefined : parseAddress(text);
    return address?.family === subnet.family && address.value === value;
  };
  for (const { gateway, aux } of wanted.pools) {
    if (is(gateway)) return "the gateway";
    const reserved = Object.entries(aux ?? {}).find(([, address]) => is(address));
    if (reserved) return `excluded as "${reserved[0]}"`;
  }
  return isOwn(canonicalPrefix(subnet), value);
}

function takenTwice(reconnections: readonly Reconnection[], wanted: NetworkSettings): string[] {
  const byAddress = new Map<string, string>();
  return reconnections.flatMap(({ member, endpoint }) =>
    [endpoint.ipv4, endpoint.ipv6].flatMap((address) => {
      if (address === undefined) return [];
      const before = byAddress.get(address);
      byAddress.set(address, member.container.name);
      return before === undefined || !member.container.running
        ? []
        : [`${before} and ${member.container.name} both want ${address} on ${wanted.name}.`];
    }),
  );
}

/**
 * A gateway that the engine took by itself comes out of the range; with another range it would take
 * another, and the containers lose their way out. What the containers use now is written down.
 */
function withGateways(pools: readonly IpamPool[], { network, members }: Situation): IpamPool[] {
  return pools.map((pool, index) => {
    const before = network.settings.pools[index];
    if (pool.gateway !== undefined || before?.gateway !== undefined) return pool;
    if (before === undefined || pool.ipRange === before.ipRange) return pool;
    const subnet = parsePrefix(pool.subnet ?? "");
    const used = members.flatMap(({ endpoint }) => parseAddress(endpoint.gateway ?? "") ?? []);
    const gateway = subnet && used.find((address) => containsAddress(subnet, address));
    return gateway ? { ...pool, gateway: formatAddress(gateway) } : pool;
  });
}

function gatewayNotes(before: readonly IpamPool[], after: readonly IpamPool[]): string[] {
  return after.flatMap(({ gateway }, index) =>
    gateway !== undefined && before[index]?.gateway === undefined
      ? [
          `The gateway ${gateway} was taken by the engine itself. It is written down now, so that it stays.`,
        ]
      : [],
  );
}

function isOtherAddress({ endpoint }: Member, asked: EndpointSettings): boolean {
  return (["ipv4", "ipv6"] as const).some(
    (family) => asked[family] !== (endpoint.settings[family] ?? endpoint[family]),
  );
}
