import type { Rule } from "./rule";
import { startRefusal } from "./support/refusal";

export const addressNeedsSubnet: Rule = {
  id: "address-needs-subnet",
  severity: "error",
  summary: "A service has a static address on a network without a configured subnet.",
  hasFix: false,
  checkService({ service, addresses }, { engine }, report) {
    for (const { network, value, address, standing } of addresses) {
      if (standing.kind !== "no-subnet") continue;
      const kind = `IPv${address.family}`;
      // Since 29.1 it may lie in the subnet that the engine chooses; without IPv6 there is none.
      const refused = engine.staticNeedsSubnet || (address.family === 6 && network.ipv6 === false);
      report({
        place: value.place,
        severity: refused ? startRefusal(service) : "warning",
        message: refused
          ? `Network "${network.key}" has no ${kind} subnet in the file, so Docker refuses the static ` +
            `address of "${service.key}". Give the network a subnet that contains ${value.text}.`
          : `Network "${network.key}" has no ${kind} subnet in the file: Docker chooses one, and ` +
            `starts "${service.key}" only if ${value.text} happens to be in it. Give the network a ` +
            "subnet that contains it.",
        related: network.declaration
          ? [{ place: network.declaration.keyPlace, message: `Network "${network.key}".` }]
          : [],
        engineMessage: engine.staticNeedsSubnet
          ? "user specified IP address is supported only when connecting to networks with user configured subnets"
          : `no configured subnet contains IP address ${value.text}`,
      });
    }
  },
};
