import type { Place } from "../compose/place";
import { removeEntry } from "../compose/removeEntry";
import { structuralParts } from "../model/addressPlan";
import { containsAddress, formatPrefix } from "../model/cidr";
import type { PoolView, RuleContext } from "./context";
import type { Fix, Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import { declaredPools } from "./support/declaredEntries";
import { auxRefused, auxTaken, bitNotThere, noneAvailable } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const auxAddressTaken: Rule = {
  id: "aux-address-taken",
  severity: "error",
  summary: "An auxiliary address is one that the network keeps for something else.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { pool } of declaredPools(network, engine)) {
      const holders = holdersOf(pool);
      for (const { name, address, value } of pool.aux) {
        if (!value || !containsAddress(pool.subnet, address)) continue;
        const holder = holders.get(address.value);
        if (!holder) {
          holders.set(address.value, {
            aux: name,
            words: `the auxiliary address of "${name}"`,
            place: value.place,
          });
          continue;
        }
        report({
          place: value.place,
          severity: refusalOf(network),
          message:
            `Docker refuses the network "${network.key}": the auxiliary address ${value.text} of ` +
            `"${name}" is ${holder.missing === true ? "" : "already "}${holder.words}. ` +
            (holder.wayOut ?? "It is kept free as that."),
          ...(holder.place && {
            related: [{ place: holder.place, message: `Here it is ${holder.words}` }],
          }),
          engineMessage: holder.missing
            ? auxRefused(name, address, bitNotThere)
            : auxTaken(name, address),
          otherMessages: [
            // The engine keeps them in a map of Go, which has no order.
            ...(holder.aux === undefined ? [] : [auxTaken(holder.aux, address)]),
            ...(engine.bitTables ? [auxRefused(name, address, noneAvailable(engine))] : []),
          ],
          fixes: (context) =>
            holder.wayOut === undefined
              ? [
                  ...removeFix(context, pool, name),
                  ...nextFreeFix(context, value, pool, address),
                ].map((fix, index) => ({ ...fix, preferred: index === 0 }))
              : [],
        });
      }
    }
  },
};

interface Holder {
  /** Name of the auxiliary address that has it. */
  readonly aux?: string;
  readonly words: string;
  readonly place?: Place | undefined;
  readonly wayOut?: string;
  readonly missing?: boolean;
}

/** What has an address before the first auxiliary address is asked for. */
function holdersOf(pool: PoolView): Map<bigint, Holder> {
  const holders = new Map<bigint, Holder>();
  for (const { use, range } of structuralParts(pool.subnet)) {
    const words = `the ${use} address of ${formatPrefix(pool.subnet)}`;
    holders.set(range.first, { words });
  }
  if (pool.missing) {
    const words = `the last address of ${formatPrefix(pool.subnet)}, which no engine before 28 can set aside`;
    holders.set(pool.missing.value, { words, missing: true, wayOut: "Leave it out." });
  }
  if (pool.gateway) {
    holders.set(pool.gateway.value, { words: "the gateway", place: pool.entry?.gateway?.place });
  }
  if (pool.hiddenGateway) {
    holders.set(pool.hiddenGateway.value, {
      words: "the gateway, which Docker chooses because none is written",
      wayOut: "Write the gateway.",
    });
  }
  return holders;
}

/** What is kept free anyway need not be said; the last auxiliary address would leave nothing behind its key. */
function removeFix({ project }: RuleContext, { entry }: PoolView, name: string): Fix[] {
  const aux = entry?.aux.find(({ key }) => key === name);
  if (!aux || entry?.aux.length === 1) return [];
  const text = project.textOf(aux.place.path);
  const edit = text === undefined ? undefined : removeEntry(text, aux.place);
  if (!edit) return [];
  return [{ title: `Remove "${name}"`, preferred: true, safe: false, edits: [edit] }];
}
