/** How things stand for the steps that make, start and remove a container. */
import { parseAddress } from "../model/cidr";
import { type ContainerDetails, endpointOn } from "../model/endpoint";
import type { ContainerStep } from "./change";
import { type ChangeEngine, kindOf } from "./engine";
import type { StepState } from "./stepState";

interface Options {
  readonly signal?: AbortSignal;
}

type About = Pick<ContainerStep, "run" | "network">;

/** The container with this name; undefined when there is none. */
export async function findContainer(
  engine: Pick<ChangeEngine, "readContainer">,
  name: string,
  options: Options = {},
): Promise<ContainerDetails | undefined> {
  try {
    const found = await engine.readContainer(name, options);
    // The engine takes the beginning of an id, too.
    return found.name === name ? found : undefined;
  } catch (error) {
    if (kindOf(error) === "notFound") return undefined;
    throw error;
  }
}

/** Rejects as the engine does. `noNetwork`: why the network cannot be used, a sentence. */
export async function stateOfContainer(
  step: ContainerStep,
  engine: ChangeEngine,
  noNetwork: string | undefined,
  options: Options,
): Promise<StepState> {
  const { name } = step.run;
  const container = await findContainer(engine, name, options);
  switch (step.kind) {
    case "createContainer":
      // One that somebody else made is not started, and not taken back.
      if (container) return changed(`There is a container ${name} already.`);
      return noNetwork === undefined ? { kind: "todo" } : changed(noNetwork);
    case "startContainer":
      if (!container) return { kind: "gone", reason: `Container ${name} no longer exists.` };
      if (!isAsWanted(step, container)) return changed(otherReason(name));
      return container.running ? { kind: "done" } : { kind: "todo", containerId: container.id };
    case "removeContainer":
      if (!container) return { kind: "done" };
      if (!isAsWanted(step, container)) return changed(otherReason(name));
      return { kind: "todo", containerId: container.id };
  }
}

/** Whether the container is the one wanted, and runs. */
export function runsAsWanted(about: About, container: ContainerDetails): boolean {
  return container.running && isAsWanted(about, container);
}

/** By what was asked for, as one that never ran has nothing else. */
function isAsWanted({ run, network }: About, container: ContainerDetails): boolean {
  const endpoint = endpointOn(container, network);
  if (!endpoint || container.image !== run.image) return false;
  return (["ipv4", "ipv6"] as const).every((family) =>
    isSameAddress(run[family], endpoint.settings[family]),
  );
}

/** Some engines give an address back in another spelling. */
function isSameAddress(wanted: string | undefined, found: string | undefined): boolean {
  if (wanted === found) return true;
  const [one, other] = [wanted, found].map((text) => parseAddress(text ?? ""));
  return one !== undefined && one.family === other?.family && one.value === other.value;
}

function otherReason(name: string): string {
  return `There is another container ${name} now.`;
}

function changed(reason: string): StepState {
  return { kind: "changed", reason };
}
