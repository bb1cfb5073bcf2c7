/** The state of the engine in the words of the page. PURE. */
import type { EngineState } from "../inventory/inventory";
import type { Facts } from "../model/facts";
import { parentChoices } from "./parents";
import type { PageFacts } from "./protocol";

export function pageFacts(state: EngineState, facts: Facts, composeFile: string): PageFacts {
  return {
    engine: engineText(state),
    connected: state.kind === "connected",
    parents: parentChoices(facts),
    composeFile,
  };
}

function engineText(state: EngineState): string {
  if (state.kind !== "connected") return state.detail;
  const { version, hostName } = state.info;
  const where = hostName === "" ? state.endpoint : `${hostName} (${state.endpoint})`;
  return `Docker Engine ${version} on ${where}`;
}
