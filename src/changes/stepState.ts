/** Reads whether a step can be done, and does it. */
import { type ContainerDetails, type EndpointDetails, endpointOn } from "../model/endpoint";
import { type NetworkDetails, type NetworkSettings, sameSettings } from "../model/networkSettings";
import type { NetworkRef, Step } from "./change";
import { stateOfContainer } from "./containerState";
import { type ChangeEngine, kindOf } from "./engine";

export type StepState =
  /** The network or container that the step is about, where it is there already. */
  | { readonly kind: "todo"; readonly networkId?: string; readonly containerId?: string }
  /** It has its effect already. */
  | { readonly kind: "done" }
  /** The container is no longer there: there is nothing to connect or to disconnect. */
  | { readonly kind: "gone"; readonly reason: string }
  /** Things are not as they were when the step was planned. `reason`: a sentence. */
  | { readonly kind: "changed"; readonly reason: string };

/** Asks the engine how things stand for the step now. Rejects as the engine does. */
export async function stateOf(
  step: Step,
  engine: ChangeEngine,
  signal?: AbortSignal,
): Promise<StepState> {
  const options = signal ? { signal } : {};
  const networks = await engine.readNetworks(options);
  if (step.kind === "createNetwork") return stateOfCreate(step, networks);
  if (step.kind === "removeNetwork") {
    const network = networks.find(({ id, settings }) =>
      step.id === undefined ? isSame(step, settings) : id === step.id,
    );
    if (!network) return { kind: "done" };
    const { id } = network;
    const { name } = network.settings;
    const users = (await engine.listContainers(options)).filter(({ attachments }) =>
      attachments.some((tie) => tie.network === name || tie.network === id),
    );
    if (users.length === 0) return { kind: "todo", networkId: id };
    const who = users.map((user) => `${user.name}${user.running ? "" : " (stopped)"}`).join(", ");
    return changed(`Connected to ${name} meanwhile: ${who}.`);
  }
  if ("run" in step) {
    const network = networkOf(step.network, networks);
    return stateOfContainer(
      step,
      engine,
      typeof network === "string" ? network : undefined,
      options,
    );
  }
  const container = await engine.readContainer(step.container.id, options).catch(noneIfGone);
  if (!container) {
    return { kind: "gone", reason: `Container ${step.container.name} no longer exists.` };
  }
  return stateOfTie(step, container, networkOf(step.network, networks));
}

function stateOfCreate(
  step: Step & { readonly kind: "createNetwork" },
  networks: readonly NetworkDetails[],
): StepState {
  const { name } = step.settings;
  const [first, ...others] = networks.filter(({ settings }) => settings.name === name);
  if (!first) return { kind: "todo" };
  if (others.length > 0) return changed(`There are ${others.length + 1} networks named ${name}.`);
  if (isSame(step, first.settings)) return { kind: "done" };
  return changed(`There is a network ${name} with other settings.`);
}

function stateOfTie(
  step: Step & { readonly kind: "connect" | "disconnect" },
  container: ContainerDetails,
  network: NetworkDetails | string,
): StepState {
  const { name } = step.network;
  const id = typeof network === "string" ? undefined : network.id;
  const endpoint = endpointOn(container, { name, id });
  const isMeant = endpoint !== undefined && isTie(step, endpoint);
  if (step.kind === "disconnect") {
    if (!endpoint) return { kind: "done" };
    if (!isMeant)
      return changed(`${container.name} is on ${name} with ${addresses(endpoint)} now.`);
    return typeof network === "string" ? changed(network) : { kind: "todo", networkId: network.id };
  }
  if (typeof network === "string") return changed(network);
  if (!endpoint) return { kind: "todo", networkId: network.id };
  return isMeant
    ? { kind: "done" }
    : changed(`${container.name} is on ${name} already, with ${addresses(endpoint)}.`);
}

/** Does a step whose state is `todo`. The request is never broken off: half done is worse than late. */
export async function perform(
  step: Step,
  state: StepState & { readonly kind: "todo" },
  engine: ChangeEngine,
): Promise<void> {
  const { networkId = "", containerId = "" } = state;
  switch (step.kind) {
    case "createNetwork":
      if (step.settings.kind !== "local") {
        throw new Error(`${step.settings.name} belongs to a swarm: make it again with its tools.`);
      }
      await engine.createNetwork(step.settings);
      return;
    case "removeNetwork":
      await engine.removeNetwork(networkId);
      return;
    case "connect":
      await engine.connect({ ...step.endpoint, networkId, containerId: step.container.id });
      return;
    case "disconnect":
      await engine.disconnect(networkId, step.container.id);
      return;
    case "createContainer":
      await engine.createContainer(step.run);
      return;
    case "startContainer":
      await engine.startContainer(containerId);
      return;
    case "removeContainer":
      // Whether it runs or not: the answer to its start may have been lost.
      await engine.removeContainer(containerId, { force: true });
  }
}

/** The network, or a sentence why there is none. */
function networkOf(
  { name, id }: NetworkRef,
  networks: readonly NetworkDetails[],
): NetworkDetails | string {
  const [first, ...others] = networks.filter(({ settings }) => settings.name === name);
  if (!first) return `There is no network ${name}.`;
  if (others.length > 0) return `There are ${others.length + 1} networks named ${name}.`;
  return id === undefined || first.id === id ? first : `Network ${name} was made anew meanwhile.`;
}

function isSame(
  { settings }: Step & { readonly kind: "createNetwork" | "removeNetwork" },
  found: NetworkSettings,
): boolean {
  return isAsWanted(settings, found);
}

/** Whether the network found is the one wanted. One without pools of its own got them from the engine. */
export function isAsWanted(wanted: NetworkSettings, found: NetworkSettings): boolean {
  const pools = wanted.pools.length === 0 ? wanted.pools : found.pools;
  return sameSettings(wanted, { ...found, pools });
}

function isTie(
  step: Step & { readonly kind: "connect" | "disconnect" },
  { settings, ipv4, ipv6 }: EndpointDetails,
): boolean {
  const has = { ipv4, ipv6 };
  // Of a container that stopped meanwhile only the wish is left.
  const isStopped = ipv4 === undefined && ipv6 === undefined;
  return (["ipv4", "ipv6"] as const).every((family) => {
    const isAsked = settings[family] === step.endpoint[family];
    if (step.kind === "connect") return isAsked;
    const chosen = step.chosen?.[family];
    if (chosen !== undefined && isAsked) return isStopped || has[family] === chosen;
    return isAsked || has[family] === step.endpoint[family];
  });
}

function addresses({ settings, ipv4, ipv6 }: EndpointDetails): string {
  const texts = [settings.ipv4 ?? ipv4, settings.ipv6 ?? ipv6].filter(Boolean);
  return texts.length === 0 ? "no address of its own" : `the address ${texts.join(" and ")}`;
}

function changed(reason: string): StepState {
  return { kind: "changed", reason };
}

function noneIfGone(error: unknown): undefined {
  if (kindOf(error) !== "notFound") throw error;
}
