import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import { objectionTo, poolUses } from "../views/poolUse";
import { type Answer, type Position, askText } from "../workbench/quickSteps";

/** Asks for a fixed address; empty leaves it to the engine. */
export function askAddress(
  position: Position,
  facts: Facts,
  network: EngineNetwork,
  value: string,
): Promise<Answer<string>> {
  const uses = poolUses(facts, network);
  return askText(position, {
    prompt: "Fixed address. Empty: the engine gives one, and may give another after a restart.",
    placeholder: "chosen by the engine",
    value,
    objectionTo: (text) => (text === "" ? undefined : objectionTo(uses, text)),
  });
}
