import { listInWords } from "../model/listInWords";
import type { EngineContainer } from "../model/attachment";
import type { NetworkUse } from "./context";
import type { Difference } from "./live/differences";
import { networkFate } from "./live/networkFate";
import type { Report, Rule } from "./rule";
import { describeContainer } from "./support/liveContainers";

export const networkDiffers: Rule = {
  id: "network-differs",
  severity: "information",
  summary: "The engine's network of this name was made from other settings than the file has now.",
  hasFix: false,
  checkNetwork(use, conditions, report) {
    const finding = told(use, networkFate(use, conditions));
    const { declaration } = use.network;
    if (finding && declaration) report({ place: declaration.keyPlace, ...finding });
  },
};

function told(
  { network }: NetworkUse,
  fate: ReturnType<typeof networkFate>,
): Omit<Report, "place"> | undefined {
  if (fate.kind === "keep") {
    if (fate.differences.length === 0) return undefined;
    return {
      severity: "warning",
      message:
        `The engine has "${fate.live.name}" with ${listOf(fate.differences)}. Compose takes it as it is, whatever ` +
        `the file says of "${network.key}": remove it first (docker network rm ${fate.live.name}) to have it made anew.`,
    };
  }
  if (fate.kind !== "recreate") return undefined;
  const { live, stopped, blockers } = fate;
  const changed = fate.differences.length === 0 ? "other settings" : listOf(fate.differences);
  const [blocker] = blockers;
  if (blocker) {
    return {
      severity: "error",
      message:
        `The engine has "${live.name}" with ${changed}: Compose would remove it and make it anew, and is refused, as ` +
        `${namesOf(blockers, describeContainer)} on it ${blockers.length === 1 ? "is" : "are"} of no service that has ` +
        `"${network.key}" among its networks. Disconnect ${blockers.length === 1 ? "it" : "them"} first (docker network disconnect ${live.name} ${blocker.name}).`,
      engineMessage: `network ${live.name} has active endpoints`,
    };
  }
  return {
    message:
      `The engine has "${live.name}" with ${changed}: docker compose up removes it and makes it anew` +
      (stopped.length === 0 ? "." : `, and stops ${namesOf(stopped, ({ name }) => name)} for it.`),
  };
}

/** `subnet 10.0.0.0/24 (here: 10.0.1.0/24) and driver bridge (here: macvlan)`. */
function listOf(found: readonly Difference[]): string {
  const nothing = (text: string | undefined) => text ?? "none";
  return listInWords(
    found.map(
      ({ setting, engine, file }) => `${setting} ${nothing(engine)} (here: ${nothing(file)})`,
    ),
  );
}

function namesOf(
  containers: readonly EngineContainer[],
  describe: (container: EngineContainer) => string,
): string {
  const shown = containers.slice(0, 3).map(describe);
  const more = containers.length - shown.length;
  return listInWords(more > 0 ? [...shown, `${more} more`] : shown);
}
