/** Making a network that was planned, as a change of one step: nothing when it is there, taken back when it is cancelled. */
import { type NetworkDetails, type NetworkSettings } from "../model/networkSettings";
import type { Plan, Step } from "./change";
import { isAsWanted } from "./stepState";

/** `networks`: all of the engine as they are now. */
export function planCreation(settings: NetworkSettings, networks: readonly NetworkDetails[]): Plan {
  const { name } = settings;
  const [there] = networks.filter((network) => network.settings.name === name);
  if (there && isAsWanted(settings, there.settings)) {
    return { kind: "nothing", reason: `Network ${name} exists already, with these settings.` };
  }
  if (there) {
    return {
      kind: "impossible",
      reason: `There is a network ${name} already, with other settings. Give this one another name, or change that one with "Recreate with Other Settings" in the tree.`,
    };
  }
  const step: Step = { kind: "createNetwork", settings };
  const change = { title: `create network ${name}`, steps: [step], goal: [step], notes: [] };
  return { kind: "possible", change };
}
