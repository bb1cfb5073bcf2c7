/**
 * A change of the engine's networks as data: an ordered list of steps, each of which knows the docker
 * command that says the same, and the step that undoes it.
 */
import type { EndpointSettings } from "../model/endpoint";
import {
  connectCommand,
  disconnectCommand,
  removeCommand,
  settingsCommand,
} from "../model/networkCommands";
import {
  createContainerCommand,
  removeContainerCommand,
  startContainerCommand,
} from "../model/containerCommands";
import type { NetworkSettings } from "../model/networkSettings";
import type { RunSpec } from "../model/runSpec";

/** `id`: the very network that is meant. Absent: whichever has the name then. */
export interface NetworkRef {
  readonly name: string;
  readonly id?: string;
}

export interface ContainerRef {
  readonly id: string;
  readonly name: string;
}

export interface Addresses {
  readonly ipv4?: string;
  readonly ipv6?: string;
}

interface TieStep {
  readonly network: NetworkRef;
  readonly container: ContainerRef;
  /** To connect: what is asked for. To disconnect: what was asked for, and is again to undo it. */
  readonly endpoint: EndpointSettings;
  /**
   * To disconnect: the addresses that the engine chose, which it gives to others from then on. To connect:
   * those of before, which are not asked for, as they were not then.
   */
  readonly chosen?: Addresses;
}

export interface ContainerStep {
  readonly kind: "createContainer" | "startContainer" | "removeContainer";
  /** Always with a name: by it the container is found again when no answer came. */
  readonly run: RunSpec & { readonly name: string };
  readonly network: NetworkRef;
}

export type Step =
  | { readonly kind: "createNetwork"; readonly settings: NetworkSettings }
  | {
      readonly kind: "removeNetwork";
      /** Absent: the one with exactly these settings. */
      readonly id?: string;
      readonly settings: NetworkSettings;
    }
  | ({ readonly kind: "connect" } & TieStep)
  | ({ readonly kind: "disconnect" } & TieStep)
  | ContainerStep;

export interface Change {
  /** What is done, fit to stand behind "Could not": "recreate network lan". */
  readonly title: string;
  readonly steps: readonly Step[];
  /** Steps that all have their effect when the change is made: then nothing is left to do. */
  readonly goal: readonly Step[];
  /** What the reader should know before, each a sentence or two. */
  readonly notes: readonly string[];
}

export type Plan =
  | { readonly kind: "possible"; readonly change: Change }
  /** `reason`: why there is nothing to do. */
  | { readonly kind: "nothing"; readonly reason: string }
  /** `reason`: one or more sentences, with what works instead. */
  | { readonly kind: "impossible"; readonly reason: string };

/**
 * The step that takes the effect of this one away; undefined when the inverse of the step before it does so too,
 * and for the removal of a container, which is done on the way back only.
 */
export function inverseOf(step: Step): Step | undefined {
  switch (step.kind) {
    case "createNetwork":
      return { kind: "removeNetwork", settings: step.settings };
    case "removeNetwork":
      return { kind: "createNetwork", settings: step.settings };
    case "connect":
      return { ...tieOf(step), kind: "disconnect" };
    case "disconnect":
      // By its name alone: the network may be another one by then.
      return {
        ...tieOf(step),
        kind: "connect",
        network: { name: step.network.name },
      };
    case "createContainer":
      return { ...step, kind: "removeContainer" };
    case "startContainer":
    case "removeContainer":
      return undefined;
  }
}

function tieOf({ network, container, endpoint, chosen }: TieStep): TieStep {
  return { network, container, endpoint, ...(chosen && { chosen }) };
}

/** The docker command that does the step, as an argument list. */
export function commandOf(step: Step): string[] {
  switch (step.kind) {
    case "createNetwork":
      return settingsCommand(step.settings);
    case "removeNetwork":
      return removeCommand(step.settings.name);
    case "connect":
      return connectCommand(step.network.name, step.container.name, step.endpoint);
    case "disconnect":
      return disconnectCommand(step.network.name, step.container.name);
    case "createContainer":
      return createContainerCommand(step.run);
    case "startContainer":
      return startContainerCommand(step.run.name);
    case "removeContainer":
      return removeContainerCommand(step.run.name);
  }
}

/** What the step does, fit to stand behind "Could not". */
export function titleOf(step: Step): string {
  switch (step.kind) {
    case "createNetwork":
      return `create network ${step.settings.name}`;
    case "removeNetwork":
      return `remove network ${step.settings.name}`;
    case "connect":
      return `connect ${step.container.name} to ${step.network.name}${asText(step.endpoint)}`;
    case "disconnect":
      return `disconnect ${step.container.name} from ${step.network.name}`;
    case "createContainer":
      return `create container ${step.run.name} on ${step.network.name}${asText(step.run)}`;
    case "startContainer":
      return `start container ${step.run.name}`;
    case "removeContainer":
      return `remove container ${step.run.name}`;
  }
}

function asText({ ipv4, ipv6 }: Addresses): string {
  const addresses = [ipv4, ipv6].filter(Boolean).join(" and ");
  return addresses === "" ? "" : ` as ${addresses}`;
}
