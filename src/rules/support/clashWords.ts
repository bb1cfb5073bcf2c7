/** The engine's words about networks whose subnets overlap. */
import type { EngineProfile } from "../../model/engineProfile";
import { auxTaken, bridgesOverlap, gatewayTaken, poolOverlap } from "./ipamMessages";
import type { ClashKind, Refusal } from "./poolClash";

/** What the engine says, first of the one that is second in the file; nothing where it takes both. */
export function clashWords(engine: EngineProfile, kind: ClashKind): string[] {
  if (kind.kind === "twice") return [];
  const refusals = kind.kind === "refused" && kind.other ? [kind.other] : [];
  return [kind.refusal, ...refusals].map((refusal) => wordsOf(engine, refusal));
}

function wordsOf(engine: EngineProfile, refusal: Refusal): string {
  switch (refusal.by) {
    case "pools":
      return poolOverlap(engine);
    case "bridges":
      return bridgesOverlap(refusal.family);
    case "address": {
      const { address, use } = refusal.wanted;
      return typeof use === "object" ? auxTaken(use.aux, address) : gatewayTaken(address);
    }
  }
}
