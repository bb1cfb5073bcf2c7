/** Running a container on a network, as a change: made, started, and taken back when the start is refused. */
import type { ContainerDetails } from "../model/endpoint";
import type { EngineNetwork } from "../model/network";
import type { RunSpec } from "../model/runSpec";
import type { Plan, Step } from "./change";
import { runsAsWanted } from "./containerState";

export type NamedRun = RunSpec & { readonly name: string };

/** `there`: the container that has the name now. */
export function planRun(
  run: NamedRun,
  { id, name }: Pick<EngineNetwork, "id" | "name">,
  there: ContainerDetails | undefined,
): Plan {
  const about = { run, network: { id, name } };
  if (there && runsAsWanted(about, there)) {
    const addresses = [run.ipv4, run.ipv6].filter(Boolean).join(" and ");
    const as = addresses === "" ? "" : ` with ${addresses}`;
    return { kind: "nothing", reason: `Container ${run.name} runs on ${name} already${as}.` };
  }
  if (there) {
    const state = there.running ? "" : " (stopped)";
    return {
      kind: "impossible",
      reason: `There is a container ${run.name} already${state}. Give this one another name, or remove that one first.`,
    };
  }
  const start: Step = { kind: "startContainer", ...about };
  const steps: Step[] = [{ kind: "createContainer", ...about }, start];
  const change = { title: `run container ${run.name}`, steps, goal: [start], notes: [] };
  return { kind: "possible", change };
}

/**
 * A name for a container of the image. Without one, a container that was made though no answer came could
 * not be found again. `distinction`: what no other container has in its name.
 */
export function madeUpName(image: string, distinction: string): string {
  const [repository = ""] = image.split("@");
  const base = (repository.split("/").at(-1) ?? "").replace(/:.*$/, "");
  const letters = base.replace(/[^a-zA-Z0-9_.-]/g, "").replace(/^[^a-zA-Z0-9]+/, "");
  return `${letters === "" ? "container" : letters}-${distinction}`;
}
