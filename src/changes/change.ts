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
import type { NetworkSettings } from "../model/networkSettings";

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

export type Step =
  | { readonly kind: "createNetwork"; readonly settings: NetworkSettings }
  | {
      readonly kind: "removeNetwork";
      /** Absent: the one with exactly these settings. */
      readonly id?: string;
      readonly settings: NetworkSettings;
    }
  | ({ readonly kind: "connect" } & TieStep)
  | ({ readonly kind: "disconnect" } & TieStep);

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

/** The step that takes the effect of this one away. */
export function inverseOf(step: Step): Step {
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
  }
}

/** What the step does, fit to stand behind "Could not". */
export function titleOf(step: Step): string {
  switch (step.kind) {
    case "createNetwork":
      return `create network ${step.settings.name}`;
    case "removeNetwork":
      return `remove network ${step.settings.name}`;
    case "connect": {
      const addresses = [step.endpoint.ipv4, step.endpoint.ipv6].filter(Boolean).join(" and ");
      const as = addresses === "" ? "" : ` as ${addresses}`;
      return `connect ${step.container.name} to ${step.network.name}${as}`;
    }
    case "disconnect":
      return `disconnect ${step.container.name} from ${step.network.name}`;
  }
}
