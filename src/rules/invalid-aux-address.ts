import { setValue } from "../compose/value";
import type { Rule } from "./rule";
import { isValidated, readEntries } from "./support/declaredEntries";
import { unreadableAux } from "./support/ipamMessages";
import { meantAddress } from "./support/prefixFixes";
import { refusalOf } from "./support/refusal";

export const invalidAuxAddress: Rule = {
  id: "invalid-aux-address",
  severity: "error",
  summary: "An auxiliary address is not an IP address.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry, pool } of readEntries(network, engine)) {
      if (pool && !isValidated(pool) && !engine.decodesAddresses) continue;
      for (const { key, value } of entry.aux) {
        if (!value.known || value.address || value.type === "null") continue;
        report({
          place: value.place,
          severity: refusalOf(network),
          message: value.prefix
            ? `Docker refuses the network "${network.key}": aux_addresses hold single addresses, and "${key}" is ${value.text}.`
            : `Docker refuses the network "${network.key}": the auxiliary address "${value.text}" of "${key}" is not an IP address.`,
          engineMessage: unreadableAux(engine, key, value.text, network.realName),
          fixes: () => {
            const meant = meantAddress(value.text);
            const edit = meant && setValue(value, meant.text);
            if (!edit) return [];
            const title = `Change to ${meant.text}`;
            return [{ title, preferred: true, safe: meant.certain, edits: [edit] }];
          },
        });
      }
    }
  },
};
