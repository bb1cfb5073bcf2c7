/** What of the facts the thread is given. PURE. */
import type { EngineContainer } from "../../model/attachment";
import type { Facts } from "../../model/facts";

/** Containers that are sent at a time. */
const piece = 200;

/**
 * What projects claim depends on neither containers nor neighbours, which change far more often than the
 * rest; only what the rules find in each project does.
 */
export function factsFor(show: "openFiles" | "all", facts: Facts): Facts {
  const { engine, interfaces, networks, lan, neighbours } = facts;
  return {
    ...(engine && { engine }),
    ...(interfaces && { interfaces }),
    ...(networks && { networks }),
    ...(lan && { lan }),
    ...(show === "all" && neighbours && { neighbours }),
  };
}

/** Pieces of the containers, to be sent one after the other. */
export function pieces(containers: readonly EngineContainer[]): EngineContainer[][] {
  const count = Math.ceil(containers.length / piece);
  return Array.from({ length: count }, (_, at) => containers.slice(at * piece, (at + 1) * piece));
}

/** Whether two facts, as `factsFor` gives them, say the same: their items are the same objects then. */
export function isSame(a: Facts, b: Facts): boolean {
  const keys = ["interfaces", "networks", "containers", "neighbours", "lan"] as const;
  return a.engine?.version === b.engine?.version && keys.every((key) => sameItems(a[key], b[key]));
}

function sameItems(a: readonly unknown[] = [], b: readonly unknown[] = []): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}
