/** Removing a network, with the containers on it taken off first: stopped ones would never start again. */
import type { Plan, Step } from "./change";
import { composeContainerNote, composeNetworkNote } from "./notes";
import { disconnectSteps } from "./disconnect";
import type { Member, Situation } from "./situation";

export function planRemoval(situation: Situation): Plan {
  const { network, members } = situation;
  const { name, kind } = network.settings;
  if (["bridge", "host", "none"].includes(name)) {
    return { kind: "impossible", reason: `${name} is the engine's own network: it stays.` };
  }
  if (kind !== "local" && members.length > 0) {
    const who = members.map(({ container }) => container.name).join(", ");
    return {
      kind: "impossible",
      reason: `${name} belongs to a swarm and is in use by ${who}. Remove the service or the containers first.`,
    };
  }
  const remove: Step = { kind: "removeNetwork", id: network.id, settings: network.settings };
  const notes = [
    ...(kind === "local" ? [] : ["It belongs to a swarm: only its own tools make it again."]),
    ...members.map(describeMember),
    ...composeNetworkNote(situation, "gone"),
    ...composeContainerNote(members, "disconnected"),
  ];
  const steps = [...disconnectSteps(situation), remove];
  return {
    kind: "possible",
    change: { title: `remove network ${name}`, steps, goal: [remove], notes },
  };
}

function describeMember({ container, endpoint }: Member): string {
  const addresses = [
    endpoint.settings.ipv4 ?? endpoint.ipv4,
    endpoint.settings.ipv6 ?? endpoint.ipv6,
  ]
    .filter(Boolean)
    .join(" and ");
  const state = container.running ? "running" : "stopped";
  const gives =
    addresses === ""
      ? "loses the network"
      : container.running
        ? `loses the network and its address ${addresses}`
        : `loses the network and its claim to ${addresses}`;
  return `${container.name} (${state}) ${gives}.`;
}
