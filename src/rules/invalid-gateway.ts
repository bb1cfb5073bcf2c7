import { setValue } from "../compose/value";
import type { Rule } from "./rule";
import { isValidated, readEntries, writtenText } from "./support/declaredEntries";
import { unreadableGateway } from "./support/ipamMessages";
import { meantAddress } from "./support/prefixFixes";
import { refusalOf } from "./support/refusal";

export const invalidGateway: Rule = {
  id: "invalid-gateway",
  severity: "error",
  summary: "A gateway is not an IP address.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry, pool } of readEntries(network, engine)) {
      const { gateway } = entry;
      const text = writtenText(gateway);
      if (!gateway || text === undefined || gateway.address) continue;
      // The engine looks at no address of a pool that it ignores, but it may have to decode them.
      if (pool && !isValidated(pool) && !engine.decodesAddresses) continue;
      report({
        place: gateway.place,
        severity: refusalOf(network),
        message: gateway.prefix
          ? `Docker refuses the network "${network.key}": a gateway is written without a prefix length, and this is ${text}.`
          : `Docker refuses the network "${network.key}": the gateway "${text}" is not an IP address.`,
        engineMessage: unreadableGateway(engine, text),
        fixes: () => {
          const meant = meantAddress(text);
          const edit = meant && setValue(gateway, meant.text);
          if (!edit) return [];
          const title = `Change to ${meant.text}`;
          return [{ title, preferred: true, safe: meant.certain, edits: [edit] }];
        },
      });
    }
  },
};
