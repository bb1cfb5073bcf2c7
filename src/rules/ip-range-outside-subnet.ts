import { setValue } from "../compose/value";
import { nextFreeBlock } from "../model/addressPlan";
import {
  type Prefix,
  canonicalPrefix,
  formatPrefix,
  prefixesOverlap,
  rangeOf,
  rangesOverlap,
} from "../model/cidr";
import type { RuleContext } from "./context";
import { planOfPool } from "./free";
import type { Fix, Rule } from "./rule";
import { sameHostIn } from "./support/addressFixes";
import { type DeclaredPool, validatedPools } from "./support/declaredEntries";
import { foreignRange } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const ipRangeOutsideSubnet: Rule = {
  id: "ip-range-outside-subnet",
  severity: "error",
  summary: "An ip_range is not in its subnet.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const declared of validatedPools(network, engine)) {
      const { entry, pool } = declared;
      const range = entry.ipRange?.known ? entry.ipRange.prefix : undefined;
      if (!entry.ipRange || !range || !entry.subnet?.prefix) continue;
      if (prefixesOverlap(pool.subnet, range)) continue;
      const sameFamily = range.family === pool.subnet.family;
      const subnet = formatPrefix(pool.subnet);
      const refused = sameFamily ? engine.validatesIpam : engine.checksRangeFamily;
      report({
        place: entry.ipRange.place,
        severity: refused ? refusalOf(network) : "warning",
        message: refused
          ? `Docker refuses the network "${network.key}": the ip_range ${entry.ipRange.text} is not in the subnet ${subnet}.`
          : `The ip_range ${entry.ipRange.text} is not in the subnet ${subnet}: Docker hands out other ` +
            "addresses than are written here, and from version 25 on it refuses the network.",
        related: [{ place: entry.subnet.place, message: `The subnet of "${network.key}"` }],
        engineMessage: foreignRange(engine, range, entry.subnet.prefix),
        fixes: (context) => moveRange(context, declared, sameFamily ? range : undefined),
      });
    }
  },
};

/** The same block of the subnet (what engines up to 24 make of it) if nothing is in it, else a free one. */
function moveRange(
  context: RuleContext,
  { entry, pool }: DeclaredPool,
  range: Prefix | undefined,
): Fix[] {
  const { subnet } = pool;
  if (!entry.ipRange || !range || range.length <= subnet.length) return [];
  const plan = planOfPool(context, pool);
  const { value } = sameHostIn(subnet, { family: range.family, value: range.address });
  const same = canonicalPrefix({ ...range, address: value });
  const taken = plan.parts.some(
    (part) =>
      part.use !== "network" &&
      part.use !== "broadcast" &&
      part.use !== "dynamic" &&
      rangesOverlap(part.range, rangeOf(same)),
  );
  const block = taken ? nextFreeBlock(plan, range.length) : same;
  const edit = block && setValue(entry.ipRange, formatPrefix(block));
  if (!edit) return [];
  const title = `Move the ip_range to ${edit.newText}`;
  return [{ title, preferred: true, safe: false, edits: [edit] }];
}
