import type { Rule } from "./rule";
import { hasDefaultIpam } from "./support/declaredEntries";

export const ipv6WithoutSubnet: Rule = {
  id: "ipv6-without-subnet",
  severity: "error",
  summary: "A network has IPv6 enabled and no IPv6 subnet.",
  hasFix: false,
  checkNetwork({ network }, { engine }, report) {
    const { declaration, driver, key, onLan, poolsKnown, pools, used, ipv6 } = network;
    if (declaration?.external !== false || !used || ipv6 !== true || !poolsKnown) return;
    if (!hasDefaultIpam(declaration) || (!onLan && driver !== "bridge")) return;
    if (pools.some((pool) => pool.subnet.family === 6)) return;
    const { enableIpv6Value } = declaration;
    if (!enableIpv6Value) return;
    const { place } = enableIpv6Value;
    if (!engine.allocatesIpv6Pool) {
      report({
        place,
        message:
          `Docker refuses the network "${key}": it has no IPv6 subnets of its own to choose from ` +
          "before version 27, unless default-address-pools of its daemon.json holds some. " +
          "Add an IPv6 subnet to ipam.config.",
        engineMessage:
          "could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
      });
    } else if (onLan) {
      report({
        place,
        severity: "information",
        message:
          `Docker gives "${key}" an IPv6 subnet of its own choice (fd00::/8), which is not the one ` +
          "of the LAN: nothing out there can answer. Add the LAN's prefix to ipam.config.",
      });
    }
  },
};
